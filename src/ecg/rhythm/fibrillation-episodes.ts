import type { RhythmEpisode } from '../../core/index.js';
import { unevenness } from './unevenness.js';

/** What a network said of windows all along a recording. */
export interface RhythmSeries {
  /** First sample of each window, ascending. */
  readonly starts: ArrayLike<number>;
  /** Samples of a window. */
  readonly length: number;
  /** Columns of `probabilities`; `A` is among them, `AFL` may be. */
  readonly classes: readonly string[];
  /** [windows, classes], calibrated; NaN for a window that cannot be read. */
  readonly probabilities: ArrayLike<number>;
}

export interface FibrillationOptions {
  /** Hz of the recording. */
  readonly fs: number;
  /** Fibrillation and flutter together: an episode holds a beat at least as probable, 0…1. */
  readonly enter?: number;
  /** And goes on as long as beats are at least as probable. */
  readonly stay?: number;
  /** s; what is shorter is no episode. */
  readonly leastS?: number;
  /** s; what is no longer between two episodes belongs to them. */
  readonly bridgeS?: number;
  /**
   * The share of changing intervals, see `unevenness`, from which on the network is believed as it stands; where less
   * change, its probability counts for as much less. 0 believes it always.
   */
  readonly uneven?: number;
  /** 1 for beats whose intervals say nothing of the atria, such as ventricular ones; 0 for the others. None when omitted. */
  readonly strange?: ArrayLike<number>;
  /** An episode that is on average less probable is uncertain. */
  readonly certainFrom?: number;
}

/**
 * Chosen on the out-of-fold windows of mitdb, `uneven` on cinc2017: three quarters of its fibrillating recordings reach
 * it; see experiments/rhythm. `certainFrom` and `bridgeS` by judgement.
 */
export const FIBRILLATION_DEFAULTS = {
  enter: 0.6,
  stay: 0.5,
  leastS: 60,
  bridgeS: 15,
  uneven: 0.55,
  certainFrom: 0.8,
} as const;

/** Beats `from` … `to − 1`. */
interface Row {
  readonly from: number;
  readonly to: number;
}

/**
 * Episodes of atrial fibrillation, and of flutter where the network tells it apart: ascending, not overlapping, from a
 * beat to the first beat that is no longer of it, or to the end of the last window.
 *
 * A beat is as probable as the windows around it are on average, those in whose middle it lies counting most: a window
 * is called fibrillation where most of it is, so that the average crosses a half near the change of rhythm. Where the
 * intervals between its like are nearly even, the network is believed the less: ventricular beats in sinus rhythm
 * deceive it. Rows of beats begin and go on by hysteresis, are joined over short gaps, and must last.
 *
 * @param beats  R peaks, samples of the recording, ascending
 */
export function fibrillationEpisodes(
  series: RhythmSeries,
  beats: ArrayLike<number>,
  options: FibrillationOptions,
): RhythmEpisode[] {
  const { fs, enter, stay, leastS, bridgeS, uneven, certainFrom } = { ...FIBRILLATION_DEFAULTS, ...options };
  const { fibrillation, flutter } = beatProbabilities(series, beats);
  const n = beats.length;
  const unevenAt = unevenness(beats, options.strange);
  // NaN, where too few intervals are left to tell, is no objection.
  const either = (i: number): number =>
    (fibrillation[i] + flutter[i]) * (unevenAt[i] < uneven ? unevenAt[i] / uneven : 1);
  const last = series.starts.length === 0 ? 0 : series.starts[series.starts.length - 1] + series.length;
  const end = (to: number): number => (to < n ? beats[to] : Math.max(last, beats[n - 1] + 1));
  const joined: Row[] = [];
  for (const row of rowsOf(n, either, enter, stay)) {
    const before = joined.at(-1);
    if (before !== undefined && beats[row.from] - end(before.to) <= bridgeS * fs)
      joined[joined.length - 1] = { from: before.from, to: row.to };
    else joined.push(row);
  }
  return joined
    .filter(({ from, to }) => end(to) - beats[from] >= leastS * fs)
    .map(({ from, to }) => {
      const of = (values: Float64Array): number => meanOf(values.subarray(from, to));
      const probability = Math.min(1, of(fibrillation) + of(flutter));
      const uncertain = probability < certainFrom;
      return {
        from: Math.round(beats[from]),
        to: Math.round(end(to)),
        rhythm: of(flutter) > of(fibrillation) ? 'atrial-flutter' : 'atrial-fibrillation',
        probability,
        uncertain,
        reason: uncertain ? 'low-confidence' : null,
      };
    });
}

/** Each beat's probabilities: of the windows that hold it, weighted by how near their middle it lies; NaN without any. */
function beatProbabilities(
  { starts, length, classes, probabilities }: RhythmSeries,
  beats: ArrayLike<number>,
) {
  const fibrillation = new Float64Array(beats.length);
  const flutter = new Float64Array(beats.length);
  const a = classes.indexOf('A');
  const afl = classes.indexOf('AFL');
  let first = 0;
  for (let i = 0; i < beats.length; i++) {
    const beat = beats[i];
    while (first < starts.length && starts[first] + length <= beat) first++;
    let weights = 0;
    for (let w = first; w < starts.length && starts[w] <= beat; w++) {
      const own = probabilities[w * classes.length + a];
      if (Number.isNaN(own)) continue;
      // At a window's edge a beat still has a little weight: the first and last beats lie in no other.
      const weight = 0.05 + 1 - Math.abs((2 * (beat - starts[w])) / length - 1);
      weights += weight;
      fibrillation[i] += weight * own;
      if (afl >= 0) flutter[i] += weight * probabilities[w * classes.length + afl];
    }
    fibrillation[i] /= weights;
    flutter[i] /= weights;
  }
  return { fibrillation, flutter };
}

/** Rows of beats that stay at `stay` or above and reach `enter`; NaN ends a row. */
function rowsOf(n: number, probability: (i: number) => number, enter: number, stay: number): Row[] {
  const rows: Row[] = [];
  for (let i = 0; i < n; i++) {
    if (!(probability(i) >= stay)) continue;
    const from = i;
    let reached = false;
    for (; i < n && probability(i) >= stay; i++) reached ||= probability(i) >= enter;
    if (reached) rows.push({ from, to: i });
  }
  return rows;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const x of values) {
    if (Number.isNaN(x)) continue;
    sum += x;
    count++;
  }
  return sum / count;
}
