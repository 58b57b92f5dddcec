import {
  type Analysis,
  BEAT_CLASSES,
  type BeatClass,
  firstAtOrAfter,
  UNCERTAIN_REASONS,
} from '../../core/index.js';
import type { BeatsPage, BeatView } from '../contract/beats.js';
import type { BeatFilter } from './result-messages.js';

/** How many corrections an analysis follows from. */
function revisionOf(analysis: Analysis): number {
  return analysis.corrections?.at(-1)?.revision ?? 0;
}

/** The beats a filter lets through, as many as it wants. */
export function selectBeats(analysis: Analysis, filter: BeatFilter): BeatsPage {
  const { sample, class: classes, uncertain } = analysis.beats;
  const first = firstAtOrAfter(sample, filter.from ?? 0);
  const end = firstAtOrAfter(sample, filter.to ?? Number.POSITIVE_INFINITY);
  const wanted = filter.class === undefined ? null : new Set(filter.class);
  const beats: BeatView[] = [];
  let matching = 0;
  let next: number | null = null;
  for (let i = first; i < end; i++) {
    if (wanted !== null && !wanted.has(classes?.[i] ?? '')) continue;
    const isUncertain = (uncertain?.[i] ?? 0) !== 0;
    if (filter.uncertain !== undefined && filter.uncertain !== isUncertain) continue;
    matching++;
    if (beats.length < filter.limit) beats.push(beatAt(analysis, i));
    else next ??= sample[i];
  }
  return { revision: revisionOf(analysis), total: analysis.beats.count, matching, beats, next };
}

function beatAt({ beats, intervals }: Analysis, i: number): BeatView {
  const reason = beats.uncertain?.[i] ?? 0;
  const letter = beats.class?.[i];
  return {
    index: i,
    sample: beats.sample[i],
    class: BEAT_CLASSES.includes(letter as BeatClass) ? (letter as BeatClass) : null,
    probability: beats.probability?.[i] ?? null,
    uncertain: reason === 0 ? null : UNCERTAIN_REASONS[reason - 1],
    likeness: beats.likeness?.[i] ?? null,
    prMs: intervals?.pr[i] ?? null,
    qrsMs: intervals?.qrs[i] ?? null,
    qtMs: intervals?.qt[i] ?? null,
  };
}

/** What takes more than one beat. */
export function selectEpisodes(analysis: Analysis) {
  const { episodes, rhythms, events } = analysis;
  return { revision: revisionOf(analysis), episodes, rhythms, events };
}
