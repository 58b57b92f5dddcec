import type { AtrialWaves } from './av-block.js';

/** s: a cycle with a dropped beat is at least as long, so that a T or U wave taken for P makes none (chosen). */
const SHORTEST_CYCLE = 1.2;
/** s from an R peak to a P wave that follows it: before, it is part of the T wave. */
const AFTER_R = 0.36;
/** s between P waves: 150 to 40 a minute. */
const SHORTEST_PP = 0.4;
const LONGEST_PP = 1.5;
/** Of the PP interval that P waves may come early or late: a P wave that comes earlier is an ectopic one (chosen). */
const ON_TIME = 0.15;
/** s by which PR may be longer after a dropped beat than before: it is shorter or the same (types I and II). */
const PR_LONGER = 0.06;
/** Beats from one dropped beat to the next within one episode: conduction up to 8:7. */
const WITHIN = 8;
/** P waves in a row that may be blocked. */
const MOST_BLOCKED = 4;

/** Beats, by index, between which some are dropped; both inclusive. */
export interface DroppedStretch {
  readonly first: number;
  readonly last: number;
  /** Cycles in which a beat is dropped. */
  readonly dropped: number;
}

/**
 * Where sinus P waves come on time and are not all conducted: second-degree block, with cycles of about two (three, …)
 * PP intervals.
 *
 * A cycle counts when the P waves from that of the beat before to that of the beat after it stand at even distances
 * (± 15 %), more than one PP apart, and PR is not longer after it than before. Neighbouring cycles without a dropped beat
 * must have the same PP (± 15 %). Not told: block whose P waves hide in T waves, and which of the two types it is.
 *
 * @returns  ascending, not overlapping
 *
 * Source: Kusumoto et al., 2018 ACC/AHA/HRS guideline on bradycardia, J. Am. Coll. Cardiol.
 * 74(7):e51–e156, 2019, doi:10.1016/j.jacc.2018.10.044, table 3: constant PP, one or more P waves without QRS.
 */
export function droppedBeats(atria: AtrialWaves): DroppedStretch[] {
  const { beats } = atria;
  const cycles: number[] = [];
  let w = 0;
  for (let i = 0; i + 1 < beats.length; i++) {
    while (w < atria.pWaves.length && atria.pWaves[w] < beats[i] + AFTER_R * atria.fs) w++;
    if (isDropped(atria, i, w)) cycles.push(i);
  }
  const stretches: DroppedStretch[] = [];
  for (const i of cycles) {
    const open = stretches.at(-1);
    if (open !== undefined && i - open.last < WITHIN && !broken(atria, open.last, i))
      stretches[stretches.length - 1] = { first: open.first, last: i + 1, dropped: open.dropped + 1 };
    else stretches.push({ first: i, last: i + 1, dropped: 1 });
  }
  return stretches;
}

/** Whether a beat is dropped between beats `i` and `i + 1`; `w` is the first P wave that can be blocked there. */
function isDropped({ beats, p, pWaves, rr, fs }: AtrialWaves, i: number, w: number): boolean {
  const cycle = rr[i + 1];
  if (!(cycle >= SHORTEST_CYCLE) || Number.isNaN(p[i]) || Number.isNaN(p[i + 1])) return false;
  // The P wave of the next beat is not blocked.
  const between: number[] = [];
  for (let k = w; k < pWaves.length && pWaves[k] < p[i + 1] - SHORTEST_PP * fs; k++) between.push(pWaves[k]);
  if (between.length === 0 || between.length > MOST_BLOCKED) return false;
  const pp = (p[i + 1] - p[i]) / (between.length + 1);
  if (pp < SHORTEST_PP * fs || pp > LONGEST_PP * fs) return false;
  if (between.some((wave, k) => Math.abs(wave - p[i] - (k + 1) * pp) > ON_TIME * pp)) return false;
  if (beats[i + 1] - p[i + 1] > beats[i] - p[i] + PR_LONGER * fs) return false;
  // A neighbour of about one PP must be one; one of several is another cycle with dropped beats.
  return [i, i + 2].every((j) => {
    const neighbour = p[j] - p[j - 1];
    return !(neighbour < 1.5 * pp) || Math.abs(neighbour - pp) <= ON_TIME * pp;
  });
}

const broken = ({ rr }: AtrialWaves, from: number, to: number): boolean => {
  for (let i = from + 1; i <= to; i++) if (Number.isNaN(rr[i])) return true;
  return false;
};
