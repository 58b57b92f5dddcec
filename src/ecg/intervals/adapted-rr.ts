/** s after which the weight of an RR interval is down to 1/e. */
const MEMORY = 60;
/** Memories after which what came before a hole is forgotten. */
const FORGET = 3;

/**
 * The RR interval that each beat's QT has adapted to: the mean of the intervals up to it, each weighted by
 * e^(−age / 60 s). QT follows the rate of the last minutes, not the last interval, so that this, not the preceding RR,
 * belongs into a correction where the rate changes: in Holter recordings. In a resting ECG of 10 s take the preceding
 * interval, or this one: where the rate is steady they are the same.
 *
 * @param samples  R peaks, ascending
 * @param rr       s, the interval that ends at each beat; NaN where there is none
 * @returns        s, one a beat; NaN until an interval was seen, and after a hole of 3 min until one is seen again
 *
 * Source: Razak et al., Ann. Noninvasive Electrocardiol. 16(2):148–155, 2011, doi:10.1111/j.1542-474X.2011.00420.x
 * (time constant of 1 min). Departs: all intervals count, those around ectopic beats too.
 */
export function adaptedRr(samples: Float64Array, rr: Float64Array, fs: number): Float64Array {
  const adapted = new Float64Array(rr.length).fill(Number.NaN);
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < rr.length; i++) {
    const passed = i === 0 ? 0 : (samples[i] - samples[i - 1]) / fs;
    const kept = passed > FORGET * MEMORY ? 0 : Math.exp(-passed / MEMORY);
    sum *= kept;
    weight *= kept;
    if (rr[i] > 0) {
      sum += rr[i];
      weight += 1;
    }
    if (weight > 0) adapted[i] = sum / weight;
  }
  return adapted;
}
