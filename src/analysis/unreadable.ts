import { firstWhere, type UnreadableReason, type UnreadableStretch } from '../core/index.js';

/**
 * Both lists as one, ascending and without overlap; where they overlap, the first explains.
 *
 * @param first   ascending, not overlapping among themselves, and so `second`
 * @param length  of the recording, samples; what reaches beyond is cut
 */
export function joinUnreadable(
  first: readonly UnreadableStretch[],
  second: readonly UnreadableStretch[],
  length: number,
): UnreadableStretch[] {
  const joined: UnreadableStretch[] = [];
  const add = (from: number, to: number, reason: UnreadableReason) => {
    const [begin, end] = [Math.max(0, from), Math.min(length, to)];
    const before = joined.at(-1);
    if (end <= begin) return;
    if (before !== undefined && before.to === begin && before.reason === reason) before.to = end;
    else joined.push({ from: begin, to: end, reason });
  };
  let next = 0;
  let explained = 0;
  for (const stretch of second) {
    let from = Math.max(stretch.from, explained);
    while (next < first.length && first[next].from < stretch.to) {
      const taken = first[next++];
      add(from, taken.from, stretch.reason);
      add(taken.from, taken.to, taken.reason);
      explained = taken.to;
      from = Math.max(from, explained);
    }
    add(from, stretch.to, stretch.reason);
  }
  for (; next < first.length; next++) add(first[next].from, first[next].to, first[next].reason);
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
export function firstEndingAfter(unreadable: readonly { readonly to: number }[], sample: number): number {
  return firstWhere(unreadable.length, (i) => unreadable[i].to > sample);
}

/** How many of some ascending samples lie in one of the stretches. */
export function countUnreadable(samples: Float64Array, unreadable: readonly UnreadableStretch[]): number {
  let count = 0;
  let next = 0;
  for (const sample of samples) {
    while (next < unreadable.length && unreadable[next].to <= sample) next++;
    if (next === unreadable.length) break;
    if (unreadable[next].from <= sample) count++;
  }
  return count;
}
