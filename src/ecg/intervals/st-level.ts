import type { WaveMarks } from '../waves/wave-marks.js';

/** s after the J point at which the level is read, and instead when the heart is faster than `FAST`. */
const AFTER_J = 0.08;
const AFTER_J_FAST = 0.06;
/** s: 120 beats a minute. */
const FAST = 0.5;
/** s averaged around that point. */
const READ = 0.02;
/** s before the QRS onset over which the level of reference is read, at most. */
const REFERENCE = 0.04;

/** A lead, or a slice of one. */
export interface LeadSlice {
  /** mV, NaN where invalid. */
  readonly samples: Float32Array;
  /** Sample of the recording at which it begins. */
  readonly offset: number;
  /** Hz. */
  readonly fs: number;
}

/**
 * The level of the ST segment of each beat: mean over 20 ms around J + 80 ms (J + 60 ms above 120 beats a minute) less
 * the level of the PR segment, the mean of the up to 40 ms between P offset and QRS onset (of the 40 ms before the QRS
 * where no P wave is known).
 *
 * @param marks  one entry a beat, samples of the recording; J is the QRS offset
 * @param rr     s, the interval that ends at each beat, NaN where unknown
 * @returns      mV, one a beat of `from` … `to − 1`; NaN where a mark is missing, a sample invalid or outside the slice
 *
 * Source: the points of measurement are those of the European ST-T Database, Taddei et al., Eur. Heart J.
 * 13:1164–1172, 1992, doi:10.1093/oxfordjournals.eurheartj.a060332. Departs: the reference is each beat's own PR
 * segment, not one level of the recording.
 */
export function stLevels(
  lead: LeadSlice,
  marks: WaveMarks,
  rr: Float64Array,
  from = 0,
  to = marks.qrsOnset.length,
): Float32Array {
  const { offset, fs } = lead;
  const levels = new Float32Array(to - from);
  for (let i = from; i < to; i++) {
    const onset = marks.qrsOnset[i] - offset;
    const begin = Math.max(onset - REFERENCE * fs, known(marks.pOffset[i], offset));
    const reference = meanOf(lead.samples, begin, onset);
    const point = marks.qrsOffset[i] - offset + (rr[i] < FAST ? AFTER_J_FAST : AFTER_J) * fs;
    const st = meanOf(lead.samples, point - (READ / 2) * fs, point + (READ / 2) * fs);
    levels[i - from] = st - reference;
  }
  return levels;
}

const known = (mark: number, offset: number): number =>
  Number.isNaN(mark) ? Number.NEGATIVE_INFINITY : mark - offset;

/** Mean of the samples from `from` to `to`, at least one; NaN where an end is unknown or outside. */
function meanOf(x: Float32Array, from: number, to: number): number {
  const last = Math.round(to);
  const first = Math.min(Math.round(from), last);
  if (!(first >= 0 && last < x.length)) return Number.NaN;
  let sum = 0;
  for (let k = first; k <= last; k++) sum += x[k];
  return sum / (last - first + 1);
}
