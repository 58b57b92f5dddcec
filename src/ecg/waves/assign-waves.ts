import type { WaveInterval } from './find-intervals.js';

/** s between an R peak and the nearest edge of a QRS complex that is its own. */
const QRS_REACH = 0.1;
/** s from a P wave's onset to the QRS complex it leads; longer than any conducted PR interval but rare blocks. */
const LONGEST_PR = 0.6;
/** s from a QRS complex to the end of its T wave: a QT interval of 0.7 s is seen in no rhythm faster than 40 a minute. */
const LONGEST_QT = 0.8;

/** Waves of each kind within one window, ascending. */
export interface FoundWaves {
  readonly P: readonly WaveInterval[];
  readonly QRS: readonly WaveInterval[];
  readonly T: readonly WaveInterval[];
}

/** The waves of one beat, each where it was found. */
export interface BeatWaves {
  readonly P?: WaveInterval;
  readonly QRS?: WaveInterval;
  readonly T?: WaveInterval;
}

/**
 * Which waves belong to which beat: the QRS complex around its R peak, or nearest to it within 100 ms; the last P wave
 * between the beat before and its QRS complex; the most certain T wave between its QRS complex and the next beat.
 *
 * A P wave that leads no beat is nobody's.
 *
 * @param beats  R peaks, ascending, in the samples of `waves`
 * @param fs     Hz of those samples
 */
export function assignWaves(waves: FoundWaves, beats: ArrayLike<number>, fs: number): BeatWaves[] {
  const complexes = ownComplexes(waves.QRS, beats, fs);
  const beginOf = (beat: number): number => complexes[beat]?.onset ?? beats[beat];
  const endOf = (beat: number): number => complexes[beat]?.offset ?? beats[beat];
  return Array.from({ length: beats.length }, (_, beat): BeatWaves => {
    const begin = beginOf(beat);
    const end = endOf(beat);
    const before = beat === 0 ? Number.NEGATIVE_INFINITY : endOf(beat - 1);
    const after = beat + 1 < beats.length ? beginOf(beat + 1) : Number.POSITIVE_INFINITY;
    const P = waves.P.findLast(
      ({ onset, offset }) =>
        onset >= before && centre(onset, offset) < begin && begin - onset <= LONGEST_PR * fs,
    );
    let T: WaveInterval | undefined;
    for (const wave of waves.T) {
      const within =
        centre(wave.onset, wave.offset) > end && wave.onset < after && wave.offset - begin <= LONGEST_QT * fs;
      if (within && wave.certainty > (T?.certainty ?? 0)) T = wave;
    }
    const QRS = complexes[beat];
    return { ...(P && { P }), ...(QRS && { QRS }), ...(T && { T }) };
  });
}

/** The QRS complex of each beat; one that two beats could claim goes to the nearer one. */
function ownComplexes(
  found: readonly WaveInterval[],
  beats: ArrayLike<number>,
  fs: number,
): (WaveInterval | undefined)[] {
  const own = new Array<WaveInterval | undefined>(beats.length).fill(undefined);
  for (const complex of found) {
    let nearest = -1;
    let least = QRS_REACH * fs;
    for (let beat = 0; beat < beats.length; beat++) {
      const distance = distanceTo(complex, beats[beat]);
      if (distance < least || (distance === least && nearest < 0)) {
        nearest = beat;
        least = distance;
      }
    }
    if (nearest < 0) continue;
    const rival = own[nearest];
    if (rival === undefined || distanceTo(rival, beats[nearest]) > least) own[nearest] = complex;
  }
  return own;
}

function distanceTo({ onset, offset }: WaveInterval, sample: number): number {
  return Math.max(0, onset - sample, sample - offset);
}

function centre(onset: number, offset: number): number {
  return (onset + offset) / 2;
}
