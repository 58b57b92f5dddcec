interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The stretches of both lists, ascending, those that touch or overlap as one. */
export function mergeStretches(first: readonly Stretch[], second: readonly Stretch[]): Stretch[] {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of [...first, ...second].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}
