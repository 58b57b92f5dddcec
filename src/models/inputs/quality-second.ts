import * as v from 'valibot';
import {
  butterworthHighPass,
  createGridResampler,
  filterZeroPhase,
  type GridResampler,
  hasInvalid,
} from '../../dsp/index.js';
import { holdInvalid } from '../grid-signals.js';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(30));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** What the network that judges seconds of a lead expects of it, as data. */
export const QualitySecondSchema = v.strictObject({
  /** Hz of the grid. */
  fs: v.pipe(v.number(), v.safeInteger(), v.minValue(50), v.maxValue(500)),
  /** s of the lead before and after the second that are seen with it. */
  before: seconds,
  after: seconds,
  /** Butterworth high-pass run forwards and backwards: its cutoff, Hz, and order. */
  highPass: v.strictObject({ cutoff: positive, order: v.pipe(count, v.maxValue(12)) }),
  /** What becomes 1: this quantile, over the pieces of a block of the lead, of a piece's range. */
  scale: v.strictObject({
    /** s of a block; its windows share one scale. */
    block: positive,
    /** s of a piece: long enough to hold a beat. */
    piece: positive,
    quantile: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    /** mV; pieces that move less tell nothing of the heart's size. */
    moving: positive,
    /** mV; a smaller range is not made larger, so that asystole stays still. */
    least: positive,
  }),
  /** Scaled magnitudes above this are cut to it. */
  limit: positive,
});

export type QualitySecondInput = v.InferOutput<typeof QualitySecondSchema>;

/**
 * Four seconds of one lead around the second in question, 1…45 Hz at 100 Hz, beside the lead's usual range in ten minutes.
 *
 * The high-pass takes wander out, which neither beats nor their classes mind; 0.006 mV is what `judgeSeconds` calls a
 * flat line.
 */
export const QUALITY_SECOND: QualitySecondInput = {
  fs: 100,
  before: 1.5,
  after: 1.5,
  highPass: { cutoff: 1, order: 2 },
  scale: { block: 600, piece: 2, quantile: 0.5, moving: 0.006, least: 0.15 },
  limit: 6,
};

/** Samples of a window. */
export function qualitySecondLength({ fs, before, after }: QualitySecondInput): number {
  return Math.round(fs * (before + 1 + after));
}

/** s; half the length of the resampling filter. */
const HALF_WIDTH = 0.04;
/** s over which a value stands in for invalid samples. */
const HOLD = 1;
/** s beyond the windows that the high-pass is run over, so that its ends are not seen. */
const SETTLE = 2;

/** Makes windows of the seconds of a lead. */
export interface QualityWindows {
  /** Samples of a window. */
  readonly length: number;
  /**
   * Windows [count, length] of the seconds `from` … `from + count − 1` of a lead, which share one scale. Second s
   * begins at s; beyond either end of the lead its end samples go on.
   *
   * @param lead   mV, NaN where invalid
   * @param usual  mV, the range that becomes 1; that of these seconds when omitted
   */
  cut(lead: Float32Array, from: number, count: number, usual?: number): Float32Array;
  /** mV: the range that `cut` gives these seconds by themselves. */
  usualRange(lead: Float32Array, from: number, count: number): number;
}

/**
 * What makes windows of leads of one rate.
 * @param fs  Hz of the leads
 */
export function createQualityWindows(fs: number, input: QualitySecondInput): QualityWindows {
  const length = qualitySecondLength(input);
  const sections = butterworthHighPass({ fs: input.fs, ...input.highPass });
  const resampler: GridResampler | undefined =
    fs === input.fs
      ? undefined
      : createGridResampler({ fsIn: fs, fsOut: input.fs, cutoff: input.fs / 2, halfWidth: HALF_WIDTH });
  const head = Math.round((input.before + SETTLE) * input.fs);
  const tail = Math.round((input.after + SETTLE) * input.fs);
  const before = Math.round(input.before * input.fs);
  const filtered = (lead: Float32Array, from: number, count: number): Float32Array => {
    const grid = new Float32Array(count * input.fs + head + tail);
    resampleAround(lead, fs, from * input.fs - head, grid, resampler);
    return filterZeroPhase(grid, sections);
  };
  const rangeOf = (x: Float32Array, count: number) =>
    usualRange(x.subarray(head, head + count * input.fs), input);
  return {
    length,
    usualRange: (lead, from, count) => rangeOf(filtered(lead, from, count), count),
    cut(lead, from, count, usual) {
      const x = filtered(lead, from, count);
      const scale = 1 / (usual ?? rangeOf(x, count));
      for (let i = 0; i < x.length; i++) x[i] = Math.min(input.limit, Math.max(-input.limit, x[i] * scale));
      const windows = new Float32Array(count * length);
      for (let s = 0; s < count; s++) {
        const at = s * input.fs + head - before;
        windows.set(x.subarray(at, at + length), s * length);
      }
      return windows;
    },
  };
}

/** Grid samples from `start` on into `grid`; what lies outside the lead repeats its ends. */
function resampleAround(
  samples: Float32Array,
  fs: number,
  start: number,
  grid: Float32Array,
  resampler: GridResampler | undefined,
): void {
  const first = resampler === undefined ? start : resampler.firstInput(start);
  const last =
    resampler === undefined ? start + grid.length : resampler.lastInput(start + grid.length - 1) + 1;
  const begin = Math.max(0, Math.min(samples.length - 1, first));
  const own = samples.subarray(begin, Math.max(begin + 1, Math.min(samples.length, last)));
  const whole = hasInvalid(own) ? holdInvalid(own, Math.round(HOLD * fs)) : own;
  if (resampler !== undefined) {
    resampler.run(whole, begin, start, start + grid.length, grid, 0);
    return;
  }
  for (let i = 0; i < grid.length; i++)
    grid[i] = whole[Math.min(whole.length - 1, Math.max(0, start + i - begin))];
}

/** The usual range of the pieces that move, at least `least`. */
function usualRange(x: Float32Array, { fs, scale }: QualitySecondInput): number {
  const piece = Math.round(scale.piece * fs);
  const ranges: number[] = [];
  for (let from = 0; from === 0 || from + piece <= x.length; from += piece) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = from; i < Math.min(x.length, from + piece); i++) {
      if (x[i] < low) low = x[i];
      if (x[i] > high) high = x[i];
    }
    if (high - low >= scale.moving) ranges.push(high - low);
  }
  if (ranges.length === 0) return scale.least;
  ranges.sort((a, b) => a - b);
  const usual = ranges[Math.min(ranges.length - 1, Math.floor(scale.quantile * ranges.length))];
  return Math.max(usual, scale.least);
}
