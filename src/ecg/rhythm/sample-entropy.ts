import { addMatches } from '../pattern-matches.js';

/**
 * −ln of how often stretches of `length` intervals that agree also agree in the interval after them: low for a
 * repeated pattern, high for disorder.
 *
 * Where no longer stretch agrees, one is counted, so that the result stays finite; 0 with fewer than `length` + 2
 * intervals or no agreeing stretch.
 *
 * @param rr         any unit
 * @param length     intervals compared, 1 or more
 * @param tolerance  intervals that differ by no more agree; in the unit of `rr`
 *
 * Source: Richman & Moorman, Am. J. Physiol. 278(6):H2039–H2049, 2000, doi:10.1152/ajpheart.2000.278.6.H2039. Departs:
 * the count of one instead of an infinite entropy.
 */
export function sampleEntropy(rr: ArrayLike<number>, length: number, tolerance: number): number {
  const starts = Uint32Array.from({ length: Math.max(0, rr.length - length) }, (_, i) => i);
  const matches = { agree: 0, goOn: 0 };
  for (let a = 0; a < starts.length; a++) addMatches(matches, rr, starts, a, length, tolerance);
  const { agree, goOn } = matches;
  return agree === 0 ? 0 : Math.log(agree / Math.max(1, goOn));
}
