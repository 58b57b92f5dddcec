/** Beats on either side that are looked at. */
const REACH = 30;
/** Share of their mean by which two successive intervals must differ. */
const CHANGE = 0.1;
/** Pairs of intervals needed to tell. */
const FEWEST = 8;

/**
 * Around each beat, the share of successive RR intervals that change by more than a tenth: near 0 in sinus rhythm, from
 * 0.4 on in fibrillation. NaN where fewer than 8 pairs can be told.
 *
 * A pair counts where none of its three beats is strange, so that ventricular beats and their pauses have no say.
 *
 * @param beats    R peaks, ascending, any unit
 * @param strange  1 for beats whose intervals say nothing of the atria; none when omitted
 *
 * Source: own, after the share of large successive differences (pNN50; Ewing et al., Br Heart J 52:396, 1984), relative
 * to the rate. Constants by judgement on mitdb's training patients.
 */
export function unevenness(beats: ArrayLike<number>, strange?: ArrayLike<number>): Float64Array {
  const n = beats.length;
  // Sums over the pairs before each beat: pairs that can be told, and those that change.
  const told = new Int32Array(n + 1);
  const changed = new Int32Array(n + 1);
  for (let i = 0; i < n; i++) {
    told[i + 1] = told[i];
    changed[i + 1] = changed[i];
    if (i < 2 || strange?.[i - 2] || strange?.[i - 1] || strange?.[i]) continue;
    const before = beats[i - 1] - beats[i - 2];
    const after = beats[i] - beats[i - 1];
    told[i + 1]++;
    if (Math.abs(after - before) > CHANGE * 0.5 * (after + before)) changed[i + 1]++;
  }
  return Float64Array.from({ length: n }, (_, i) => {
    const from = Math.max(0, i - REACH);
    const to = Math.min(n, i + REACH + 1);
    const pairs = told[to] - told[from];
    return pairs < FEWEST ? Number.NaN : (changed[to] - changed[from]) / pairs;
  });
}
