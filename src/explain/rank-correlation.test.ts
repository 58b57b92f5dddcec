import { describe, expect, it } from 'vitest';
import { rankCorrelation } from './rank-correlation.js';

describe('rankCorrelation', () => {
  it.each([
    // 1 − 6 Σd² / n(n² − 1), by hand: Σd² = 4.
    [[1, 2, 3, 4], [2, 1, 4, 3], 0.6],
    [[1, 2, 3], [10, 200, 3000], 1],
    [[1, 2, 3], [3, 2, 1], -1],
    // Ties, by hand: ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4 give 4.5 / √(4.5 · 5).
    [[1, 2, 2, 3], [1, 3, 2, 4], Math.sqrt(0.9)],
    [[5, 5, 5], [1, 2, 3], 0],
  ])('of %j and %j is %f', (a, b, expected) => {
    expect(rankCorrelation(a, b)).toBeCloseTo(expected, 12);
  });

  it('refuses maps of different sizes', () => {
    expect(() => rankCorrelation([1, 2], [1])).toThrow(expect.objectContaining({ code: 'bad-shape' }));
    expect(() => rankCorrelation([], [])).toThrow(expect.objectContaining({ code: 'bad-shape' }));
  });
});
