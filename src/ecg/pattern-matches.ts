/** How many pairs of patterns agree, and how many of these agree in the value after them too. */
export interface PatternMatches {
  agree: number;
  goOn: number;
}

/**
 * Adds the pairs that the pattern at `starts[a]` makes with those at later starts: what sample entropy counts.
 *
 * @param values     as many behind each start as `length` + 1
 * @param length     values of a pattern, 1 or more
 * @param tolerance  values that differ by no more agree
 *
 * Source: Richman & Moorman, Am. J. Physiol. 278(6):H2039–H2049, 2000, doi:10.1152/ajpheart.2000.278.6.H2039.
 */
export function addMatches(
  matches: PatternMatches,
  values: ArrayLike<number>,
  starts: ArrayLike<number>,
  a: number,
  length: number,
  tolerance: number,
): void {
  const i = starts[a];
  for (let b = a + 1; b < starts.length; b++) {
    const j = starts[b];
    let k = 0;
    while (k < length && Math.abs(values[i + k] - values[j + k]) <= tolerance) k++;
    if (k < length) continue;
    matches.agree++;
    if (Math.abs(values[i + length] - values[j + length]) <= tolerance) matches.goOn++;
  }
}
