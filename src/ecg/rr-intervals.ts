import type { Gap } from '../core/index.js';

/**
 * The RR interval that ends at each beat.
 *
 * @param samples     R peaks, ascending
 * @param unreadable  ascending, not overlapping
 * @returns           s; NaN at the first beat and wherever a stretch that cannot be read lies in between
 */
export function rrIntervals(samples: Float64Array, fs: number, unreadable: readonly Gap[]): Float64Array {
  const rr = new Float64Array(samples.length).fill(Number.NaN);
  let u = 0;
  for (let i = 1; i < samples.length; i++) {
    const from = samples[i - 1];
    const to = samples[i];
    while (u < unreadable.length && unreadable[u].to <= from) u++;
    const broken = u < unreadable.length && unreadable[u].from < to;
    if (!broken) rr[i] = (to - from) / fs;
  }
  return rr;
}
