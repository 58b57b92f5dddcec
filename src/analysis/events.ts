import {
  type Analysis,
  type AnalysisEvent,
  type AnalysisRhythm,
  breatheWhenDue,
  type Episode,
  type EpisodeType,
  inPortions,
  type RhythmClass,
  UNCERTAIN_REASONS,
} from '../core/index.js';
import { type BeatLabels, type Beats, classIndex } from './beats.js';

/** How many of a kind are shown at most, in the order of importance. */
const RANKING: readonly { type: EpisodeType; most: number; size: (episode: Episode) => number }[] = [
  { type: 'ventricular-run', most: 3, size: (e) => e.beats + (e.bpm ?? 0) / 1000 },
  { type: 'pause', most: 3, size: (e) => e.to - e.from },
  { type: 'supraventricular-run', most: 2, size: (e) => e.beats + (e.bpm ?? 0) / 1000 },
  { type: 'ventricular-couplet', most: 2, size: (e) => e.bpm ?? 0 },
  { type: 'ventricular-bigeminy', most: 1, size: (e) => e.beats },
  { type: 'ventricular-trigeminy', most: 1, size: (e) => e.beats },
  { type: 'supraventricular-couplet', most: 1, size: (e) => e.bpm ?? 0 },
  { type: 'supraventricular-bigeminy', most: 1, size: (e) => e.beats },
  { type: 'supraventricular-trigeminy', most: 1, size: (e) => e.beats },
];

/** Rhythms shown before all else, and those shown after what beats make, each with how many at most. */
const GRAVE: readonly (readonly [RhythmClass, number])[] = [
  ['ventricular-fibrillation', 2],
  ['ventricular-tachycardia', 2],
  ['asystole', 2],
  ['av-block-3', 2],
];
const OTHER: readonly (readonly [RhythmClass, number])[] = [
  ['atrial-fibrillation', 2],
  ['atrial-flutter', 2],
  ['supraventricular-tachycardia', 2],
  ['av-block-2', 2],
  ['paced', 1],
];

/** Codes of beats whose class itself is improbable. */
const IMPROBABLE: ReadonlySet<number> = new Set(
  (['low-confidence', 'classes-close', 'unusual-morphology'] as const).map(
    (reason) => 1 + UNCERTAIN_REASONS.indexOf(reason),
  ),
);
/** Beats of a recording whose begin is shown as well. */
const FEWEST_BEATS = 20;

/**
 * The events a reader should see first.
 *
 * Rule: the grave rhythms (ventricular fibrillation and tachycardia, asystole, complete block), the longest episodes of
 * each; then kinds in the order ventricular runs, pauses, supraventricular runs, ventricular couplets, bigeminy
 * and trigeminy, the supraventricular ones; of each kind the few largest (longest in beats, then fastest;
 * longest pause), certain ones before uncertain ones; then the other rhythms that are not sinus; then the fastest and the slowest rate and the longest RR
 * interval when it is not a pause; then the most probable certain single beat of V, S and F, and the beat with the
 * least confidence, the first of those that are equal in the decimals that are published; at last the first readable beats, so that every report shows the
 * rhythm (not in a short recording whose events show it already).
 */
export async function rankEvents(
  episodes: readonly Episode[],
  heartRate: Analysis['heartRate'],
  beats: Beats,
  rhythms: readonly AnalysisRhythm[] = [],
): Promise<AnalysisEvent[]> {
  const events = rhythmEvents(rhythms, GRAVE);
  for (const { type, most, size } of RANKING) {
    await breatheWhenDue();
    const ranked: { episode: Episode; index: number }[] = [];
    episodes.forEach((episode, index) => {
      if (episode.type === type) ranked.push({ episode, index });
    });
    ranked.sort(
      (a, b) =>
        Number(a.episode.uncertain) - Number(b.episode.uncertain) || size(b.episode) - size(a.episode),
    );
    // A run that a rhythm above shows already is not shown twice.
    const fresh = ranked.filter(
      ({ episode }) =>
        type !== 'ventricular-run' || !events.some((event) => event.rhythm !== null && meets(event, episode)),
    );
    for (const { episode, index } of fresh.slice(0, most))
      events.push({ kind: type, from: episode.from, to: episode.to, episode: index, rhythm: null });
  }
  const runs = events.filter(({ kind }) => kind === 'supraventricular-run');
  const isShown = (event: Omit<AnalysisEvent, 'id'>) =>
    rhythms[event.rhythm ?? -1]?.rhythm === 'supraventricular-tachycardia' &&
    runs.some((run) => meets(run, event));
  events.push(...rhythmEvents(rhythms, OTHER).filter((event) => !isShown(event)));
  const { fastest, slowest, longestRr } = heartRate;
  if (fastest)
    events.push({ kind: 'fastest-rate', from: fastest.from, to: fastest.to, episode: null, rhythm: null });
  if (slowest)
    events.push({ kind: 'slowest-rate', from: slowest.from, to: slowest.to, episode: null, rhythm: null });
  const isPause = (rr: { from: number }) => episodes.some((e) => e.type === 'pause' && e.from === rr.from);
  if (longestRr && !isPause(longestRr))
    events.push({ kind: 'longest-rr', from: longestRr.from, to: longestRr.to, episode: null, rhythm: null });
  if (beats.labels !== null) events.push(...(await exampleBeats(beats, beats.labels)));
  if (beats.samples.length >= FEWEST_BEATS || (events.length === 0 && beats.samples.length > 0))
    events.push({
      kind: 'rhythm-strip',
      from: beats.samples[0],
      to: beats.samples[0],
      episode: null,
      rhythm: null,
    });
  return events.map((event, i) => ({ id: `event-${i + 1}`, ...event }));
}

const meets = (a: { from: number; to: number }, b: { from: number; to: number }): boolean =>
  a.from <= b.to && a.to >= b.from;

/** The longest episodes of some rhythms, certain ones first. */
function rhythmEvents(
  rhythms: readonly AnalysisRhythm[],
  wanted: readonly (readonly [rhythm: RhythmClass, most: number])[],
): Omit<AnalysisEvent, 'id'>[] {
  return wanted.flatMap(([rhythm, most]) => {
    const own = rhythms.flatMap((episode, index) => (episode.rhythm === rhythm ? [{ episode, index }] : []));
    own.sort(
      ({ episode: a }, { episode: b }) =>
        Number(a.uncertain) - Number(b.uncertain) || b.to - b.from - (a.to - a.from),
    );
    return own.slice(0, most).map(({ episode: { from, to }, index }) => ({
      kind: 'rhythm' as const,
      from,
      to: to - 1,
      episode: null,
      rhythm: index,
    }));
  });
}

async function exampleBeats(beats: Beats, labels: BeatLabels): Promise<Omit<AnalysisEvent, 'id'>[]> {
  const found: Omit<AnalysisEvent, 'id'>[] = [];
  const show = (kind: AnalysisEvent['kind'], i: number) => {
    if (i >= 0)
      found.push({ kind, from: beats.samples[i], to: beats.samples[i], episode: null, rhythm: null });
  };
  const { classes, probabilities, uncertain } = labels;
  const best = async (wanted: number) => {
    let index = -1;
    await inPortions(0, classes.length, (from, to) => {
      for (let i = from; i < to; i++) {
        if (classes[i] !== wanted || classes[i - 1] === wanted || classes[i + 1] === wanted) continue;
        if (uncertain[i] !== 0) continue;
        if (index < 0 || probabilities[i] > probabilities[index]) index = i;
      }
    });
    return index;
  };
  show('ventricular-beat', await best(classIndex('V')));
  show('supraventricular-beat', await best(classIndex('S')));
  show('fusion-beat', await best(classIndex('F')));
  await breatheWhenDue();
  let least = -1;
  for (let i = 0; i < classes.length; i++)
    if (IMPROBABLE.has(uncertain[i]) && (least < 0 || probabilities[i] < probabilities[least])) least = i;
  show('uncertain-beat', least);
  return found;
}
