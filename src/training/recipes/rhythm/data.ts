import * as v from 'valibot';
import { RhythmWindowSchema } from '../../../models/index.js';

/** What the recipe `rhythm` is asked to learn from. */
export const RhythmDataSchema = v.strictObject({
  input: RhythmWindowSchema,
  /** s from one window's begin to the next, of recordings that are longer than one. */
  hop: v.strictObject({
    /** Of cinc2017; the last window ends with the recording. */
    challenge: v.pipe(v.number(), v.minValue(1)),
    /** Of mitdb: in fibrillation, and otherwise. */
    fibrillation: v.pipe(v.number(), v.minValue(1)),
    other: v.pipe(v.number(), v.minValue(1)),
  }),
});

export type RhythmData = v.InferOutput<typeof RhythmDataSchema>;

/**
 * Where windows begin, s: one for a recording not longer than a window, else every `hop` and one that ends with it.
 */
export function windowStarts(seconds: number, window: number, hop: number): number[] {
  if (seconds <= window) return [0];
  const starts: number[] = [];
  for (let at = 0; at + window <= seconds; at += hop) starts.push(at);
  const last = seconds - window;
  if (last - starts[starts.length - 1] > hop / 3) starts.push(last);
  return starts;
}
