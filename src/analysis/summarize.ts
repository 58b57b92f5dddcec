import {
  type Analysis,
  BEAT_CLASSES,
  breatheWhenDue,
  type Episode,
  inPortions,
  RESEARCH_USE_ONLY,
  type RecordingInfo,
  type RhythmEpisode,
  UNCERTAIN_REASONS,
  type UnreadableStretch,
  VERSION,
} from '../core/index.js';
import { mergeStretches, rrIntervals, type WaveMarks } from '../ecg/index.js';
import { type BeatLabels, type Beats, classIndex } from './beats.js';
import { countEctopy } from './ectopy.js';
import { findEpisodes } from './episodes.js';
import { rankEvents } from './events.js';
import { extremeRates, longestInterval, meanRate, type RateWindow } from './heart-rate.js';
import { measureVariability } from './heart-rate-variability.js';
import { tabulateHours } from './hours.js';
import { summarizeIntervals } from './intervals.js';
import type { BeatSpan } from './irregular.js';
import { fibrillatingStretches, rateRhythms, stretchesWithoutP, tallyRhythms } from './rhythms.js';
import { type LeadQuality, tallyLead } from './survey/lead-quality.js';
import type { LeadLevels } from './survey/levels.js';
import { countUnreadable, readableSamples } from './unreadable.js';

/** All an `Analysis` is computed from. */
export interface Findings {
  readonly info: RecordingInfo;
  /** Names of the leads that were used. */
  readonly analysed: readonly string[];
  readonly models: Analysis['models'];
  readonly options: Analysis['options'];
  readonly beats: Beats;
  /** Beats that end a pause in which a beat may hide. */
  readonly disturbed: ReadonlySet<number>;
  /** Stretches whose intervals follow no pattern; null when the beats were not classified. */
  readonly irregular: readonly BeatSpan[] | null;
  /** Ascending, not overlapping. */
  readonly unreadable: readonly UnreadableStretch[];
  /** From the first sample to the last; null when no network judged it. */
  readonly rhythms: readonly RhythmEpisode[] | null;
  /** The waves of each beat and what they measure; null when no network marked them. */
  readonly waves: { readonly marks: WaveMarks; readonly levels: readonly LeadLevels[] } | null;
  /** How good each second of each lead is; null when no network judged it. */
  readonly quality: readonly LeadQuality[] | null;
  readonly leadCheck: Analysis['quality']['leadCheck'];
  /** What limits the result, besides the file's own warnings. */
  readonly warnings: readonly string[];
}

/**
 * The analysis: every count, rate, episode and table out of the beats and what could not be read.
 *
 * Probabilities count as they are published, in three decimals: whoever has the columns can compute the rest.
 *
 * Breathes on the way: a month of beats holds the thread no longer than a minute of them.
 */
export async function summarize(findings: Findings): Promise<Analysis> {
  const { info, unreadable, options } = findings;
  const { samples } = findings.beats;
  const labels = findings.beats.labels && (await asPublished(findings.beats.labels));
  const beats = { samples, labels };
  await breatheWhenDue();
  const fibrillating = fibrillatingStretches(findings.rhythms ?? []);
  const rr = rrIntervals(samples, info.fs, mergeStretches(unreadable, fibrillating));
  await breatheWhenDue();
  const { slowest, fastest } = await extremeRates(rr, options.rateBeats);
  await breatheWhenDue();
  const longest = longestInterval(rr);
  await breatheWhenDue();
  const rateAt = (window: RateWindow | null) =>
    window && { bpm: window.bpm, from: samples[window.first], to: samples[window.last] };
  const heartRate: Analysis['heartRate'] = {
    meanBpm: meanRate(rr),
    slowest: rateAt(slowest),
    fastest: rateAt(fastest),
    longestRr:
      longest === null ? null : { seconds: rr[longest], from: samples[longest - 1], to: samples[longest] },
  };
  const episodes = await findEpisodes(beats, rr, options.pauseS, findings.disturbed);
  const pauses = episodes.filter((episode) => episode.type === 'pause');
  await breatheWhenDue();
  const readable = readableSamples(unreadable, 0, info.length);
  const columns = await beatColumns(beats);
  const ectopy = labels && {
    supraventricular: await countEctopy(beats, labels, classIndex('S'), rr),
    ventricular: await countEctopy(beats, labels, classIndex('V'), rr),
  };
  const tally = labels && (await tallyLabels(labels));
  const rhythms = findings.rhythms && (await rateRhythms(findings.rhythms, samples, rr));
  const intervals =
    findings.waves &&
    (await summarizeIntervals({
      info,
      beats,
      rr,
      unreadable,
      withoutP: stretchesWithoutP(findings.rhythms ?? []),
      ...findings.waves,
    }));
  const events = await rankEvents(episodes, heartRate, beats, rhythms ?? []);
  const hours = await tabulateHours(beats, rr, unreadable, info, options);
  await breatheWhenDue();
  return {
    format: 'ectopy-analysis/2',
    statement: RESEARCH_USE_ONLY,
    software: { name: 'ectopy', version: VERSION },
    models: findings.models,
    recording: {
      id: info.id,
      format: info.format,
      fs: info.fs,
      length: info.length,
      durationS: info.length / info.fs,
      startTime: info.startTime ?? null,
      leads: info.signals.map(({ lead, unit, fs }) => ({ lead, unit, fs })),
      analysed: [...findings.analysed],
      notes: [...info.notes],
    },
    options,
    warnings: [...info.warnings, ...findings.warnings],
    quality: {
      analysableS: readable / info.fs,
      analysableShare: info.length === 0 ? 0 : readable / info.length,
      unreadableBeats: countUnreadable(samples, unreadable),
      unreadable: unreadable.map((stretch) => ({ ...stretch })),
      leads: findings.quality?.map(tallyLead) ?? null,
      leadCheck: findings.leadCheck,
    },
    beats: columns,
    rhythms,
    rhythmBurden: rhythms && tallyRhythms(rhythms, samples, rr, info),
    intervals,
    hrv: await measureVariability(
      beats,
      { fs: info.fs, unreadable },
      findings.models.some(({ role }) => role === 'rhythm') ? rhythms : null,
      findings.irregular ?? [],
    ),
    irregular: findings.irregular && shareOf(findings.irregular, readable, info.fs),
    heartRate,
    classes: tally?.classes ?? null,
    uncertain: tally?.uncertain ?? null,
    ectopy,
    pauses: {
      ...countPauses(pauses, info.fs),
      certain: countPauses(
        pauses.filter((pause) => !pause.uncertain),
        info.fs,
      ),
    },
    episodes,
    events,
    hours,
  };
}

function countPauses(pauses: readonly Episode[], fs: number): { count: number; longestS: number | null } {
  const longest = pauses.reduce((most, { from, to }) => Math.max(most, to - from), 0);
  return { count: pauses.length, longestS: pauses.length === 0 ? null : longest / fs };
}

function shareOf(stretches: readonly BeatSpan[], readable: number, fs: number): Analysis['irregular'] {
  const total = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  return {
    share: readable === 0 ? 0 : Math.min(1, total / readable),
    seconds: total / fs,
    stretches: stretches.map((stretch) => ({ ...stretch })),
  };
}

/** Three decimals say all that a calibrated probability can, in a third of the characters. */
const inDecimals = (probability: number) => Math.round(probability * 1000) / 1000;

/** The labels with probabilities of three decimals. */
async function asPublished(labels: BeatLabels): Promise<BeatLabels> {
  const probabilities = new Float32Array(labels.probabilities.length);
  await inPortions(0, probabilities.length, (from, to) => {
    for (let i = from; i < to; i++) probabilities[i] = inDecimals(labels.probabilities[i]);
  });
  return { ...labels, probabilities };
}

async function beatColumns({ samples, labels }: Beats): Promise<Analysis['beats']> {
  const n = samples.length;
  const letters: string[] = [];
  if (labels !== null)
    await inPortions(0, n, (from, to) => {
      letters.push(Array.from(labels.classes.subarray(from, to), (index) => BEAT_CLASSES[index]).join(''));
    });
  return {
    count: n,
    sample: await column(n, (i) => samples[i]),
    class: labels && letters.join(''),
    probability: labels && (await column(n, (i) => inDecimals(labels.probabilities[i]))),
    uncertain: labels && (await column(n, (i) => labels.uncertain[i])),
    set: labels?.sets ? await column(n, (i) => labels.sets?.[i] ?? 0) : null,
    likeness: labels?.likeness ? await column(n, (i) => likenessOf(labels.likeness?.[i])) : null,
  };
}

function likenessOf(correlation: number | undefined): number | null {
  if (correlation === undefined || Number.isNaN(correlation)) return null;
  return Math.round(Math.min(1, Math.max(-1, correlation)) * 1000) / 1000;
}

/** A list of `n` values, of full length at once: one that grows is copied again and again. */
async function column<T>(n: number, value: (i: number) => T): Promise<T[]> {
  await breatheWhenDue();
  const list = new Array<T>(n);
  await inPortions(0, n, (from, to) => {
    for (let i = from; i < to; i++) list[i] = value(i);
  });
  return list;
}

async function tallyLabels(
  labels: BeatLabels,
): Promise<{ classes: NonNullable<Analysis['classes']>; uncertain: NonNullable<Analysis['uncertain']> }> {
  const n = labels.classes.length;
  const counts = BEAT_CLASSES.map(() => 0);
  const doubts = new Uint32Array(1 + UNCERTAIN_REASONS.length);
  await inPortions(0, n, (from, to) => {
    for (let i = from; i < to; i++) {
      counts[labels.classes[i]]++;
      doubts[labels.uncertain[i]]++;
    }
  });
  const [N, S, V, F, Q] = counts;
  const uncertain = n - doubts[0];
  const reasons = UNCERTAIN_REASONS.map((reason, i) => ({ reason, beats: doubts[i + 1] }))
    .filter(({ beats }) => beats > 0)
    .sort((a, b) => b.beats - a.beats);
  return {
    classes: { N, S, V, F, Q },
    uncertain: { beats: uncertain, share: n === 0 ? null : uncertain / n, reasons },
  };
}
