import { breatheWhenDue } from '../core/index.js';

/** A window of beats and its mean rate; beats are indices. */
export interface RateWindow {
  readonly bpm: number;
  readonly first: number;
  readonly last: number;
}

/** The windows with the lowest and the highest mean rate; null where there is none. */
export interface ExtremeRates {
  readonly slowest: RateWindow | null;
  readonly fastest: RateWindow | null;
}

/**
 * Mean rate over all valid intervals: 60 × their number / their sum; null when there is none.
 *
 * @param rr    s, NaN where there is no interval
 * @param from  first interval taken
 * @param to    one past the last
 */
export function meanRate(rr: Float64Array, from = 0, to = rr.length): number | null {
  let sum = 0;
  let n = 0;
  for (let i = from; i < to; i++)
    if (rr[i] > 0) {
      sum += rr[i];
      n++;
    }
  return n === 0 ? null : (60 * n) / sum;
}

/** Additions between two looks at the clock. */
const PORTION = 50_000;

/**
 * The windows of `size` successive valid intervals with the lowest and the highest mean rate; the earlier
 * one when two are alike. Null where no `size` intervals stand together.
 */
export async function extremeRates(
  rr: Float64Array,
  size: number,
  from = 0,
  to = rr.length,
): Promise<ExtremeRates> {
  let slowest: RateWindow | null = null;
  let fastest: RateWindow | null = null;
  let together = 0;
  const portion = Math.ceil(PORTION / size);
  for (let i = from; i < to; i++) {
    if ((i - from) % portion === 0) await breatheWhenDue();
    together = rr[i] > 0 ? together + 1 : 0;
    if (together < size) continue;
    let sum = 0;
    for (let k = i - size + 1; k <= i; k++) sum += rr[k];
    const bpm = (60 * size) / sum;
    if (slowest === null || bpm < slowest.bpm) slowest = { bpm, first: i - size, last: i };
    if (fastest === null || bpm > fastest.bpm) fastest = { bpm, first: i - size, last: i };
  }
  return { slowest, fastest };
}

/** Index of the beat that ends the longest valid interval; null when there is none. */
export function longestInterval(rr: Float64Array): number | null {
  let best: number | null = null;
  for (let i = 0; i < rr.length; i++) if (rr[i] > 0 && (best === null || rr[i] > rr[best])) best = i;
  return best;
}

/** Indices of the beats that end an interval of at least `threshold` s. */
export function findPauses(rr: Float64Array, threshold: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < rr.length; i++) if (rr[i] >= threshold) found.push(i);
  return found;
}
