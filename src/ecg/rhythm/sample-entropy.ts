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
  const starts = rr.length - length;
  let agree = 0;
  let goOn = 0;
  for (let i = 0; i < starts; i++) {
    for (let j = i + 1; j < starts; j++) {
      let k = 0;
      while (k < length && Math.abs(rr[i + k] - rr[j + k]) <= tolerance) k++;
      if (k < length) continue;
      agree++;
      if (Math.abs(rr[i + length] - rr[j + length]) <= tolerance) goOn++;
    }
  }
  return agree === 0 ? 0 : Math.log(agree / Math.max(1, goOn));
}
