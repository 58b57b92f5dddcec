import type { ExampleSet } from './example-set.js';

/** Numbers added up between two looks whether the limit is passed already. */
const STRIDE = 64;

/**
 * The squared Euclidean distance of two examples, or some number from `limit` up when it is not below.
 *
 * @param fromA  where the example's `size` numbers begin in `a`
 */
export function squaredDistance(
  a: ExampleSet['data'],
  fromA: number,
  b: ExampleSet['data'],
  fromB: number,
  size: number,
  limit: number,
): number {
  let sum = 0;
  for (let from = 0; from < size && sum < limit; from += STRIDE) {
    const to = Math.min(size, from + STRIDE);
    for (let i = from; i < to; i++) {
      const off = a[fromA + i] - b[fromB + i];
      sum += off * off;
    }
  }
  return sum;
}
