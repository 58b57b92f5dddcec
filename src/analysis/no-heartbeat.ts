import type { Peakedness } from '../ecg/index.js';

/** Share of stretches that may look peaked by chance. */
const MOST_PEAKED = 0.1;
/** Median change from interval to interval beside the median interval; a fast regular rhythm stays below. */
const LEAST_IRREGULAR = 0.1;

/**
 * True when nothing in a whole recording stands out as heartbeats do: hardly a stretch of 10 s is peaked, and what
 * was taken for beats keeps no time. So is noise of any band, and ventricular fibrillation from end to end. Without any
 * beats there is nothing to disbelieve.
 *
 * Of the first 2000 records of the CinC 2017 challenge this holds for none of 1210 in sinus rhythm or atrial
 * fibrillation, 1 of 600 in other rhythms and 3 of 190 called noise; for no record of mitdb, svdb, vfdb.
 *
 * @param samples  what was taken for beats
 */
export function hasNoHeartbeat({ stretches, peaked }: Peakedness, samples: Float64Array): boolean {
  if (stretches === 0 || peaked > MOST_PEAKED * stretches) return false;
  const intervals: number[] = [];
  const changes: number[] = [];
  // Some thousand beats say as much as all.
  const step = Math.max(1, Math.floor(samples.length / 4096));
  for (let i = 2; i < samples.length; i += step) {
    intervals.push(samples[i] - samples[i - 1]);
    changes.push(Math.abs(samples[i] - 2 * samples[i - 1] + samples[i - 2]));
  }
  return intervals.length > 0 && median(changes) > LEAST_IRREGULAR * median(intervals);
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1];
}
