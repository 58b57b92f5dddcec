import * as v from 'valibot';
import { normaliseStretch } from './normalise.js';
import { resampleLead } from './resample-lead.js';

/** What a network on short windows of one lead expects of a recording, as data. */
export const ScreeningInputSchema = v.strictObject({
  /** Hz. */
  fs: v.pipe(v.number(), v.minValue(50), v.maxValue(1000)),
  /** Samples of a window; a shorter one is filled with zeros at its end. */
  length: v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(100_000)),
  /** Of each window, before zeros are added. `none` keeps mV. */
  normalise: v.picklist(['min-max', 'z-score', 'none']),
});

export type ScreeningInput = v.InferOutput<typeof ScreeningInputSchema>;

/** The published input: 2 s at 250 Hz, scaled to 0…1. */
export const SCREENING: ScreeningInput = { fs: 250, length: 500, normalise: 'min-max' };

/**
 * A lead in windows one after another; the last is filled up with zeros.
 *
 * @param samples  one lead at `fs`, NaN where invalid
 * @returns        [windows, length]; window w begins at w × length/input.fs s; none for an empty lead
 */
export function cutScreeningWindows(samples: Float32Array, fs: number, input: ScreeningInput): Float32Array {
  const grid = resampleLead(samples, fs, input.fs);
  const count = Math.ceil(grid.length / input.length);
  const out = new Float32Array(count * input.length);
  out.set(grid);
  for (let w = 0; w < count; w++) {
    const from = w * input.length;
    normaliseStretch(out, from, Math.min(from + input.length, grid.length), input.normalise);
  }
  return out;
}
