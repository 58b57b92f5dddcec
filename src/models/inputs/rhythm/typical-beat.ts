import { sortSmall } from '../../../dsp/index.js';

/** The beat most beats of a stretch resemble. */
export interface TypicalBeat {
  /** Median of the beats at each sample; zeros without a beat. */
  readonly shape: Float32Array;
  /** Median distance of the beats from `shape` at each sample. */
  readonly spread: Float32Array;
  /** R peaks of the beats that lie in the stretch as a whole, grid samples. */
  readonly peaks: Int32Array;
}

/**
 * The typical beat of a lead, `before` samples before the R peak to `after` behind it.
 *
 * @param lead   finite
 * @param peaks  R peaks, samples of `lead`
 */
export function typicalBeat(
  lead: Float32Array,
  peaks: ArrayLike<number>,
  before: number,
  after: number,
): TypicalBeat {
  const length = before + after;
  const whole: number[] = [];
  for (let i = 0; i < peaks.length; i++) {
    const peak = Math.round(peaks[i]);
    if (peak >= before && peak + after <= lead.length) whole.push(peak);
  }
  const shape = new Float32Array(length);
  const spread = new Float32Array(length);
  const column = new Float32Array(whole.length);
  const n = whole.length;
  for (let k = 0; k < length && n > 0; k++) {
    for (let i = 0; i < n; i++) column[i] = lead[whole[i] - before + k];
    shape[k] = middle(column, n);
    for (let i = 0; i < n; i++) column[i] = Math.abs(lead[whole[i] - before + k] - shape[k]);
    spread[k] = middle(column, n);
  }
  return { shape, spread, peaks: Int32Array.from(whole) };
}

/** The median, between the two middle values of an even number; sorts in place. */
function middle(values: Float32Array, n: number): number {
  sortSmall(values, n);
  const upper = values[n >> 1];
  return n % 2 === 1 ? upper : (upper + values[(n >> 1) - 1]) / 2;
}
