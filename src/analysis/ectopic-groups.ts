import { breatheWhenDue } from '../core/index.js';

/** Items between two looks at the clock. */
const PORTION = 4096;

/** Beats that follow each other, as indices, both inclusive. */
export interface BeatGroup {
  readonly first: number;
  readonly last: number;
}

/**
 * The longest stretches of successive beats of one class: one beat is a single, two a couplet, three or more
 * a run. An interval that cannot be read ends a group.
 *
 * @param classes  indices into `BEAT_CLASSES`
 * @param wanted   the class
 * @param rr       s, NaN where there is no interval
 */
export async function findGroups(
  classes: Uint8Array,
  wanted: number,
  rr: Float64Array,
): Promise<BeatGroup[]> {
  const groups: BeatGroup[] = [];
  let due = 0;
  for (let i = 0; i < classes.length; i++) {
    if (i >= due) {
      await breatheWhenDue();
      due = i + PORTION;
    }
    if (classes[i] !== wanted) continue;
    const first = i;
    while (i + 1 < classes.length && classes[i + 1] === wanted && rr[i + 1] > 0) i++;
    groups.push({ first, last: i });
  }
  return groups;
}

/**
 * Stretches in which every `period`-th beat is a single one of a class and all between are not: bigeminy for
 * 2, trigeminy for 3.
 *
 * @param groups  of that class, ascending
 * @param cycles  fewest ectopic beats that make an episode
 * @returns       from the first to the last ectopic beat
 */
export async function findPeriodic(
  groups: readonly BeatGroup[],
  rr: Float64Array,
  period: number,
  cycles: number,
): Promise<(BeatGroup & { readonly cycles: number })[]> {
  const found: (BeatGroup & { cycles: number })[] = [];
  const single = (g: BeatGroup) => g.first === g.last;
  let due = 0;
  for (let i = 0; i < groups.length; i++) {
    if (i >= due) {
      await breatheWhenDue();
      due = i + PORTION;
    }
    if (!single(groups[i])) continue;
    const begin = i;
    while (i + 1 < groups.length && single(groups[i + 1]) && follows(groups[i], groups[i + 1], rr, period))
      i++;
    const n = i - begin + 1;
    if (n >= cycles) found.push({ first: groups[begin].first, last: groups[i].last, cycles: n });
  }
  return found;
}

function follows(a: BeatGroup, b: BeatGroup, rr: Float64Array, period: number): boolean {
  if (b.first - a.last !== period) return false;
  for (let i = a.last + 1; i <= b.first; i++) if (!(rr[i] > 0)) return false;
  return true;
}
