import { breatheWhenDue, type EctopyCounts, inPortions } from '../core/index.js';
import type { BeatLabels, Beats } from './beats.js';
import { type BeatGroup, findGroups, findPeriodic } from './ectopic-groups.js';

/** Cycles that make bigeminy or trigeminy. */
export const FEWEST_CYCLES = 3;

/** Singles, couplets, runs and burden of one class, with and without the uncertain beats. */
export async function countEctopy(
  beats: Beats,
  labels: BeatLabels,
  wanted: number,
  rr: Float64Array,
): Promise<EctopyCounts> {
  const { samples } = beats;
  const groups = await findGroups(labels.classes, wanted, rr);
  const certain: BeatGroup[] = [];
  const runs: BeatGroup[] = [];
  let beatsWanted = 0;
  await inPortions(0, groups.length, (from, to) => {
    for (const group of groups.slice(from, to)) {
      beatsWanted += sizeOf(group);
      if (isCertain(labels, group)) certain.push(group);
      if (sizeOf(group) >= 3) runs.push(group);
    }
  });
  const longest = largest(runs, sizeOf);
  const fastest = largest(runs, (run) => groupRate(run, rr));
  const place = (run: BeatGroup) => ({
    beats: sizeOf(run),
    from: samples[run.first],
    to: samples[run.last],
  });
  let certainBeats = 0;
  let certainWanted = 0;
  await inPortions(0, samples.length, (from, to) => {
    for (let i = from; i < to; i++) {
      if (labels.uncertain[i] !== 0) continue;
      certainBeats++;
      if (labels.classes[i] === wanted) certainWanted++;
    }
  });
  await breatheWhenDue();
  return {
    beats: beatsWanted,
    share: samples.length === 0 ? null : beatsWanted / samples.length,
    ...countGroups(groups),
    longestRun: longest === null ? null : place(longest),
    fastestRun: fastest === null ? null : { bpm: groupRate(fastest, rr), ...place(fastest) },
    bigeminy: (await findPeriodic(groups, rr, 2, FEWEST_CYCLES)).length,
    trigeminy: (await findPeriodic(groups, rr, 3, FEWEST_CYCLES)).length,
    certain: {
      beats: certainWanted,
      share: certainBeats === 0 ? null : certainWanted / certainBeats,
      ...countGroups(certain),
    },
  };
}

/** Beats in a group. */
export const sizeOf = (group: BeatGroup): number => group.last - group.first + 1;

/** Mean rate from the first to the last beat of a group of two or more, per minute. */
export function groupRate(group: BeatGroup, rr: Float64Array): number {
  let sum = 0;
  for (let i = group.first + 1; i <= group.last; i++) sum += rr[i];
  return (60 * (group.last - group.first)) / sum;
}

/** True when no beat of the group is uncertain. */
export function isCertain(labels: BeatLabels, group: BeatGroup): boolean {
  for (let i = group.first; i <= group.last; i++) if (labels.uncertain[i] !== 0) return false;
  return true;
}

function countGroups(groups: readonly BeatGroup[]) {
  let [singles, couplets, runs, runBeats] = [0, 0, 0, 0];
  for (const group of groups) {
    const size = sizeOf(group);
    if (size === 1) singles++;
    else if (size === 2) couplets++;
    else {
      runs++;
      runBeats += size;
    }
  }
  return { singles, couplets, runs, runBeats };
}

/** The first item with the largest figure; null when there is none. */
function largest<T>(items: readonly T[], figure: (item: T) => number): T | null {
  let best: T | null = null;
  for (const item of items) if (best === null || figure(item) > figure(best)) best = item;
  return best;
}
