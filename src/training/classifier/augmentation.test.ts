import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { augmentExample } from './augmentation.js';
import type { Augmentation } from './training-config.js';

const act = (row: Float32Array, shape: readonly number[], options: Augmentation, seed: number) => {
  const made = row.slice();
  augmentExample(made, shape, options, createRandom(seed), new Float32Array(row.length));
  return made;
};
const seeds = Array.from({ length: 200 }, (_, seed) => seed);

describe('augmentation none', () => {
  it('changes nothing', () => {
    const row = Float32Array.of(1, 2, 3);
    expect(act(row, [1, 3], { kind: 'none' }, 1)).toEqual(row);
  });
});

describe('augmentation signal', () => {
  const still = { kind: 'signal', gain: 0, shift: 0, noise: 0 } as const;
  const ramps = Float32Array.of(1, 2, 3, 4, 5, 10, 20, 30, 40, 50);

  it('moves all channels alike and repeats the end', () => {
    const seen = new Set<string>();
    for (const seed of seeds) seen.add(act(ramps, [2, 5], { ...still, shift: 2 }, seed).join(' '));
    expect([...seen].sort()).toEqual([
      '1 1 1 2 3 10 10 10 20 30',
      '1 1 2 3 4 10 10 20 30 40',
      '1 2 3 4 5 10 20 30 40 50',
      '2 3 4 5 5 20 30 40 50 50',
      '3 4 5 5 5 30 40 50 50 50',
    ]);
  });

  it('scales all samples by one factor within 1 ± gain', () => {
    const factors = seeds.map((seed) => {
      const made = act(ramps, [2, 5], { ...still, gain: 0.2 }, seed);
      const factor = made[0] / ramps[0];
      expect(made.every((x, i) => Math.abs(x / ramps[i] - factor) < 1e-6)).toBe(true);
      return factor;
    });
    expect(Math.min(...factors)).toBeGreaterThan(0.8 - 1e-6);
    expect(Math.max(...factors)).toBeLessThan(1.2 + 1e-6);
    // Of 200 uniform draws, none within a tenth of either end has a chance of 0.95²⁰⁰ = 4e-5.
    expect(Math.min(...factors)).toBeLessThan(0.82);
    expect(Math.max(...factors)).toBeGreaterThan(1.18);
  });

  it("adds noise in the example's own measure", () => {
    // Of ±3 the standard deviation is 3.
    const row = Float32Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? 3 : -3));
    const made = act(row, [1, 4000], { ...still, noise: 0.1 }, 5);
    const off = made.map((x, i) => x - row[i]);
    const variance = off.reduce((sum, x) => sum + x * x, 0) / 4000;
    // Four standard errors of a normal's variance: 4 √(2/4000) = 9 %.
    expect(Math.abs(variance / 0.09 - 1)).toBeLessThan(0.09);
  });
});

describe('augmentation spectrogram', () => {
  const still = { kind: 'spectrogram', times: 0, voices: 0, gain: 0 } as const;
  const voices = 8;
  const times = 10;
  const row = Float32Array.from({ length: 2 * voices * times }, (_, i) => i + 1);
  const mean = (row.length + 1) / 2;

  it('hides one stretch of times behind the mean, in all channels and voices', () => {
    const widths = seeds.map((seed) => {
      const made = act(row, [2, voices, times], { ...still, times: 0.35 }, seed);
      const hidden = [...Array(times).keys()].filter((t) => made[t] !== row[t]);
      expect(made).toEqual(row.map((x, i) => (hidden.includes(i % times) ? mean : x)));
      hidden.forEach((t, k) => {
        expect(t).toBe(hidden[0] + k);
      });
      return hidden.length;
    });
    // At most 0.35 · 10, and all lengths from none.
    expect([...new Set(widths)].sort()).toEqual([0, 1, 2, 3]);
  });

  it('hides one stretch of voices', () => {
    const widths = seeds.map((seed) => {
      const made = act(row, [2, voices, times], { ...still, voices: 0.25 }, seed);
      const hidden = [...Array(voices).keys()].filter((v) => made[v * times] !== row[v * times]);
      expect(made).toEqual(row.map((x, i) => (hidden.includes(Math.floor(i / times) % voices) ? mean : x)));
      return hidden.length;
    });
    expect([...new Set(widths)].sort()).toEqual([0, 1, 2]);
  });
});
