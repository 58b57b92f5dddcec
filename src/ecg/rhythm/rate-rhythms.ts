import type { RhythmEpisode } from '../../core/index.js';
import {
  type BeatStretch,
  beatStretches,
  intervalStretches,
  type RhythmBeats,
  SUPRAVENTRICULAR,
  stretchBpm,
  stretchEpisode,
  VENTRICULAR,
} from './rhythm-beats.js';

export interface SinusRateOptions {
  /** A lower mean rate is bradycardia. */
  readonly bradycardiaBpm?: number;
  /** A higher one is tachycardia. */
  readonly tachycardiaBpm?: number;
  /** s that either lasts at least. */
  readonly leastS?: number;
}

/**
 * Source: bradycardia below 50 of Kusumoto et al., Circulation 140:e382–e482, 2019, doi:10.1161/CIR.0000000000000628;
 * the older definition is below 60. Tachycardia above 100. 30 s leaves some deep breaths out, by judgement.
 */
export const SINUS_RATE_DEFAULTS = { bradycardiaBpm: 50, tachycardiaBpm: 100, leastS: 30 } as const;

/** Intervals whose mean is the rate at a beat: as in the report's lowest and highest rate. */
const RATE_BEATS = 8;

/**
 * Where the heart is slow or fast for a while, whatever its rhythm: sinus bradycardia and tachycardia where nothing
 * else is found.
 *
 * The rate at an interval is the mean over those around it, eight with it, so that an early beat and its pause change
 * it little.
 */
export function sinusRateEpisodes(beats: RhythmBeats, options: SinusRateOptions = {}): RhythmEpisode[] {
  const { bradycardiaBpm, tachycardiaBpm, leastS } = { ...SINUS_RATE_DEFAULTS, ...options };
  const rates = meanRates(beats.rr);
  const lasts = (stretch: BeatStretch): boolean =>
    ((stretch.last - stretch.first) * 60) / stretchBpm(beats.rr, stretch) >= leastS;
  const found = (rhythm: 'sinus-bradycardia' | 'sinus-tachycardia', passes: (bpm: number) => boolean) =>
    intervalStretches(beats.rr, (i) => passes(rates[i]))
      .filter(lasts)
      .map((stretch) => stretchEpisode(beats.samples, stretch, rhythm));
  return [
    ...found('sinus-bradycardia', (bpm) => bpm < bradycardiaBpm),
    ...found('sinus-tachycardia', (bpm) => bpm > tachycardiaBpm),
  ].sort((a, b) => a.from - b.from);
}

export interface BeatRunOptions {
  /** Beats in a row. */
  readonly leastBeats?: number;
  /** Their mean rate is above this. */
  readonly leastBpm?: number;
}

/** Source: three or more beats in a row above 100/min, Al-Khatib et al., Circulation 138:e272–e391, 2018, table 3. */
export const VENTRICULAR_RUN_DEFAULTS = { leastBeats: 3, leastBpm: 100 } as const;

/** Runs of ventricular beats that are tachycardia, from the first R peak to the last. */
export function ventricularRuns(beats: RhythmBeats, options: BeatRunOptions = {}): RhythmEpisode[] {
  const { leastBeats, leastBpm } = { ...VENTRICULAR_RUN_DEFAULTS, ...options };
  return beatStretches(beats.rr, (i) => beats.classes[i] === VENTRICULAR)
    .filter((run) => run.last - run.first + 1 >= leastBeats && stretchBpm(beats.rr, run) > leastBpm)
    .map((run) => stretchEpisode(beats.samples, run, 'ventricular-tachycardia', beats.uncertain));
}

/** Studies ask for 3, 4 or 8 beats at 100 or 120/min; a user setting. By judgement between them. */
export const SUPRAVENTRICULAR_RUN_DEFAULTS = { leastBeats: 4, leastBpm: 120 } as const;

/** The first interval of a fast stretch beside the mean before it: sinus rhythm does not quicken so within a beat. */
const ABRUPT = 0.75;
/** Intervals before it whose mean counts: over more, a heart that quickens by and by would seem to jump. */
const BEFORE = 3;
/** Intervals that a stretch told by its onset alone has at least. */
const FEWEST_BY_ONSET = 8;
/** Standard deviation of its intervals beside their mean, at most: re-entry is regular, fibrillation is not. */
const REGULAR = 0.1;

/**
 * Runs of supraventricular beats at a fast rate, and fast regular stretches of beats that are not ventricular and begin
 * abruptly, their class being what a network made of the later beats of a run.
 *
 * Thresholds of onset and regularity are by judgement.
 */
export function supraventricularTachycardias(
  beats: RhythmBeats,
  options: BeatRunOptions = {},
): RhythmEpisode[] {
  const { leastBeats, leastBpm } = { ...SUPRAVENTRICULAR_RUN_DEFAULTS, ...options };
  const { rr, classes } = beats;
  const fast = (i: number): boolean => rr[i] < 60 / leastBpm;
  const runs = beatStretches(rr, (i) => classes[i] === SUPRAVENTRICULAR).filter(
    (run) => run.last - run.first + 1 >= leastBeats && stretchBpm(rr, run) > leastBpm,
  );
  const abrupt = intervalStretches(rr, (i) => fast(i) && classes[i] !== VENTRICULAR).filter(
    (stretch) =>
      stretch.last - stretch.first >= FEWEST_BY_ONSET &&
      rr[stretch.first + 1] <= ABRUPT * meanBefore(rr, stretch.first) &&
      variation(rr, stretch) <= REGULAR,
  );
  const found = [...runs, ...abrupt].sort((a, b) => a.first - b.first);
  const joined: BeatStretch[] = [];
  for (const next of found) {
    const last = joined[joined.length - 1];
    if (last !== undefined && next.first <= last.last)
      joined[joined.length - 1] = { first: last.first, last: Math.max(last.last, next.last) };
    else joined.push(next);
  }
  return joined.map((stretch) =>
    stretchEpisode(beats.samples, stretch, 'supraventricular-tachycardia', beats.uncertain),
  );
}

/** Beats per minute at each interval, over the valid ones around it; NaN where there is none. */
function meanRates(rr: ArrayLike<number>): Float64Array {
  const rates = new Float64Array(rr.length).fill(Number.NaN);
  for (let i = 0; i < rr.length; i++) {
    if (!(rr[i] > 0)) continue;
    let from = i;
    let to = i;
    // As many as there are before an interval that is not known, half of them behind.
    while (i - from < RATE_BEATS / 2 && rr[from - 1] > 0) from--;
    while (to - from < RATE_BEATS - 1 && rr[to + 1] > 0) to++;
    while (to - from < RATE_BEATS - 1 && rr[from - 1] > 0) from--;
    let sum = 0;
    for (let j = from; j <= to; j++) sum += rr[j];
    rates[i] = (60 * (to - from + 1)) / sum;
  }
  return rates;
}

/** Mean of up to three intervals that end at a beat or before it, none of them unknown; NaN without one. */
function meanBefore(rr: ArrayLike<number>, beat: number): number {
  let sum = 0;
  let count = 0;
  for (let i = beat; i > beat - BEFORE && rr[i] > 0; i--) {
    sum += rr[i];
    count++;
  }
  return sum / count;
}

/** Standard deviation of a stretch's intervals beside their mean. */
function variation(rr: ArrayLike<number>, { first, last }: BeatStretch): number {
  const n = last - first;
  let sum = 0;
  for (let i = first + 1; i <= last; i++) sum += rr[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = first + 1; i <= last; i++) squares += (rr[i] - mean) ** 2;
  return Math.sqrt(squares / n) / mean;
}
