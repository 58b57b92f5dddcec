import { breatheWhenDue } from '../../core/index.js';
import { sortSmall } from '../../dsp/index.js';

/** Values between two looks at the clock. */
const PORTION = 4096;

/**
 * The median of each value and the `beats − 1` known ones before it: one beat's noise does not show in it.
 *
 * @param values  NaN where unknown
 * @param beats   1 … some dozens; 8 and more for ST levels
 * @returns       one a value; NaN where it or fewer than half of the `beats` are known
 */
export async function runningMedian(values: Float32Array, beats: number): Promise<Float32Array> {
  const out = new Float32Array(values.length).fill(Number.NaN);
  const recent = new Float32Array(beats);
  const sorted = new Float32Array(beats);
  let seen = 0;
  for (let i = 0; i < values.length; i++) {
    if (i % PORTION === 0) await breatheWhenDue();
    if (Number.isNaN(values[i])) continue;
    recent[seen++ % beats] = values[i];
    const n = Math.min(seen, beats);
    if (2 * n < beats) continue;
    sorted.set(recent);
    sortSmall(sorted, n);
    out[i] = n % 2 === 1 ? sorted[n >> 1] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
  return out;
}
