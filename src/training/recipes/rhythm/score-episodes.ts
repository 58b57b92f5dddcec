import type { Annotation, RhythmEpisode } from '../../../core/index.js';
import {
  type FibrillationOptions,
  fibrillationEpisodes,
  RHYTHM_CHANGE,
  type RhythmSeries,
  rhythmSpans,
} from '../../../ecg/index.js';
import {
  compareEpisodes,
  EC57_START,
  type EpisodeComparison,
  type EpisodeSummary,
  summariseEpisodes,
} from '../../../evaluation/index.js';

/** What a network said of a recording, and what the reference says. */
export interface SeriesRecord {
  readonly id: string;
  readonly fs: number;
  /** Samples. */
  readonly length: number;
  /** R peaks found. */
  readonly beats: Float64Array;
  /** 1 for beats of another shape than most around them. */
  readonly strange: Uint8Array;
  readonly series: RhythmSeries;
  readonly annotations: readonly Annotation[];
}

/** How episodes are made of series. */
export type EpisodeRules = Required<Omit<FibrillationOptions, 'fs' | 'strange' | 'certainFrom'>>;

/** How well episodes agree with the reference. */
export interface EpisodeScores {
  readonly comparisons: readonly EpisodeComparison[];
  readonly summary: EpisodeSummary;
  /** Recordings whose reference knows no fibrillation or flutter: hours, and episodes that were found in them. */
  readonly sinus: { readonly hours: number; readonly alarms: number; readonly in: readonly string[] };
}

/** Episodes as an annotator writes them: a mark where each begins, and one of sinus rhythm where it ends. */
export function episodeMarks(episodes: readonly RhythmEpisode[]): Annotation[] {
  return episodes.flatMap(({ from, to, rhythm }) => [
    { sample: from, symbol: RHYTHM_CHANGE, aux: rhythm === 'atrial-flutter' ? '(AFL' : '(AFIB' },
    { sample: to, symbol: RHYTHM_CHANGE, aux: '(N' },
  ]);
}

/** Whether the reference knows no atrial fibrillation or flutter in a recording. */
function isSinus({ annotations, length }: Pick<SeriesRecord, 'annotations' | 'length'>): boolean {
  return rhythmSpans(annotations, length).every(({ rhythm }) => rhythm !== 'AFIB' && rhythm !== 'AFL');
}

/**
 * The episodes of some recordings by EC57's rules, from 5:00 on; alarms count from the begin.
 *
 * @param flutter  whether reference flutter is another rhythm, as EC57 has it, or counts as fibrillation
 */
export function scoreEpisodes(
  records: readonly SeriesRecord[],
  rulesOf: (record: SeriesRecord) => EpisodeRules,
  flutter: 'apart' | 'together' = 'apart',
): EpisodeScores {
  const comparisons: EpisodeComparison[] = [];
  const falselyIn: string[] = [];
  let hours = 0;
  for (const record of records) {
    const { id, fs, length, beats, strange, series, annotations } = record;
    const episodes = fibrillationEpisodes(series, beats, { fs, strange, ...rulesOf(record) });
    const options = { fs, from: EC57_START, to: length / fs, record: id };
    const reference = flutter === 'apart' ? annotations : annotations.map(asFibrillation);
    comparisons.push(compareEpisodes(reference, episodeMarks(episodes), 'AF', options));
    if (!isSinus(record)) continue;
    hours += length / fs / 3600;
    for (const _ of episodes) falselyIn.push(id);
  }
  return {
    comparisons,
    summary: summariseEpisodes(comparisons),
    sinus: { hours, alarms: falselyIn.length, in: falselyIn },
  };
}

function asFibrillation(annotation: Annotation): Annotation {
  const isFlutter = annotation.symbol === RHYTHM_CHANGE && annotation.aux === '(AFL';
  return isFlutter ? { ...annotation, aux: '(AFIB' } : annotation;
}

const ENTER = [0.4, 0.5, 0.6, 0.7];
/** Below `enter`. */
const STAY = 0.1;
const LEAST = [30, 60];
const BRIDGE = 15;
/** What three quarters of the fibrillating recordings of cinc2017 reach. */
const UNEVEN = 0.55;

/**
 * The rules under which durations agree best (overlap over the mean of both durations), an alarm in a sinus recording
 * costing as much as a hundredth of that; of equals the first, which is the most willing. Flutter counts as
 * fibrillation: rules cannot tell what the network does not.
 */
export function chooseRules(records: readonly SeriesRecord[]): EpisodeRules {
  const rulesOf = (enter: number, leastS: number): EpisodeRules => ({
    enter,
    stay: Math.round(10 * (enter - STAY)) / 10,
    leastS,
    bridgeS: BRIDGE,
    uneven: UNEVEN,
  });
  let chosen = rulesOf(ENTER[0], LEAST[0]);
  let best = -Infinity;
  for (const leastS of LEAST)
    for (const enter of ENTER) {
      const rules = rulesOf(enter, leastS);
      const { summary, sinus } = scoreEpisodes(records, () => rules, 'together');
      const { overlap, reference, test } = summary.duration;
      const worth = (2 * overlap) / (reference + test) - 0.01 * sinus.alarms;
      if (!(worth > best + 1e-9)) continue;
      best = worth;
      chosen = rules;
    }
  return chosen;
}
