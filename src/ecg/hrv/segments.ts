import type { NnIntervals } from './nn-intervals.js';

/** A stretch of time and the NN intervals that end in it: indices from `from` to `to − 1`. */
export interface NnSegment {
  readonly from: number;
  readonly to: number;
  /** s from the start of the recording at which it begins. */
  readonly start: number;
}

/** Of its time that NN intervals must fill before a segment counts (chosen). */
const FILLED = 2 / 3;

/**
 * The stretches of `seconds` that NN intervals fill to two thirds and more, every `step` seconds from the beginning of
 * the first interval on; what is left at the end makes none.
 */
export function nnSegments(nn: NnIntervals, seconds: number, step: number): NnSegment[] {
  const n = nn.ms.length;
  if (n === 0) return [];
  const begin = nn.at[0] - nn.ms[0] / 1000;
  const segments: NnSegment[] = [];
  let from = 0;
  let to = 0;
  for (let k = 0; begin + k * step + seconds <= nn.at[n - 1] + SLACK; k++) {
    const start = begin + k * step;
    while (from < n && nn.at[from] <= start) from++;
    let filled = 0;
    for (to = from; to < n && nn.at[to] <= start + seconds + SLACK; to++) filled += nn.ms[to] / 1000;
    if (filled >= FILLED * seconds) segments.push({ from, to, start });
  }
  return segments;
}

/** s that rounding may take off the last one. */
const SLACK = 1e-6;
