import { breatheWhenDue } from '../core/index.js';
import { smallMedian } from '../dsp/index.js';
import { type BeatLabels, classIndex } from './beats.js';

/** A stretch of beats, samples; both ends are beats. */
export interface BeatSpan {
  readonly from: number;
  readonly to: number;
}

const WINDOW = 32;
const LAGS = 3;
const STEP = 4;
/** Median change from interval to interval, of the median interval, above which no lag is a pattern. */
const THRESHOLD = 0.09;
/** Intervals of the shortest stretch. */
const SHORTEST = 24;

/**
 * Stretches in which RR intervals follow no pattern, as in atrial fibrillation: what comes early there cannot be
 * told, so a supraventricular beat cannot either. It names no rhythm.
 *
 * Over windows of 32 intervals between beats that are neither ventricular nor fused nor unknown: the median
 * change from one interval to the next, to the one after it and to the third, each beside the median interval;
 * the smallest of the three must exceed 0.09. A regular rhythm has a small first, bigeminy a small second,
 * trigeminy a small third change.
 *
 * Measured on DS1 of mitdb with the experts' beats and rhythms: 99.8 % of windows in atrial fibrillation or
 * flutter exceed it, 1.0 % of the others.
 *
 * @param rr  s, NaN where there is no interval; it ends a stretch
 */
export async function findIrregular(
  samples: Float64Array,
  labels: BeatLabels,
  rr: Float64Array,
): Promise<BeatSpan[]> {
  const narrow = [classIndex('N'), classIndex('S')];
  const spans: BeatSpan[] = [];
  const counts = (i: number) => narrow.includes(labels.classes[i]) && narrow.includes(labels.classes[i - 1]);
  let ends: number[] = [];
  for (let i = 1; i <= samples.length; i++) {
    if (i < samples.length && rr[i] > 0) {
      if (counts(i)) ends.push(i);
      continue;
    }
    await breatheWhenDue();
    for (const [first, last] of await irregularRuns(ends, rr))
      spans.push({ from: samples[ends[first] - 1], to: samples[ends[last]] });
    ends = [];
  }
  return spans;
}

/** Index ranges of `ends`, the beats at which the intervals of one readable stretch end. */
async function irregularRuns(ends: readonly number[], rr: Float64Array): Promise<[number, number][]> {
  const size = WINDOW + LAGS;
  const isIrregular = new Uint8Array(ends.length);
  const window = new Float64Array(size);
  const sorted = new Float64Array(size);
  for (let begin = 0; begin + size <= ends.length; begin += STEP) {
    if (begin % (256 * STEP) === 0) await breatheWhenDue();
    for (let k = 0; k < size; k++) window[k] = rr[ends[begin + k]];
    sorted.set(window);
    const usual = smallMedian(sorted, size);
    let least = Number.POSITIVE_INFINITY;
    for (let lag = 1; lag <= LAGS; lag++) {
      for (let k = lag; k < size; k++) sorted[k - lag] = Math.abs(window[k] - window[k - lag]);
      least = Math.min(least, smallMedian(sorted, size - lag));
    }
    if (least <= THRESHOLD * usual) continue;
    // A window speaks for its middle; the first and the last one also for what lies before and behind.
    const middle = begin + (size >> 1);
    const isLast = begin + STEP + size > ends.length;
    isIrregular.fill(1, begin === 0 ? 0 : middle, isLast ? ends.length : middle + STEP);
  }
  const runs: [number, number][] = [];
  for (let i = 0; i < ends.length; i++) {
    if (isIrregular[i] === 0) continue;
    const first = i;
    while (i + 1 < ends.length && isIrregular[i + 1] === 1) i++;
    if (i - first + 1 >= SHORTEST) runs.push([first, i]);
  }
  return runs;
}
