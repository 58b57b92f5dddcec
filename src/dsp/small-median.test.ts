import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallMedian, sortSmall } from './small-median.js';

describe('smallMedian', () => {
  it('is the upper middle of the sorted values', () => {
    // Oracle: Array.prototype.sort.
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 40 }), (list) => {
        const sorted = [...list].sort((a, b) => a - b);
        // `===`, for 0 and −0 are one value.
        expect(smallMedian(Float32Array.from(list), list.length) === sorted[list.length >> 1]).toBe(true);
      }),
      { numRuns: 200, seed: 1 },
    );
  });
  it('looks at the first n only', () => {
    const values = Float64Array.of(3, 1, 2, -9);
    sortSmall(values, 3);
    expect([...values]).toEqual([1, 2, 3, -9]);
    expect(smallMedian(values, 0)).toBeNaN();
  });
});
