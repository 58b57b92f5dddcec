import { describe, expect, it } from 'vitest';
import { quantile } from './quantile.js';

describe('quantile', () => {
  it('lies between the values around the rank', () => {
    // By hand: rank 0.25 · 3 = 0.75 between 1 and 2; of an odd number the median is the middle one.
    expect(quantile([1, 2, 4, 8], 0.25)).toBe(1.75);
    expect(quantile(Float64Array.of(1, 5, 9), 0.5)).toBe(5);
    expect([0, 1].map((p) => quantile([3, 4, 7], p))).toEqual([3, 7]);
  });

  it('is NaN of nothing, and an infinity among its like', () => {
    expect(quantile([], 0.5)).toBeNaN();
    expect(quantile([-Infinity, -Infinity, 1], 0.25)).toBe(-Infinity);
  });
});
