import { breatheWhenDue, type Gap, type RhythmEpisode } from '../../core/index.js';
import { rrIntervals } from '../rr-intervals.js';
import type { WaveMarks } from '../waves/wave-marks.js';
import { dissociatedBeats } from './av-dissociation.js';
import { droppedBeats } from './dropped-beats.js';

/** What block is told from. */
export interface ConductionMarks {
  /** R peaks, samples, ascending. */
  readonly beats: Float64Array;
  /** Peaks of all P waves that were found, samples, ascending: those that lead no beat too. */
  readonly pWaves: Float64Array;
  /** One entry a beat; only the P wave of each is looked at. */
  readonly marks: WaveMarks;
  /** Hz. */
  readonly fs: number;
  /** Stretches that cannot be read, ascending, not overlapping. */
  readonly unreadable: readonly Gap[];
}

/** Beats with their intervals, and P waves; samples, `rr` in s. */
export interface AtrialWaves {
  readonly beats: Float64Array;
  readonly rr: Float64Array;
  /** The P wave that each beat follows; NaN where there is none. */
  readonly p: Float64Array;
  readonly pWaves: Float64Array;
  readonly fs: number;
}

/**
 * Episodes of second- and third-degree AV block, from the beats and all P waves: sinus P waves that no beat follows, and
 * P waves and slow beats that go their own ways. Where both fit it is third-degree.
 *
 * A single dropped beat is uncertain. First-degree block is a PR interval, not a rhythm: see `measureIntervals`.
 *
 * @returns  ascending, not overlapping, from the R peak before to the one after
 */
export async function findAvBlock({
  beats,
  pWaves,
  marks,
  fs,
  unreadable,
}: ConductionMarks): Promise<RhythmEpisode[]> {
  const atria = { beats, pWaves, fs, p: marks.pPeak, rr: rrIntervals(beats, fs, unreadable) };
  const third = await dissociatedBeats(atria);
  await breatheWhenDue();
  const second = droppedBeats(atria).filter(
    (stretch) => !third.some(({ first, last }) => stretch.first < last && stretch.last > first),
  );
  const episode = (first: number, last: number) => ({
    from: beats[first],
    to: beats[last] + 1,
    probability: null,
  });
  return [
    ...third.map(
      ({ first, last }): RhythmEpisode => ({
        ...episode(first, last),
        rhythm: 'av-block-3',
        uncertain: false,
        reason: null,
      }),
    ),
    ...second.map(
      ({ first, last, dropped }): RhythmEpisode => ({
        ...episode(first, last),
        rhythm: 'av-block-2',
        uncertain: dropped === 1,
        reason: dropped === 1 ? 'a single dropped beat' : null,
      }),
    ),
  ].sort((a, b) => a.from - b.from);
}
