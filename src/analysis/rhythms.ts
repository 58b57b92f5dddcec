import {
  type Analysis,
  type AnalysisRhythm,
  breatheWhenDue,
  firstAtOrAfter,
  RHYTHM_CLASSES,
  type RhythmClass,
  type RhythmEpisode,
} from '../core/index.js';
import { meanRate } from './heart-rate.js';

/** Rhythms in which the atria lead no beat in time, so that none comes early. */
const WITHOUT_P: ReadonlySet<RhythmClass> = new Set<RhythmClass>(['atrial-fibrillation', 'atrial-flutter']);

/** Rhythms without beats: what a detector finds in them is no rate. */
const WITHOUT_RATE: ReadonlySet<RhythmClass> = new Set<RhythmClass>([
  'ventricular-fibrillation',
  'asystole',
  'unreadable',
]);

/** What rules give as codes, in words. */
const REASONS: Readonly<Record<string, string>> = {
  'low-confidence': 'the network is unsure',
  noise: 'the signal does not rest, a beat may hide there',
  'uncertain beat': 'one of its beats is uncertain',
};

/**
 * Episodes with the beats in them and their mean rate.
 *
 * @param samples  R peaks
 * @param rr       s, NaN where there is no interval; one counts where both its beats lie in the episode
 */
export async function rateRhythms(
  episodes: readonly RhythmEpisode[],
  samples: Float64Array,
  rr: Float64Array,
): Promise<AnalysisRhythm[]> {
  const rated: AnalysisRhythm[] = [];
  for (const { from, to, rhythm, probability, uncertain, reason } of episodes) {
    const first = firstAtOrAfter(samples, from);
    const end = firstAtOrAfter(samples, to);
    rated.push({
      from,
      to,
      rhythm,
      probability: probability === null ? null : Math.round(probability * 1000) / 1000,
      uncertain,
      reason: reason && (REASONS[reason] ?? reason),
      beats: end - first,
      bpm: WITHOUT_RATE.has(rhythm) ? null : meanRate(rr, first + 1, end),
    });
    await breatheWhenDue();
  }
  return rated;
}

/** s; what interrupts a rhythm for no longer, a run of ectopic beats, does not end its episode. */
const INTERRUPTION = 30;

/** Rhythms that go on beneath what interrupts them; runs of tachycardia are counted one by one. */
const GOES_ON: ReadonlySet<RhythmClass> = new Set<RhythmClass>([
  'sinus',
  'sinus-bradycardia',
  'sinus-tachycardia',
  'atrial-fibrillation',
  'atrial-flutter',
  'paced',
  'other',
]);

/** The episodes of one rhythm, those with a short interruption between them as one; ascending. */
function joinInterrupted(
  episodes: readonly AnalysisRhythm[],
  most: number,
): { readonly from: number; readonly to: number }[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of episodes) {
    const last = joined.at(-1);
    if (last !== undefined && from - last.to <= most) last.to = to;
    else joined.push({ from, to });
  }
  return joined;
}

/**
 * How much of a recording each rhythm takes, the longest first. Episodes of a lasting rhythm with an interruption of up
 * to 30 s between them count as one, that lasts from the first's begin to the last's end.
 */
export function tallyRhythms(
  rhythms: readonly AnalysisRhythm[],
  samples: Float64Array,
  rr: Float64Array,
  recording: { readonly fs: number; readonly length: number },
): NonNullable<Analysis['rhythmBurden']> {
  const { fs, length } = recording;
  return RHYTHM_CLASSES.flatMap((rhythm) => {
    const own = rhythms.filter((episode) => episode.rhythm === rhythm);
    if (own.length === 0) return [];
    const secondsOf = (some: readonly AnalysisRhythm[]) =>
      some.reduce((sum, { from, to }) => sum + to - from, 0) / fs;
    let intervals = 0;
    let sum = 0;
    for (const { from, to } of own) {
      const end = firstAtOrAfter(samples, to);
      for (let i = firstAtOrAfter(samples, from) + 1; i < end; i++)
        if (rr[i] > 0) {
          intervals++;
          sum += rr[i];
        }
    }
    const seconds = secondsOf(own);
    const episodes = joinInterrupted(own, GOES_ON.has(rhythm) ? INTERRUPTION * fs : -1);
    return {
      rhythm,
      episodes: episodes.length,
      seconds,
      share: length === 0 ? 0 : Math.min(1, (seconds * fs) / length),
      longestS: episodes.reduce((most, { from, to }) => Math.max(most, (to - from) / fs), 0),
      meanBpm: intervals === 0 || WITHOUT_RATE.has(rhythm) ? null : (60 * intervals) / sum,
      certainSeconds: secondsOf(own.filter(({ uncertain }) => !uncertain)),
    };
  }).sort((a, b) => b.seconds - a.seconds);
}

/** Where the ventricles surely fibrillate: what a detector finds there are no beats. */
export function fibrillatingStretches(rhythms: readonly RhythmEpisode[]): { from: number; to: number }[] {
  return rhythms
    .filter(({ rhythm, uncertain }) => rhythm === 'ventricular-fibrillation' && !uncertain)
    .map(({ from, to }) => ({ from, to }));
}

/** The stretches in which what comes early cannot be told, so that a supraventricular beat cannot either. */
export function stretchesWithoutP(rhythms: readonly RhythmEpisode[]): { from: number; to: number }[] {
  return rhythms.filter(({ rhythm }) => WITHOUT_P.has(rhythm)).map(({ from, to }) => ({ from, to }));
}
