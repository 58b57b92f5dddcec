import {
  breatheWhenDue,
  type Episode,
  type EpisodeType,
  inPortions,
  UNCERTAIN_REASONS,
} from '../core/index.js';
import { type BeatLabels, type Beats, classIndex } from './beats.js';
import { type BeatGroup, findGroups, findPeriodic } from './ectopic-groups.js';
import { FEWEST_CYCLES, groupRate, isCertain, sizeOf } from './ectopy.js';
import { findPauses } from './heart-rate.js';

/**
 * Everything that takes more than one beat: runs, couplets, bigeminy and trigeminy of both ectopic classes,
 * and pauses; ascending in `from`.
 *
 * The probability of an episode is that of its least probable ectopic beat: the episode holds only if each of
 * them does.
 *
 * @param disturbed  beats that end a pause in which a beat may hide
 */
export async function findEpisodes(
  beats: Beats,
  rr: Float64Array,
  pauseS: number,
  disturbed: ReadonlySet<number>,
): Promise<Episode[]> {
  const episodes: Episode[] = [];
  if (beats.labels !== null)
    for (const origin of ['ventricular', 'supraventricular'] as const)
      await addEctopic(episodes, beats, beats.labels, rr, origin);
  await breatheWhenDue();
  await breatheWhenDue();
  for (const i of findPauses(rr, pauseS)) {
    const { samples, labels } = beats;
    episodes.push({
      type: 'pause',
      from: samples[i - 1],
      to: samples[i],
      beats: 0,
      bpm: 60 / rr[i],
      probability: null,
      uncertain:
        disturbed.has(i) ||
        (labels !== null && (mayBeNone(labels.uncertain[i - 1]) || mayBeNone(labels.uncertain[i]))),
    });
  }
  return episodes.sort((a, b) => a.from - b.from || a.to - b.to);
}

/** True when a beat may be none at all; one whose class alone is open ends a pause like any other. */
function mayBeNone(uncertain: number): boolean {
  const reason = UNCERTAIN_REASONS[uncertain - 1];
  return reason === 'noise' || reason === 'no-signal' || reason === 'ventricular-fibrillation';
}

async function addEctopic(
  episodes: Episode[],
  beats: Beats,
  labels: BeatLabels,
  rr: Float64Array,
  origin: 'ventricular' | 'supraventricular',
): Promise<void> {
  const wanted = classIndex(origin === 'ventricular' ? 'V' : 'S');
  const groups = await findGroups(labels.classes, wanted, rr);
  const episode = (type: EpisodeType, span: BeatGroup): Episode => {
    let probability = 1;
    let count = 0;
    let certain = true;
    for (let i = span.first; i <= span.last; i++) {
      if (labels.classes[i] !== wanted) continue;
      count++;
      probability = Math.min(probability, labels.probabilities[i]);
      certain &&= isCertain(labels, { first: i, last: i });
    }
    return {
      type,
      from: beats.samples[span.first],
      to: beats.samples[span.last],
      beats: count,
      bpm: groupRate(span, rr),
      probability: Math.round(probability * 1000) / 1000,
      uncertain: !certain,
    };
  };
  const add = (type: EpisodeType, spans: readonly BeatGroup[]) =>
    inPortions(
      0,
      spans.length,
      (from, to) => {
        for (const span of spans.slice(from, to)) episodes.push(episode(type, span));
      },
      256,
    );
  await add(
    `${origin}-couplet`,
    groups.filter((g) => sizeOf(g) === 2),
  );
  await add(
    `${origin}-run`,
    groups.filter((g) => sizeOf(g) >= 3),
  );
  await add(`${origin}-bigeminy`, await findPeriodic(groups, rr, 2, FEWEST_CYCLES));
  await add(`${origin}-trigeminy`, await findPeriodic(groups, rr, 3, FEWEST_CYCLES));
}
