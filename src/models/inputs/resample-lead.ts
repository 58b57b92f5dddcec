import { createGridResampler, hasInvalid } from '../../dsp/index.js';
import { holdInvalid } from '../grid-signals.js';

/** s; half the length of the resampling filter. */
const HALF_WIDTH = 0.04;
/** s over which a value stands in for invalid samples. */
const HOLD = 1;

/**
 * One whole lead at another rate: sample k lies at k/fsOut s, frequencies from 0.45 × the lower rate on are removed.
 *
 * @param samples  NaN where invalid: the last valid value within 1 s stands in, else the next, else 0
 * @returns        every output instant within the lead; the lead itself where the rates are equal and nothing is invalid
 */
export function resampleLead(samples: Float32Array, fs: number, fsOut: number): Float32Array {
  const whole = hasInvalid(samples) ? holdInvalid(samples, Math.round(HOLD * fs)) : samples;
  if (fs === fsOut || whole.length === 0) return whole;
  const length = Math.floor(((whole.length - 1) * fsOut) / fs) + 1;
  const out = new Float32Array(length);
  createGridResampler({ fsIn: fs, fsOut, cutoff: fsOut / 2, halfWidth: HALF_WIDTH }).run(
    whole,
    0,
    0,
    length,
    out,
    0,
  );
  return out;
}
