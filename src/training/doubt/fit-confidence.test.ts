import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { fitConfidence } from './fit-confidence.js';

/** Rows of two classes whose probability p is right with odds slope · ln(p / (1 − p)) + offset of the class. */
function rows(n: number, slope: number, offsets: readonly number[]) {
  const random = createRandom(6);
  const probabilities = new Float32Array(2 * n);
  const labels = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const said = i % 2;
    const p = 0.5 + 0.49 * random.next();
    probabilities[2 * i + said] = p;
    probabilities[2 * i + 1 - said] = 1 - p;
    const right = 1 / (1 + Math.exp(-slope * Math.log(p / (1 - p)) - offsets[said]));
    labels[i] = random.next() < right ? said : 1 - said;
  }
  return { probabilities, labels, weights: new Float64Array(n).fill(1) };
}

describe('fitConfidence', () => {
  it('finds the slope and the offsets that labels were drawn with', () => {
    const { probabilities, labels, weights } = rows(40_000, 0.7, [0.8, -0.6]);
    const { slope, offsets } = fitConfidence(probabilities, labels, weights, 2);
    // s.e. of some hundredths; the ridge of 1e-3 draws the offsets a little towards 0.
    expect(Math.abs(slope - 0.7)).toBeLessThan(0.08);
    expect(Math.abs(offsets[0] - 0.8)).toBeLessThan(0.12);
    expect(Math.abs(offsets[1] + 0.6)).toBeLessThan(0.12);
    // Another truth is not within that.
    const even = rows(40_000, 1.2, [0, 0]);
    const other = fitConfidence(even.probabilities, even.labels, even.weights, 2);
    expect(Math.abs(other.slope - 0.7)).toBeGreaterThan(0.3);
  });

  it('leaves a class that is never said alone, and counts rows as often as they weigh', () => {
    const three = Float32Array.of(0.8, 0.2, 0, 0.7, 0.3, 0);
    expect(fitConfidence(three, [0, 1], [1, 1], 3).offsets[2]).toBe(0);
    const twice = Float32Array.of(0.8, 0.2, 0, 0.7, 0.3, 0, 0.7, 0.3, 0);
    const weighted = fitConfidence(three, [0, 1], [1, 2], 3);
    const repeated = fitConfidence(twice, [0, 1, 1], [1, 1, 1], 3);
    expect(weighted.slope).toBeCloseTo(repeated.slope, 6);
    expect(weighted.offsets[0]).toBeCloseTo(repeated.offsets[0], 6);
  });

  it('leaves probabilities as they are where surer beats are wrong, and stays finite where all are right', () => {
    const backwards = rows(2000, -3, [0, 0]);
    expect(fitConfidence(backwards.probabilities, backwards.labels, backwards.weights, 2)).toEqual({
      slope: 1,
      offsets: [0, 0],
    });
    const sure = Float32Array.of(1, 0, 0.6, 0.4, 1, 0, 0, 1, 0.3, 0.7);
    const { slope, offsets } = fitConfidence(sure, [0, 0, 0, 1, 1], [1, 1, 1, 1, 1], 2);
    expect(slope).toBeGreaterThan(0.05);
    expect(slope).toBeLessThan(20);
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThan(20);
  });
});
