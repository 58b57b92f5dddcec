import { describe, expect, it } from 'vitest';
import { cutScreeningWindows, SCREENING } from './screening.js';

describe('cutScreeningWindows', () => {
  it('scales each window of 500 samples by itself and fills the last one with zeros', () => {
    // A ramp of 1200 samples: two windows and 200 samples of a third.
    const ramp = Float32Array.from({ length: 1200 }, (_, i) => 3 + 2 * i);
    const out = cutScreeningWindows(ramp, 250, SCREENING);
    expect(out).toHaveLength(1500);
    for (const [i, expected] of [
      [0, 0],
      [499, 1],
      [500, 0],
      [999, 1],
      [1000, 0],
      [1199, 1],
      [1200, 0],
      [1499, 0],
    ])
      expect(out[i]).toBe(expected);
    // By hand: sample 100 of a whole window is 100/499 of its range, of the short one 100/199.
    expect(out[600]).toBeCloseTo(100 / 499, 6);
    expect(out[1100]).toBeCloseTo(100 / 199, 6);
    expect(out[1100]).not.toBeCloseTo(100 / 499, 2);
  });

  it('brings another rate to 250 Hz', () => {
    // 2 Hz at 360 Hz: a maximum of window 0 at 0.125 s, sample 31.25, and one each 125 samples.
    const x = Float32Array.from({ length: 3600 }, (_, i) => Math.sin((4 * Math.PI * i) / 360));
    const out = cutScreeningWindows(x, 360, { ...SCREENING, normalise: 'none' });
    expect(out).toHaveLength(2500);
    for (let k = 20; k < 2480; k++) {
      expect(Math.abs(out[k] - Math.sin((4 * Math.PI * k) / 250))).toBeLessThan(2e-3);
    }
    expect(Math.abs(out[100] - Math.sin((4 * Math.PI * 101) / 250))).toBeGreaterThan(2e-3);
  });

  it('makes a flat window zeros and of no samples no window', () => {
    expect(cutScreeningWindows(new Float32Array(500).fill(-3), 250, SCREENING)).toEqual(
      new Float32Array(500),
    );
    expect(cutScreeningWindows(new Float32Array(0), 360, SCREENING)).toHaveLength(0);
  });
});
