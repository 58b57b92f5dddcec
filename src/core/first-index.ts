/**
 * The first index from which on something holds, `length` where it never does; by halving.
 *
 * @param holds  false for all indices before some one, true from there on
 */
export function firstWhere(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Index of the first of some ascending values that is not below another; their number where all are. */
export function firstAtOrAfter(ascending: ArrayLike<number>, value: number): number {
  return firstWhere(ascending.length, (i) => !(ascending[i] < value));
}
