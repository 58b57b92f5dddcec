import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/index.js';
import { abstainThreshold, fitTemperature, negativeLogLikelihood } from './temperature.js';

describe('fitTemperature', () => {
  it('finds the factor by which logits are too sure', () => {
    // Labels drawn from softmax(z); logits are 2.5 z, so that the true temperature is 2.5.
    const random = createRandom(11);
    const n = 4000;
    const logits = new Float32Array(3 * n);
    const labels = Array.from({ length: n }, (_, i) => {
      const z = [random.normal(), random.normal(), random.normal()].map((x) => 1.5 * x);
      const p = z.map(Math.exp);
      logits.set(
        z.map((x) => 2.5 * x),
        3 * i,
      );
      let at = random.next() * (p[0] + p[1] + p[2]);
      let label = 0;
      while (label < 2 && at >= p[label]) {
        at -= p[label];
        label++;
      }
      return label;
    });
    const temperature = fitTemperature(logits, labels, 3);
    expect(temperature).toBeGreaterThan(2.3);
    expect(temperature).toBeLessThan(2.7);
    const best = negativeLogLikelihood(logits, labels, 3, temperature);
    for (const factor of [0.9, 1.1]) {
      expect(negativeLogLikelihood(logits, labels, 3, temperature * factor)).toBeGreaterThan(best);
    }
  });

  it('refuses an empty set', () => {
    expect(() => fitTemperature(new Float32Array(0), [], 3)).toThrow(
      expect.objectContaining({ code: 'too-short' }),
    );
  });
});

describe('negativeLogLikelihood', () => {
  it('is ln 2 for two equal logits and −ln p by hand', () => {
    expect(negativeLogLikelihood(Float32Array.of(1, 1), [0], 2, 1)).toBeCloseTo(Math.LN2, 12);
    // softmax(ln 3, 0) = 3/4, 1/4.
    expect(negativeLogLikelihood(Float32Array.of(Math.log(3), 0), [1], 2, 1)).toBeCloseTo(Math.log(4), 6);
  });
});

describe('weights', () => {
  it('count a row as often as they say', () => {
    const logits = Float32Array.of(2, 0, 0, 1, 3, 0);
    const twice = Float32Array.of(2, 0, 0, 1, 3, 0, 3, 0);
    const weighted = negativeLogLikelihood(logits, [0, 0, 1], 2, 1.5, [1, 1, 2]);
    expect(weighted).toBeCloseTo(negativeLogLikelihood(twice, [0, 0, 1, 1], 2, 1.5), 12);
    expect(fitTemperature(logits, [0, 0, 1], 2, [5, 1, 1])).toBeLessThan(
      fitTemperature(logits, [0, 0, 1], 2, [1, 1, 1]),
    );
  });
});

describe('abstainThreshold', () => {
  it('keeps the wanted share', () => {
    expect(abstainThreshold(new Float32Array(0), 2, 0.9)).toBe(0);
    const rows = Float32Array.from(
      Array.from({ length: 10 }, (_, i) => [0.5 + 0.04 * i, 0.5 - 0.04 * i]).flat(),
    );
    const threshold = abstainThreshold(rows, 2, 0.8);
    // By hand: the two lowest of ten maxima are 0.50 and 0.54.
    expect(threshold).toBeCloseTo(0.58, 6);
  });
});
