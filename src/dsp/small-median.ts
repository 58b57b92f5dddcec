/**
 * The upper median of the first `n` values, which it sorts in place; for a few dozen values at most.
 *
 * @param values  finite
 * @param n       1 … values.length; 0 gives NaN
 */
export function smallMedian(values: Float32Array | Float64Array, n: number): number {
  sortSmall(values, n);
  return n > 0 ? values[n >> 1]! : Number.NaN;
}

/** Sorts the first `n` values upwards, by insertion. */
export function sortSmall(values: Float32Array | Float64Array, n: number): void {
  for (let i = 1; i < n; i++) {
    const x = values[i]!;
    let j = i;
    for (; j > 0 && values[j - 1]! > x; j--) values[j] = values[j - 1]!;
    values[j] = x;
  }
}
