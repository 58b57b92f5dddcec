import type { TypicalBeat } from './typical-beat.js';

/** s around the R peak that are compared. */
const QRS: readonly [number, number] = [-0.08, 0.12];

/**
 * How much of each beat's QRS complex the typical beat explains: 1 for its like, 0 for one as far from it as a flat line
 * is, −1 for any farther. A beat cut off by an edge, or without a typical beat to compare it with, counts as its like.
 *
 * @param peaks   R peaks, samples of `lead`
 * @param before  samples of the typical beat before its R peak
 * @param fs      Hz of `lead`
 */
export function beatLikeness(
  lead: Float32Array,
  peaks: ArrayLike<number>,
  { shape }: TypicalBeat,
  before: number,
  fs: number,
): Float32Array {
  const from = Math.round(QRS[0] * fs);
  const to = Math.round(QRS[1] * fs);
  let size = 0;
  for (let k = from; k < to; k++) size += shape[before + k] ** 2;
  const likeness = new Float32Array(peaks.length).fill(1);
  for (let i = 0; i < peaks.length && size > 0; i++) {
    const peak = Math.round(peaks[i]);
    if (peak + from < 0 || peak + to > lead.length) continue;
    // The R peak may be placed a sample aside.
    let least = Infinity;
    for (let shift = -1; shift <= 1; shift++) {
      let apart = 0;
      for (let k = from; k < to; k++) {
        const x = lead[Math.min(lead.length - 1, Math.max(0, peak + k + shift))];
        apart += (x - shape[before + k]) ** 2;
      }
      if (apart < least) least = apart;
    }
    likeness[i] = Math.max(-1, 1 - least / size);
  }
  return likeness;
}
