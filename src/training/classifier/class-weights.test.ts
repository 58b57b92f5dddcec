import { describe, expect, it } from 'vitest';
import { classWeightsOf } from './class-weights.js';

describe('classWeightsOf', () => {
  it('weighs rare classes more, by 1 on average', () => {
    // By hand, shares .9 and .1: (1/.9)/2 and (1/.1)/2; with the root 1/(.9 + √.09) and 1/(.1 + √.09).
    const closeTo = (counts: number[], power: number, expected: number[]) =>
      classWeightsOf(counts, power).forEach((weight, c) => {
        expect(weight).toBeCloseTo(expected[c], 12);
      });
    closeTo([900, 100], 1, [5 / 9, 5]);
    closeTo([900, 100], 0.5, [5 / 6, 2.5]);
    closeTo([900, 100], 0, [1, 1]);
    closeTo([10, 10, 10], 1, [1, 1, 1]);
  });
});
