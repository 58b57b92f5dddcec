import { WAVE_MARKS } from '../../ecg/index.js';
import type { WaveMark } from './compare-marks.js';

/**
 * The marks of a heart out of those of its leads: of each kind, the median of the leads' marks of one beat, where more
 * than half of the leads have it.
 *
 * Marks within `apart` of the first of their group are of one beat.
 *
 * @param leads  each ascending, NaN left out
 * @param apart  samples; less than the shortest distance of two beats
 */
export function medianReference(
  leads: readonly Readonly<Record<WaveMark, ArrayLike<number>>>[],
  apart: number,
): Record<WaveMark, number[]> {
  const columns = WAVE_MARKS.map((mark): [WaveMark, number[]] => {
    const all = leads
      .flatMap((lead) => Array.from(lead[mark]))
      .filter((sample) => !Number.isNaN(sample))
      .sort((a, b) => a - b);
    const medians: number[] = [];
    for (let from = 0; from < all.length; ) {
      let to = from + 1;
      while (to < all.length && all[to] - all[from] < apart) to++;
      if (2 * (to - from) > leads.length) medians.push(middle(all, from, to));
      from = to;
    }
    return [mark, medians];
  });
  return Object.fromEntries(columns) as Record<WaveMark, number[]>;
}

/** The median of an ascending stretch. */
function middle(sorted: readonly number[], from: number, to: number): number {
  const n = to - from;
  const upper = sorted[from + (n >> 1)];
  return n % 2 === 1 ? upper : (upper + sorted[from + (n >> 1) - 1]) / 2;
}
