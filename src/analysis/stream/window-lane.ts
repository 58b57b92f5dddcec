import {
  BEAT_CLASSES,
  type RhythmEpisode,
  type StreamEvent,
  type UnreadableStretch,
} from '../../core/index.js';
import { rrIntervals, ventricularEpisodes } from '../../ecg/index.js';
import type { SignalWindow } from '../../models/index.js';
import type { WindowNetwork } from '../models.js';
import { nameRhythms } from '../name-rhythms.js';
import type { WindowSeries } from '../survey/windows.js';
import { createAlarm } from './alarm.js';
import type { AlertOptions } from './alert-options.js';
import { type BeatRecord, classAt } from './beat-record.js';

/** A window that a network is asked about, and what it answered. */
export interface WindowAsk {
  /** First sample. */
  readonly start: number;
  /** Samples heard when it was asked for, and samples up to which beats were known then. */
  readonly at: number;
  readonly settled: number;
  /** First sample since the last long gap. */
  readonly begin: number;
  /** Null without a network of this kind: the rhythm is named all the same. */
  readonly window: SignalWindow | null;
  /** Null until it is answered. */
  probabilities: Float32Array | null;
}

/** What windows of one kind were found to show, of the last minutes. */
export interface KeptWindows {
  take(ask: WindowAsk): void;
  /** Those that begin from a sample on, with starts relative to it. */
  since(sample: number): WindowSeries;
  /** One past the last sample of the newest. */
  readonly end: number;
}

/** s of windows and beats from which the rhythm is named. */
export const RHYTHM_STRETCH = 180;
/** s of windows in which attacks are sought. */
const ATTACK_STRETCH = 60;
/** s before the end of what is known at which the rhythm counts as the present one. */
const PRESENT = 5;

/** No windows yet. */
export function createKeptWindows(network: WindowNetwork, fs: number): KeptWindows {
  const length = Math.round(network.windowS * fs);
  const kept: { start: number; probabilities: Float32Array }[] = [];
  const kinds = network.classes.length;
  return {
    take({ start, probabilities }) {
      if (probabilities === null) return;
      kept.push({ start, probabilities });
      while (kept[0].start < start - RHYTHM_STRETCH * fs) kept.shift();
    },
    since(sample) {
      const own = kept.filter(({ start }) => start >= sample);
      const probabilities = new Float32Array(own.length * kinds);
      own.forEach((window, i) => {
        probabilities.set(window.probabilities, i * kinds);
      });
      return {
        classes: network.classes,
        starts: Float64Array.from(own, ({ start }) => start - sample),
        length,
        probabilities,
      };
    },
    get end() {
      const last = kept.at(-1);
      return last === undefined ? 0 : last.start + length;
    },
  };
}

/** The alert of ventricular fibrillation or tachycardia, by windows. */
export function createAttackAlarm(
  windows: KeptWindows,
  options: AlertOptions,
  fs: number,
): (at: number) => StreamEvent[] {
  const alarm = createAlarm('ventricular-fibrillation-or-tachycardia', Math.round(options.calmS * fs));
  return (at) => {
    const from = Math.max(0, windows.end - ATTACK_STRETCH * fs);
    const episode = ventricularEpisodes(windows.since(from), { fs }).at(-1);
    const goesOn = episode !== undefined && from + episode.to >= windows.end - 1;
    return alarm.update(
      goesOn
        ? {
            from: from + episode.from,
            uncertain: episode.uncertain,
            detail: {
              rhythm: episode.rhythm,
              probability: Math.round((episode.probability ?? 0) * 1000) / 1000,
            },
          }
        : null,
      at,
    );
  };
}

/** What the rhythm is named from. */
export interface RhythmSources {
  readonly records: readonly BeatRecord[];
  readonly unreadable: readonly UnreadableStretch[];
  readonly rhythm: KeptWindows | null;
  readonly ventricular: KeptWindows | null;
  /** Whether beats are classified. */
  readonly isClassified: boolean;
}

/** Rhythms that are told at once; others when they are found twice in a row. */
const GRAVE: ReadonlySet<string> = new Set([
  'ventricular-fibrillation',
  'ventricular-tachycardia',
  'asystole',
]);

/** Tells changes of rhythm, and atrial fibrillation that lasts. */
export function createRhythmTeller(
  options: AlertOptions,
  fs: number,
): (sources: RhythmSources, ask: WindowAsk) => Promise<StreamEvent[]> {
  const alarm = createAlarm('atrial-fibrillation', Math.round(options.calmS * fs));
  let told: RhythmEpisode['rhythm'] | null = null;
  let candidate: RhythmEpisode['rhythm'] | null = null;
  return async (sources, { at, settled, begin }) => {
    const from = Math.max(begin, settled - RHYTHM_STRETCH * fs);
    const rhythms = await nameStretch(sources, from, settled, at, fs);
    const now = rhythms && presentOf(rhythms, settled - from, fs);
    if (!now) return [];
    const events: StreamEvent[] = [];
    const { rhythm, probability, uncertain, reason } = now;
    const isSure = GRAVE.has(rhythm) || candidate === rhythm || told === null;
    candidate = rhythm;
    if (rhythm !== told && isSure) {
      told = rhythm;
      events.push({
        kind: 'rhythm',
        rhythm,
        probability: probability === null ? null : Math.round(Math.min(1, probability) * 1000) / 1000,
        uncertain,
        reason,
        from: from + now.from,
        at,
      });
    }
    const lasts = (now.to - now.from) / fs;
    const fibrillates = rhythm === 'atrial-fibrillation' && lasts >= options.fibrillationS;
    events.push(
      ...alarm.update(
        fibrillates ? { from: from + now.from, uncertain, detail: { seconds: Math.round(lasts) } } : null,
        at,
      ),
    );
    return events;
  };
}

/** The rhythms of a stretch of the stream, as of a recording that is all there is; samples from `from` on. */
async function nameStretch(
  { records, unreadable, rhythm, ventricular, isClassified }: RhythmSources,
  from: number,
  to: number,
  at: number,
  fs: number,
): Promise<RhythmEpisode[] | null> {
  const length = to - from;
  const bad = unreadable
    .filter((stretch) => stretch.from < to && stretch.to > from)
    .map((stretch) => ({
      from: Math.max(0, stretch.from - from),
      to: Math.min(length, stretch.to - from),
      reason: stretch.reason,
    }));
  const isDead = (sample: number) =>
    bad.some(({ from: a, to: b, reason }) => reason !== 'noise' && sample - from >= a && sample - from < b);
  const own = records.filter(({ sample }) => sample >= from && sample < to && !isDead(sample));
  const samples = Float64Array.from(own, ({ sample }) => sample - from);
  const classes = own.map((record) => classAt(record, at));
  const labels = isClassified
    ? {
        classes: Uint8Array.from(classes, ({ beatClass }) => BEAT_CLASSES.indexOf(beatClass ?? 'N')),
        probabilities: Float32Array.from(classes, ({ probability }) => probability ?? 0),
        uncertain: Uint8Array.from(classes, ({ uncertain }) => (uncertain === null ? 0 : 1)),
      }
    : null;
  return nameRhythms({
    info: { fs, length },
    beats: { samples, labels },
    rr: rrIntervals(samples, fs, bad),
    unreadable: bad,
    disturbed: new Set(),
    rhythm: rhythm?.since(from) ?? null,
    ventricular: ventricular?.since(from) ?? null,
    marks: null,
    pWaves: null,
  });
}

/** The rhythm that is there now: the last that is grave or lasts; a run of beats at the very end may be either. */
function presentOf(rhythms: readonly RhythmEpisode[], length: number, fs: number): RhythmEpisode | undefined {
  const last = rhythms.at(-1);
  if (last !== undefined && GRAVE.has(last.rhythm) && !last.uncertain) return last;
  const at = length - PRESENT * fs;
  return rhythms.find(({ to }) => to > at) ?? last;
}
