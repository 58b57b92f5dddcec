import { BEAT_CLASSES, type RhythmClass, type RhythmEpisode } from '../../core/index.js';

/** The beats of a recording, as rhythms are told from them; columns of equal length. */
export interface RhythmBeats {
  /** R peaks, samples, ascending. */
  readonly samples: ArrayLike<number>;
  /** s, the interval that ends at each beat; NaN where there is none. */
  readonly rr: ArrayLike<number>;
  /** Indices into `BEAT_CLASSES`. */
  readonly classes: ArrayLike<number>;
  /** Above 0 where a beat's class is uncertain; all are certain when omitted. */
  readonly uncertain?: ArrayLike<number>;
}

/** Some beats in a row, both inclusive. */
export interface BeatStretch {
  readonly first: number;
  readonly last: number;
}

export const SUPRAVENTRICULAR = BEAT_CLASSES.indexOf('S');
export const VENTRICULAR = BEAT_CLASSES.indexOf('V');

/** The longest stretches of beats that each pass, no interval within unknown. */
export function beatStretches(rr: ArrayLike<number>, passes: (beat: number) => boolean): BeatStretch[] {
  const found: BeatStretch[] = [];
  for (let i = 0; i < rr.length; i++) {
    if (!passes(i)) continue;
    const first = i;
    while (i + 1 < rr.length && rr[i + 1] > 0 && passes(i + 1)) i++;
    found.push({ first, last: i });
  }
  return found;
}

/** Beats per minute over the intervals between the stretch's first beat and its last; NaN for a single beat. */
export function stretchBpm(rr: ArrayLike<number>, { first, last }: BeatStretch): number {
  let sum = 0;
  for (let i = first + 1; i <= last; i++) sum += rr[i];
  return (60 * (last - first)) / sum;
}

/**
 * The episode from a stretch's first R peak to its last, which it still holds.
 *
 * @param uncertain  above 0 for beats of uncertain class, one of which makes the episode uncertain; omitted where no
 *   class decides
 */
export function stretchEpisode(
  samples: ArrayLike<number>,
  { first, last }: BeatStretch,
  rhythm: RhythmClass,
  uncertain?: ArrayLike<number>,
): RhythmEpisode {
  let doubtful = false;
  for (let i = first; uncertain !== undefined && i <= last; i++) doubtful ||= uncertain[i] > 0;
  return {
    from: samples[first],
    to: samples[last] + 1,
    rhythm,
    probability: null,
    uncertain: doubtful,
    reason: doubtful ? 'uncertain beat' : null,
  };
}

/** Stretches of beats whose intervals, from the first beat's to the last's, all pass. */
export function intervalStretches(
  rr: ArrayLike<number>,
  passes: (interval: number) => boolean,
): BeatStretch[] {
  const found: BeatStretch[] = [];
  for (let i = 1; i < rr.length; i++) {
    if (!(rr[i] > 0) || !passes(i)) continue;
    const first = i - 1;
    while (i + 1 < rr.length && rr[i + 1] > 0 && passes(i + 1)) i++;
    found.push({ first, last: i });
  }
  return found;
}
