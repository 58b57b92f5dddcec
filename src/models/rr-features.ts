import type { Gap } from '../core/index.js';

/**
 * The interval before each beat, s; NaN for the first beat and across a gap without data.
 *
 * @param times  s, ascending
 * @param gaps   stretches without data, s, ascending
 */
export function rrIntervals(times: Float64Array, gaps: readonly Gap[]): Float64Array {
  const before = new Float64Array(times.length).fill(Number.NaN);
  let gap = 0;
  for (let i = 1; i < times.length; i++) {
    while (gap < gaps.length && gaps[gap].to <= times[i - 1]) gap++;
    const interrupted = gap < gaps.length && gaps[gap].from < times[i];
    if (!interrupted && times[i] > times[i - 1]) before[i] = times[i] - times[i - 1];
  }
  return before;
}

/**
 * The mean interval around each beat, s: of intervals within `shortest`…`longest` that end at most `reach` s
 * away; of all such intervals where none is near, 1 where there is none at all.
 *
 * The mean, not the median: a patient can have more ectopic than sinus beats, and then the median is an
 * ectopic interval.
 */
export function meanIntervals(
  times: Float64Array,
  before: Float64Array,
  { shortest, longest, meanReach }: { shortest: number; longest: number; meanReach: number },
): Float64Array {
  const n = times.length;
  const sum = new Float64Array(n + 1);
  const known = new Int32Array(n + 1);
  for (let i = 0; i < n; i++) {
    const counts = before[i] > shortest && before[i] < longest;
    sum[i + 1] = sum[i] + (counts ? before[i] : 0);
    known[i + 1] = known[i] + (counts ? 1 : 0);
  }
  const overall = known[n] === 0 ? 1 : sum[n] / known[n];
  const mean = new Float64Array(n);
  let from = 0;
  let to = 0;
  for (let i = 0; i < n; i++) {
    while (times[from] < times[i] - meanReach) from++;
    while (to < n && times[to] <= times[i] + meanReach) to++;
    const near = known[to] - known[from];
    mean[i] = near === 0 ? overall : (sum[to] - sum[from]) / near;
  }
  return mean;
}

/**
 * The ratios interval / mean of the beats `beat − reach` … `beat + reach`, clipped; 1 where unknown.
 *
 * Every ratio is taken to the mean of its own beat.
 *
 * @param out  receives them from `at`
 */
export function writeRatios(
  before: Float64Array,
  mean: Float64Array,
  beat: number,
  { reach, clip }: { reach: number; clip: readonly [number, number] },
  out: Float32Array,
  at: number,
): void {
  for (let k = -reach; k <= reach; k++) {
    const ratio = before[beat + k] / mean[beat + k];
    out[at + k + reach] = Number.isFinite(ratio) ? Math.min(clip[1], Math.max(clip[0], ratio)) : 1;
  }
}
