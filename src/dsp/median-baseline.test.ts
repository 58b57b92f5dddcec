import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/index.js';
import { baselineReach, subtractMedianBaseline } from './median-baseline.js';

/** Slow and obvious: every window sorted anew. */
function oracle(x: Float32Array, decimation: number, windows: readonly number[]): Float32Array {
  const blocks = Math.ceil(x.length / decimation);
  let slow = Array.from({ length: blocks }, (_, b) => {
    const part = [...x.subarray(b * decimation, (b + 1) * decimation)];
    return Math.fround(part.reduce((a, c) => a + c, 0) / part.length);
  });
  for (const w of windows) {
    slow = slow.map((_, b) => {
      const around = Array.from(
        { length: w },
        (_, k) => slow[Math.min(blocks - 1, Math.max(0, b + k - (w - 1) / 2))],
      );
      return around.sort((a, c) => a - c)[(w - 1) / 2];
    });
  }
  return x.map((value, i) => {
    const position = (i - (decimation - 1) / 2) / decimation;
    const b = Math.min(blocks - 1, Math.max(0, Math.floor(position)));
    const f = Math.min(1, Math.max(0, position - b));
    return value - (slow[b] * (1 - f) + slow[Math.min(blocks - 1, b + 1)] * f);
  });
}

const random = createRandom(4);
const noise = Float32Array.from({ length: 1003 }, () => Math.round(8 * random.normal()));

describe('subtractMedianBaseline', () => {
  it('equals medians taken window by window', () => {
    const settings = { decimation: 4, windows: [7, 19] };
    const out = subtractMedianBaseline(noise, settings);
    const expected = oracle(noise, 4, [7, 19]);
    for (let i = 0; i < out.length; i++) expect(out[i]).toBeCloseTo(expected[i], 4);
    const other = oracle(noise, 4, [7, 17]);
    expect(other.some((x, i) => Math.abs(x - out[i]) > 0.01)).toBe(true);
  });

  it('depends on nothing beyond its reach', () => {
    const settings = { decimation: 4, windows: [7, 19] };
    const reach = baselineReach(settings);
    const from = 400;
    const start = Math.floor((from - reach) / 4) * 4;
    const part = subtractMedianBaseline(noise.subarray(start, from + 100 + reach), settings);
    const whole = subtractMedianBaseline(noise, settings);
    expect([...part.subarray(from - start, from - start + 100)]).toEqual([
      ...whole.subarray(from, from + 100),
    ]);
  });

  it('takes a constant and an empty signal', () => {
    expect([...subtractMedianBaseline(new Float32Array(9).fill(2), { decimation: 4, windows: [3] })]).toEqual(
      new Array(9).fill(0),
    );
    expect(subtractMedianBaseline(new Float32Array(0), { decimation: 4, windows: [3] })).toHaveLength(0);
  });
});
