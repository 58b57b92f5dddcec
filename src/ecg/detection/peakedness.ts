import { DETECTION } from './constants.js';
import type { Lead } from './lead.js';

/** How much the band-passed leads consist of rare high peaks, which beats are and noise is not. */
export interface Peakedness {
  /** Stretches of 10 s that were judged. */
  readonly stretches: number;
  /** Those in which some lead is peaked. */
  readonly peaked: number;
}

/** Counts peaked stretches hop by hop. */
export interface PeakednessMeter {
  /** Takes the newest hop of every lead. */
  take(leads: readonly Lead[]): void;
  result(): Peakedness;
}

/**
 * A meter of the kurtosis of each band-passed lead over stretches of 10 s: 3 in noise whatever its band, 4.4 and
 * more in sinus rhythm up to 220 a minute, fibrillation and flutter of the ventricles on both sides of 3.
 *
 * Source: kSQI of Li, Mark & Clifford, Physiol. Meas. 29(1):15–32, 2008, doi:10.1088/0967-3334/29/1/002. Departs:
 * after the band-pass, so that wander does not count; hence a lower threshold.
 */
export function createPeakednessMeter(leadCount: number): PeakednessMeter {
  const squares = new Float64Array(leadCount);
  const fourths = new Float64Array(leadCount);
  let samples = 0;
  let hops = 0;
  let stretches = 0;
  let peaked = 0;
  return {
    take(leads) {
      leads.forEach(({ energy }, l) => {
        let second = 0;
        let fourth = 0;
        for (let i = 0; i < energy.length; i++) {
          const e = energy[i]!;
          second += e;
          fourth += e * e;
        }
        squares[l] = squares[l]! + second;
        fourths[l] = fourths[l]! + fourth;
      });
      samples += leads[0]!.energy.length;
      if (++hops < DETECTION.peakednessHops) return;
      let moves = false;
      let isPeaked = false;
      for (let l = 0; l < leadCount; l++) {
        const variance = squares[l]! / samples;
        if (!(variance > DETECTION.peakednessLeast)) continue;
        moves = true;
        if (fourths[l]! / samples >= DETECTION.peakedness * variance ** 2) isPeaked = true;
      }
      if (moves) stretches++;
      if (isPeaked) peaked++;
      squares.fill(0);
      fourths.fill(0);
      samples = 0;
      hops = 0;
    },
    result: () => ({ stretches, peaked }),
  };
}
