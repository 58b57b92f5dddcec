/**
 * The mean interval around each beat, s: of the intervals `before` each beat within `shortest`…`longest` that end at most `reach` s
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
    out[at + k + reach] = ratio > 0 ? Math.min(clip[1], Math.max(clip[0], ratio)) : 1;
  }
}
