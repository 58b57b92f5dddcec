/**
 * The RR intervals of a stretch as signals: each interval's logarithm relative to their mean, held over the interval;
 * its change from the interval before, held likewise; 1 at each R peak; and how strange the beat is, held from it on.
 * Zeros before the first and after the last.
 *
 * @param peaks   R peaks, samples, ascending; fractions allowed
 * @param likeness  of each beat, −1…1: 0 is strange by a half, 1 not at all
 * @param length  samples of each row
 * @param clip    largest magnitude of the logarithms
 * @param into    the four rows follow each other from `at`, `stride` apart
 */
export function writeTachogram(
  peaks: ArrayLike<number>,
  likeness: Float32Array,
  length: number,
  clip: number,
  into: Float32Array,
  at: number,
  stride: number,
): void {
  const limit = (x: number): number => Math.min(clip, Math.max(-clip, x));
  const n = peaks.length;
  const mean = n > 1 ? (peaks[n - 1] - peaks[0]) / (n - 1) : 1;
  for (let i = 0; i < n; i++) {
    const from = Math.round(peaks[i]);
    if (from >= 0 && from < length) into[at + 2 * stride + from] = 1;
    if (i + 1 >= n) continue;
    const rr = peaks[i + 1] - peaks[i];
    const to = Math.min(length, Math.round(peaks[i + 1]));
    into.fill(limit(Math.log(rr / mean)), at + from, at + to);
    const change = i > 0 ? limit(Math.log(rr / (peaks[i] - peaks[i - 1]))) : 0;
    into.fill(change, at + stride + from, at + stride + to);
    into.fill((1 - likeness[i]) / 2, at + 3 * stride + from, at + 3 * stride + to);
  }
}
