/** Beats on either side that are looked at. */
const REACH = 30;
/** Share of their mean by which two successive intervals must differ. */
const CHANGE = 0.1;
/** Pairs of intervals needed to tell. */
const FEWEST = 8;
/** Beats that may lie between the two intervals of a pair. */
const APART = 4;

/**
 * Around each beat, the share of RR intervals that differ by more than a tenth from the one before: near 0 in sinus
 * rhythm, from 0.4 on in fibrillation. NaN where fewer than 8 pairs can be told.
 *
 * Only intervals between two beats that are not strange count, so that ventricular beats and their pauses have no say;
 * such beats may lie between the intervals of a pair.
 *
 * @param beats    R peaks, ascending, any unit
 * @param strange  1 for beats whose intervals say nothing of the atria; none when omitted
 *
 * Source: own, after the share of large successive differences (pNN50; Ewing et al., Br Heart J 52:396, 1984), relative
 * to the rate. Constants by judgement, looking at mitdb.
 */
export function unevenness(beats: ArrayLike<number>, strange?: ArrayLike<number>): Float64Array {
  const n = beats.length;
  // Sums over the pairs that end before each beat: those that can be told, and those that change.
  const told = new Int32Array(n + 1);
  const changed = new Int32Array(n + 1);
  let before = 0;
  let beforeAt = -Infinity;
  for (let i = 0; i < n; i++) {
    told[i + 1] = told[i];
    changed[i + 1] = changed[i];
    if (i < 1 || strange?.[i - 1] || strange?.[i]) continue;
    const own = beats[i] - beats[i - 1];
    if (i - 1 - beforeAt <= APART) {
      told[i + 1]++;
      if (Math.abs(own - before) > CHANGE * 0.5 * (own + before)) changed[i + 1]++;
    }
    before = own;
    beforeAt = i;
  }
  return Float64Array.from({ length: n }, (_, i) => {
    const from = Math.max(0, i - REACH);
    const to = Math.min(n, i + REACH + 1);
    const pairs = told[to] - told[from];
    return pairs < FEWEST ? Number.NaN : (changed[to] - changed[from]) / pairs;
  });
}
