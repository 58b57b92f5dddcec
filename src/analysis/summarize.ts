import {
  type Analysis,
  BEAT_CLASSES,
  type Episode,
  RESEARCH_USE_ONLY,
  type RecordingInfo,
  type UnreadableStretch,
  VERSION,
} from '../core/index.js';
import { rrIntervals } from '../ecg/index.js';
import { type BeatLabels, type Beats, classIndex } from './beats.js';
import { countEctopy } from './ectopy.js';
import { findEpisodes } from './episodes.js';
import { rankEvents } from './events.js';
import { extremeRates, longestInterval, meanRate, type RateWindow } from './heart-rate.js';
import { tabulateHours } from './hours.js';
import type { BeatSpan } from './irregular.js';
import { readableSamples } from './unreadable.js';

/** All an `Analysis` is computed from. */
export interface Findings {
  readonly info: RecordingInfo;
  /** Names of the leads that were used. */
  readonly analysed: readonly string[];
  readonly model: Analysis['model'];
  readonly options: Analysis['options'];
  readonly beats: Beats;
  /** Beats that end a pause in which a beat may hide. */
  readonly disturbed: ReadonlySet<number>;
  /** Stretches whose intervals follow no pattern; null when the beats were not classified. */
  readonly irregular: readonly BeatSpan[] | null;
  /** Ascending, not overlapping. */
  readonly unreadable: readonly UnreadableStretch[];
  /** What limits the result, besides the file's own warnings. */
  readonly warnings: readonly string[];
}

/** The analysis: every count, rate, episode and table out of the beats and what could not be read. */
export function summarize(findings: Findings): Analysis {
  const { info, beats, unreadable, options } = findings;
  const { samples, labels } = beats;
  const rr = rrIntervals(samples, info.fs, unreadable);
  const { slowest, fastest } = extremeRates(rr, options.rateBeats);
  const longest = longestInterval(rr);
  const rateAt = (window: RateWindow | null) =>
    window && { bpm: window.bpm, from: samples[window.first], to: samples[window.last] };
  const heartRate: Analysis['heartRate'] = {
    meanBpm: meanRate(rr),
    slowest: rateAt(slowest),
    fastest: rateAt(fastest),
    longestRr:
      longest === null ? null : { seconds: rr[longest], from: samples[longest - 1], to: samples[longest] },
  };
  const episodes = findEpisodes(beats, rr, options.pauseS, findings.disturbed);
  const pauses = episodes.filter((episode) => episode.type === 'pause');
  const readable = readableSamples(unreadable, 0, info.length);
  return {
    format: 'ectopy-analysis/1',
    statement: RESEARCH_USE_ONLY,
    software: { name: 'ectopy', version: VERSION },
    model: findings.model,
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
      unreadable: unreadable.map((stretch) => ({ ...stretch })),
    },
    beats: {
      count: samples.length,
      sample: Array.from(samples),
      class: labels && classLetters(labels),
      // Three decimals say all that a calibrated probability can, in a third of the characters.
      probability: labels && Array.from(labels.probabilities, (p) => Math.round(p * 1000) / 1000),
      uncertain: labels && Array.from(labels.uncertain),
    },
    irregular: findings.irregular && shareOf(findings.irregular, readable, info.fs),
    heartRate,
    classes: labels && tallyClasses(labels),
    uncertain: labels && tallyUncertain(labels),
    ectopy: labels && {
      supraventricular: countEctopy(beats, labels, classIndex('S'), rr),
      ventricular: countEctopy(beats, labels, classIndex('V'), rr),
    },
    pauses: {
      ...countPauses(pauses, info.fs),
      certain: countPauses(
        pauses.filter((pause) => !pause.uncertain),
        info.fs,
      ),
    },
    episodes,
    events: rankEvents(episodes, heartRate, beats),
    hours: tabulateHours(beats, rr, unreadable, info, options),
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

function classLetters(labels: BeatLabels): string {
  const letters: string[] = [];
  for (const index of labels.classes) letters.push(BEAT_CLASSES[index]);
  return letters.join('');
}

function tallyClasses(labels: BeatLabels): NonNullable<Analysis['classes']> {
  const tally = { N: 0, S: 0, V: 0, F: 0, Q: 0 };
  for (const index of labels.classes) tally[BEAT_CLASSES[index]]++;
  return tally;
}

function tallyUncertain(labels: BeatLabels): NonNullable<Analysis['uncertain']> {
  const beats = labels.uncertain.reduce((n, code) => n + (code === 0 ? 0 : 1), 0);
  return { beats, share: labels.uncertain.length === 0 ? null : beats / labels.uncertain.length };
}
