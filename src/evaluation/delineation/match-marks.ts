/** Which marks of a reference and of a test belong together. */
export interface MarkMatches {
  /** Index into the reference of each pair. */
  readonly reference: readonly number[];
  /** Index into the test of each pair. */
  readonly test: readonly number[];
}

/**
 * Pairs of marks that are each other's nearest and no further apart than the window; the earlier of two equally near
 * ones counts as the nearest.
 *
 * @param reference  samples, ascending, as `test`
 * @param window     samples
 */
export function matchMarks(
  reference: ArrayLike<number>,
  test: ArrayLike<number>,
  window: number,
): MarkMatches {
  const nearestTest = nearestOf(reference, test);
  const nearestReference = nearestOf(test, reference);
  const pairs = { reference: [] as number[], test: [] as number[] };
  for (let i = 0; i < reference.length; i++) {
    const j = nearestTest[i];
    if (j < 0 || nearestReference[j] !== i || Math.abs(test[j] - reference[i]) > window) continue;
    pairs.reference.push(i);
    pairs.test.push(j);
  }
  return pairs;
}

/** Index of the mark of `others` nearest to each of `marks`; −1 without any. */
function nearestOf(marks: ArrayLike<number>, others: ArrayLike<number>): Int32Array {
  const nearest = new Int32Array(marks.length).fill(-1);
  let j = 0;
  for (let i = 0; i < marks.length; i++) {
    if (others.length === 0) break;
    while (j + 1 < others.length && Math.abs(others[j + 1] - marks[i]) < Math.abs(others[j] - marks[i])) j++;
    nearest[i] = j;
  }
  return nearest;
}
