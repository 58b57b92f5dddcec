import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { activationSteps, quantiseBias, quantiseWeights, scaleForBias } from './affine.js';

describe('quantiseWeights', () => {
  it('has a scale a channel: its largest weight over the levels', () => {
    // Rows: 12.7 / 127 = 0.1 and 254 / 127 = 2.
    const weights = Float32Array.of(12.7, -1, 0.26, 254, 3, -127);
    const { values, scales } = quantiseWeights(weights, [2, 3], 0, 127);
    expect(scales[0]).toBeCloseTo(0.1, 6);
    expect(scales[1]).toBe(2);
    expect([...values]).toEqual([127, -10, 3, 127, 2, -63]);
    // Columns of the same matrix: 254 / 127, 3 / 127 and 1.
    const columns = quantiseWeights(weights, [2, 3], 1, 127);
    expect(columns.scales[0]).toBe(2);
    expect(columns.scales[1]).toBeCloseTo(3 / 127, 6);
    expect(columns.scales[2]).toBe(1);
    expect([...columns.values]).toEqual([6, -42, 0, 127, 127, -127]);
  });

  it.each([63, 127])('is off by half a scale at most, with %i levels', (levels) => {
    const random = createRandom(5);
    const weights = Float32Array.from({ length: 4 * 3 * 7 }, (_, i) => random.normal() * 10 ** (i % 4));
    const { values, scales } = quantiseWeights(weights, [4, 3, 7], 0, levels);
    const worst = (scale: (channel: number) => number) =>
      Math.max(
        ...weights.map((w, i) => {
          const s = scale(Math.floor(i / 21));
          return Math.abs(w - values[i] * s) / scales[Math.floor(i / 21)];
        }),
      );
    expect(worst((channel) => scales[channel])).toBeLessThanOrEqual(0.5 + 1e-5);
    expect(worst((channel) => 1.02 * scales[channel])).toBeGreaterThan(0.6);
    expect(Math.max(...values.map(Math.abs))).toBe(levels);
  });

  it('gives a channel of zeros a scale of 1', () => {
    const { values, scales } = quantiseWeights(Float32Array.of(0, 0, 1, -1), [2, 2], 0, 127);
    expect(scales[0]).toBe(1);
    expect([...values]).toEqual([0, 0, 127, -127]);
  });
});

describe('quantiseBias', () => {
  it('counts in steps of activation scale times weight scale', () => {
    // 0.5 · 0.25 = 0.125 and 0.5 · 2 = 1.
    const { values, steps } = quantiseBias([1, -3.4], 0.5, Float32Array.of(0.25, 2));
    expect([...steps]).toEqual([0.125, 1]);
    expect([...values]).toEqual([8, -3]);
  });

  it('fits 32 bits, however small the weights beside it', () => {
    const bias = [1000, 0];
    const tiny = Float32Array.of(1e-12, 1e-12);
    const { scales } = quantiseWeights(tiny, [2, 1], 0, 127, scaleForBias(bias, 0.01));
    const { values, steps } = quantiseBias(bias, 0.01, scales);
    expect(values[0] * steps[0]).toBeCloseTo(1000, 3);
    expect(Math.abs(values[0])).toBeLessThanOrEqual(2 ** 30 + 64);
    const cramped = quantiseBias(bias, 0.01, quantiseWeights(tiny, [2, 1], 0, 127).scales);
    expect(cramped.values[0] * cramped.steps[0]).not.toBeCloseTo(1000, 3);
  });
});

describe('activationSteps', () => {
  it('covers the range with bytes and holds 0 exactly', () => {
    // 255 steps of 0.1 from −5.5 to 20.
    const { scale, zeroPoint } = activationSteps(-5.5, 20);
    expect(scale).toBeCloseTo(0.1, 6);
    expect(zeroPoint).toBe(55);
  });

  it('of one sign begins or ends at 0', () => {
    expect(activationSteps(3, 51)).toEqual({ scale: Math.fround(0.2), zeroPoint: 0 });
    expect(activationSteps(-51, -3)).toEqual({ scale: Math.fround(0.2), zeroPoint: 255 });
  });

  it('of nothing but zeros has a scale of 1', () => {
    expect(activationSteps(0, 0)).toEqual({ scale: 1, zeroPoint: 0 });
    expect(activationSteps(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)).toEqual({
      scale: 1,
      zeroPoint: 0,
    });
  });
});
