import {
  type Analysis,
  type AnalysisEvent,
  type Episode,
  firstAtOrAfter,
  UNCERTAIN_REASONS,
} from '../core/index.js';
import { formatNumberOf, formatProbability, formatRate } from './number-format.js';
import { RHYTHM_NAMES } from './rhythm-names.js';
import { formatDuration } from './time-format.js';

/** How a kind of event is called. */
export const EVENT_TITLES: Readonly<Record<AnalysisEvent['kind'], string>> = {
  'ventricular-run': 'Ventricular run',
  'ventricular-couplet': 'Ventricular couplet',
  'ventricular-bigeminy': 'Ventricular bigeminy',
  'ventricular-trigeminy': 'Ventricular trigeminy',
  'supraventricular-run': 'Supraventricular run',
  'supraventricular-couplet': 'Supraventricular couplet',
  'supraventricular-bigeminy': 'Supraventricular bigeminy',
  'supraventricular-trigeminy': 'Supraventricular trigeminy',
  pause: 'Pause',
  'fastest-rate': 'Fastest heart rate',
  'slowest-rate': 'Slowest heart rate',
  'longest-rr': 'Longest RR interval',
  'ventricular-beat': 'Ventricular beat',
  'supraventricular-beat': 'Supraventricular beat',
  'fusion-beat': 'Fusion beat',
  'uncertain-beat': 'Least certain beat',
  'rhythm-strip': 'First readable beats',
  rhythm: 'Rhythm',
};

/** Why a class is not to be relied on, as a person says it. */
export const UNCERTAIN_TEXT: Readonly<Record<(typeof UNCERTAIN_REASONS)[number], string>> = {
  'low-confidence': 'the network is unsure',
  'no-signal': 'no lead can be used around it',
  noise: 'the signal is noisy',
  'unknown-interval': 'the interval before it is unknown',
  'irregular-rhythm': 'intervals around it follow no pattern',
  'classes-close': 'two classes fit almost equally well',
  'unusual-morphology': 'its shape is unusual',
  'outside-training': 'it is unlike what the network has learned from',
  'ventricular-fibrillation': 'the ventricles fibrillate around it, it may be no beat',
};

/** What can be said of an event in a few words, and why it is uncertain, if it is. */
export interface EventDescription {
  readonly title: string;
  /** `6 beats, 152 /min`; empty when the title says all. */
  readonly detail: string;
  /** Null when certain. */
  readonly unsure: string | null;
}

/** How long an event lasts, s; that of a rhythm ends where the next one begins. */
export function eventSeconds({ rhythms, recording }: Analysis, event: AnalysisEvent): number {
  const { from, to } = (event.rhythm === null ? undefined : rhythms?.[event.rhythm]) ?? event;
  return (to - from) / recording.fs;
}

/** The words for an event. */
export function describeEvent(analysis: Analysis, event: AnalysisEvent): EventDescription {
  const title = EVENT_TITLES[event.kind];
  const seconds = eventSeconds(analysis, event);
  const episode = event.episode === null ? undefined : analysis.episodes[event.episode];
  if (episode !== undefined) {
    const unsure = episode.uncertain ? whyUncertain(analysis, episode) : null;
    const detail =
      episode.type === 'pause'
        ? `${seconds.toFixed(2)} s`
        : episode.type.endsWith('couplet')
          ? formatRate(episode.bpm)
          : `${formatNumberOf(episode.beats, 'beat')}, ${formatRate(episode.bpm)}`;
    return { title, detail, unsure };
  }
  const rhythm = event.rhythm === null ? undefined : analysis.rhythms?.[event.rhythm];
  if (rhythm !== undefined)
    return {
      title: RHYTHM_NAMES[rhythm.rhythm],
      detail: `${formatDuration(seconds < 10 ? seconds : Math.round(seconds))}${rhythm.bpm === null ? '' : `, ${formatRate(rhythm.bpm)}`}`,
      unsure: rhythm.uncertain ? (rhythm.reason ?? 'it is not sure') : null,
    };
  if (event.kind === 'longest-rr') return { title, detail: `${seconds.toFixed(2)} s`, unsure: null };
  if (event.kind === 'fastest-rate' || event.kind === 'slowest-rate') {
    const rate = event.kind === 'fastest-rate' ? analysis.heartRate.fastest : analysis.heartRate.slowest;
    const over = formatNumberOf(analysis.options.rateBeats, 'interval');
    return { title, detail: `${formatRate(rate?.bpm ?? null)} over ${over}`, unsure: null };
  }
  if (event.kind === 'rhythm-strip') return { title, detail: '', unsure: null };
  const { sample, class: classes, probability, uncertain } = analysis.beats;
  const i = firstAtOrAfter(sample, event.from);
  if (classes === null || probability === null || uncertain === null)
    return { title, detail: '', unsure: null };
  const code = uncertain[i];
  return {
    title,
    detail: `${classes[i]} with probability ${formatProbability(probability[i])}`,
    unsure: code === 0 ? null : UNCERTAIN_TEXT[UNCERTAIN_REASONS[code - 1]],
  };
}

/** Why an uncertain episode is uncertain: its least probable beat, or what is odd about the first one that is. */
function whyUncertain({ beats, options }: Analysis, episode: Episode): string {
  if (episode.probability === null) return 'the signal does not rest, a beat may hide there';
  if (episode.probability < options.certainFrom)
    return `its least sure beat has probability ${formatProbability(episode.probability)}`;
  let i = firstAtOrAfter(beats.sample, episode.from);
  while (beats.sample[i] < episode.to && (beats.uncertain?.[i] ?? 0) === 0) i++;
  const reason = UNCERTAIN_REASONS[(beats.uncertain?.[i] ?? 0) - 1];
  return reason === undefined ? 'one of its beats is uncertain' : UNCERTAIN_TEXT[reason];
}
