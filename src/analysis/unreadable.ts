import type { UnreadableStretch } from '../core/index.js';

/**
 * The same stretches in order and without overlap; where two overlap, the earlier in the list explains.
 *
 * @param length  of the recording, samples; what reaches beyond is cut
 */
export function joinUnreadable(stretches: readonly UnreadableStretch[], length: number): UnreadableStretch[] {
  const out: UnreadableStretch[] = [];
  for (const stretch of stretches) {
    // What of this stretch no earlier one explains.
    let pieces = [{ from: Math.max(0, stretch.from), to: Math.min(length, stretch.to) }];
    for (const taken of out)
      pieces = pieces.flatMap((piece) => [
        { from: piece.from, to: Math.min(piece.to, taken.from) },
        { from: Math.max(piece.from, taken.to), to: piece.to },
      ]);
    for (const piece of pieces) if (piece.to > piece.from) out.push({ ...piece, reason: stretch.reason });
  }
  out.sort((a, b) => a.from - b.from);
  const joined: UnreadableStretch[] = [];
  for (const stretch of out) {
    const before = joined.at(-1);
    if (before !== undefined && before.to === stretch.from && before.reason === stretch.reason)
      before.to = stretch.to;
    else joined.push({ ...stretch });
  }
  return joined;
}

/** Samples of `[from, to)` that can be read. */
export function readableSamples(unreadable: readonly UnreadableStretch[], from: number, to: number): number {
  let readable = to - from;
  for (let i = firstEndingAfter(unreadable, from); i < unreadable.length; i++) {
    const stretch = unreadable[i];
    if (stretch.from >= to) break;
    readable -= Math.min(to, stretch.to) - Math.max(from, stretch.from);
  }
  return readable;
}

/** Index of the first stretch that ends after a sample; `unreadable` ascending. */
export function firstEndingAfter(unreadable: readonly UnreadableStretch[], sample: number): number {
  let low = 0;
  let high = unreadable.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (unreadable[middle].to <= sample) low = middle + 1;
    else high = middle;
  }
  return low;
}
