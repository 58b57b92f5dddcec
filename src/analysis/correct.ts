import {
  type Analysis,
  type AnalysisRhythm,
  BEAT_CLASSES,
  type BeatClass,
  type Correction,
  EcgError,
  firstAtOrAfter,
  inPortions,
  type RhythmClass,
} from '../core/index.js';
import { rrIntervals } from '../ecg/index.js';
import type { BeatLabels } from './beats.js';
import { type CorrectedBeats, correctBeats } from './correct-beats.js';
import { findPauses } from './heart-rate.js';
import { findIrregular } from './irregular.js';
import { limitSentences } from './limit-sentences.js';
import { summarize } from './summarize.js';

export interface CorrectOptions {
  /**
   * Changes of revisions below it that fit no beat are left out, and a warning tells of them: an analysis that was made
   * anew may have found other beats. 0 when omitted: everything has to fit.
   */
  readonly strictFrom?: number;
}

/**
 * The analysis as it follows from the beats that people corrected.
 *
 * A corrected beat has the class it was given, is certain and has the probability 1. All that rests on the beats alone
 * is computed anew from them: classes, ectopy, heart rate, pauses, episodes, events, hours, heart-rate variability, where
 * intervals are irregular, the rates of rhythms, and the warnings that count beats. What rests on the signal stays as it
 * was: which network said what, what can be read, the quality of leads, the doubt of the other beats, where rhythms begin
 * and end, and the waves. So a beat that was added has no intervals and no likeness, and the summary of intervals
 * stays that of the beats that were found normal. A rhythm that followed from beats (a tachycardia, pacing, asystole,
 * block) becomes uncertain where a beat in it was corrected. A pause is doubtful where it overlaps one that was.
 *
 * @param analysis     as it was found, without corrections
 * @param corrections  all of them, ascending in `revision`, those that were undone too
 * @throws EcgError `bad-option` for a beat that is not there, one that is there already, a class where beats have none,
 *   or an analysis that holds corrections already
 */
export async function correct(
  analysis: Analysis,
  corrections: readonly Correction[],
  { strictFrom = 0 }: CorrectOptions = {},
): Promise<Analysis> {
  if (analysis.corrections !== undefined)
    throw new EcgError(
      'bad-option',
      'correct: this analysis holds corrections already; give the one that was found, and all corrections',
    );
  if (corrections.length === 0) return analysis;
  const { recording, quality, options } = analysis;
  const { length, fs } = recording;
  const classified = analysis.beats.class !== null;
  const beats = await correctBeats(analysis.beats.sample, { length, classified }, corrections, strictFrom);
  const list = corrections.map((correction) => ({ ...correction, changes: [...correction.changes] }));
  const lost = leftOutSentences(beats.leftOut);
  if (beats.touched.length === 0)
    return { ...analysis, warnings: [...analysis.warnings, ...lost], corrections: list };
  const { samples } = beats;
  const labels = await labelsOf(analysis.beats, beats);
  const rr = rrIntervals(samples, fs, quality.unreadable);
  const rhythms = analysis.rhythms && doubtRhythms(analysis.rhythms, beats.touched);
  const before = Float64Array.from(analysis.beats.sample);
  const stale = new Set(limitSentences(recording, quality.unreadable, before, classified));
  const summary = await summarize({
    info: {
      id: recording.id,
      format: recording.format,
      fs,
      length,
      signals: recording.leads,
      annotations: [],
      gaps: [],
      notes: recording.notes,
      warnings: analysis.warnings.filter((sentence) => !stale.has(sentence)),
      ...(recording.startTime === null ? {} : { startTime: recording.startTime }),
    },
    analysed: recording.analysed,
    models: analysis.models,
    options,
    beats: { samples, labels },
    disturbed: await doubtfulPauses(analysis, samples, rr),
    irregular: labels && (await findIrregular(samples, labels, rr)),
    unreadable: quality.unreadable,
    rhythms,
    // Kept below: of these an analysis holds what they came to, not what it was computed from.
    waves: null,
    quality: null,
    leadCheck: quality.leadCheck,
    warnings: [...limitSentences(recording, quality.unreadable, samples, classified), ...lost],
  });
  return {
    ...summary,
    software: analysis.software,
    quality: { ...summary.quality, leads: quality.leads },
    intervals: analysis.intervals && (await realign(analysis.intervals, beats)),
    corrections: list,
  };
}

/** Samples that a sentence tells. */
const TOLD = 5;

function leftOutSentences(changes: CorrectedBeats['leftOut']): string[] {
  if (changes.length === 0) return [];
  const told = changes.slice(0, TOLD).map(({ change }) => `${change.kind} at sample ${change.sample}`);
  const more = changes.length > TOLD ? ` and ${changes.length - TOLD} more` : '';
  return [
    `Corrections that fit no beat of this analysis were left out: ${told.join(', ')}${more}. Look at these places again.`,
  ];
}

/** The labels of the beats after the corrections; null where beats were not classified. */
async function labelsOf(found: Analysis['beats'], beats: CorrectedBeats): Promise<BeatLabels | null> {
  const { class: letters, probability, uncertain, set, likeness } = found;
  if (letters === null) return null;
  const n = beats.samples.length;
  const labels = {
    classes: new Uint8Array(n),
    probabilities: new Float32Array(n),
    uncertain: new Uint8Array(n),
    sets: set && new Uint8Array(n),
    likeness: likeness && new Float32Array(n),
  };
  await inPortions(0, n, (from, to) => {
    for (let i = from; i < to; i++) {
      const [old, given] = [beats.from[i], beats.given[i]];
      const isGiven = given >= 0;
      labels.classes[i] = isGiven ? given : BEAT_CLASSES.indexOf(letters[old] as BeatClass);
      labels.probabilities[i] = isGiven ? 1 : (probability?.[old] ?? 0);
      labels.uncertain[i] = isGiven ? 0 : (uncertain?.[old] ?? 0);
      if (labels.sets) labels.sets[i] = isGiven ? 1 << given : (set?.[old] ?? 0);
      if (labels.likeness) labels.likeness[i] = likeness?.[old] ?? Number.NaN;
    }
  });
  return labels;
}

/** Rhythms that are told by beats and what is between them. */
const BY_BEATS: ReadonlySet<RhythmClass> = new Set<RhythmClass>([
  'supraventricular-tachycardia',
  'ventricular-tachycardia',
  'asystole',
  'paced',
  'av-block-2',
  'av-block-3',
]);

/** The rhythms, uncertain where they followed from beats of which one was corrected. */
function doubtRhythms(rhythms: readonly AnalysisRhythm[], touched: readonly number[]): AnalysisRhythm[] {
  return rhythms.map((episode) => {
    const { from, to, rhythm, probability, uncertain } = episode;
    const rests = probability === null && BY_BEATS.has(rhythm);
    if (uncertain || !rests || !(touched[firstAtOrAfter(touched, from)] < to)) return episode;
    return { ...episode, uncertain: true, reason: 'beats in it were corrected' };
  });
}

/** Beats that end a pause which overlaps a pause that was uncertain. */
async function doubtfulPauses(
  { episodes, options }: Analysis,
  samples: Float64Array,
  rr: Float64Array,
): Promise<ReadonlySet<number>> {
  // Ascending and not overlapping, as pauses lie between beats.
  const doubtful = episodes.filter(({ type, uncertain }) => type === 'pause' && uncertain);
  const pauses = findPauses(rr, options.pauseS);
  const found = new Set<number>();
  let next = 0;
  await inPortions(0, pauses.length, (from, to) => {
    for (const i of pauses.slice(from, to)) {
      while (next < doubtful.length && doubtful[next].to <= samples[i - 1]) next++;
      if (next < doubtful.length && doubtful[next].from < samples[i]) found.add(i);
    }
  });
  return found;
}

/** The intervals with one entry for each of the corrected beats. */
async function realign(
  intervals: NonNullable<Analysis['intervals']>,
  { from: origin }: CorrectedBeats,
): Promise<NonNullable<Analysis['intervals']>> {
  const n = origin.length;
  const [pr, qrs, qt] = [intervals.pr, intervals.qrs, intervals.qt].map((values) => ({
    values,
    moved: new Array<number | null>(n),
  }));
  const p: string[] = [];
  await inPortions(0, n, (from, to) => {
    for (let i = from; i < to; i++)
      for (const { values, moved } of [pr, qrs, qt]) moved[i] = values[origin[i]] ?? null;
    p.push(Array.from(origin.subarray(from, to), (old) => intervals.p[old] ?? '?').join(''));
  });
  return { ...intervals, pr: pr.moved, qrs: qrs.moved, qt: qt.moved, p: p.join('') };
}
