import * as v from 'valibot';
import { butterworthHighPass, butterworthLowPass, filterZeroPhase } from '../../dsp/index.js';
import { RR_SUMMARY, rrSummary } from '../../ecg/index.js';
import { resampleLead } from './resample-lead.js';
import { beatLikeness } from './rhythm/beat-likeness.js';
import { createNoiseSummary, NOISE_SUMMARY } from './rhythm/noise-summary.js';
import { SHAPE_SUMMARY, shapeSummary } from './rhythm/shape-summary.js';
import { writeTachogram } from './rhythm/tachogram.js';
import { typicalBeat } from './rhythm/typical-beat.js';
import { TYPICAL_INTERVALS, typicalIntervals } from './rhythm/typical-intervals.js';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));

/** Rows of signals: the lead, the interval, its change, the beats, their strangeness, and where the lead is known. */
const SIGNALS = 6;
const FIGURES = RR_SUMMARY.length + TYPICAL_INTERVALS.length + SHAPE_SUMMARY.length + NOISE_SUMMARY.length;

/** What the rhythm network expects of a stretch of one lead and its beats, as data. */
export const RhythmWindowSchema = v.pipe(
  v.strictObject({
    /** Hz of the grid. */
    fs: v.pipe(v.number(), v.minValue(50), v.maxValue(500)),
    /** s; shorter stretches are repeated. */
    window: positive,
    /** Butterworth band-pass run forwards and backwards over the stretch; cutoffs in Hz. */
    band: v.strictObject({
      low: positive,
      high: positive,
      order: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(12)),
    }),
    /** s before and after the R peak that make a beat. */
    beat: v.strictObject({ before: positive, after: positive }),
    /** Figures that begin the last row: those of another number are not these. */
    figures: v.literal(FIGURES),
    /** Largest magnitudes: of the lead in heights of its beats, of the intervals' logarithms, of the figures. */
    clip: v.strictObject({ lead: positive, interval: positive, figure: positive }),
  }),
  v.check(({ band }) => band.low < band.high, 'Expected band.low below band.high'),
  v.check(({ band, fs }) => band.high < fs / 2, 'Expected band.high below fs / 2'),
  v.check(
    ({ beat, fs, window }) => rowLength(fs, window) >= figureCount(beat, fs),
    'Expected a window with room for the figures and the typical beat in one row',
  ),
);

export type RhythmWindowInput = v.InferOutput<typeof RhythmWindowSchema>;

/** Thirty seconds at 100 Hz, 0.5…40 Hz. */
export const RHYTHM_WINDOW: RhythmWindowInput = {
  fs: 100,
  window: 30,
  band: { low: 0.5, high: 40, order: 2 },
  beat: { before: 0.32, after: 0.48 },
  figures: FIGURES,
  clip: { lead: 4, interval: 1.5, figure: 5 },
};

/** Where the parts of an example lie: rows of signals, then one row that begins with figures, then the typical beat. */
export interface RhythmWindowLayout {
  /** [rows, samples] */
  readonly shape: readonly [number, number];
  readonly signals: number;
  /** Figures at the start of the last row. */
  readonly figures: number;
  /** Samples of the typical beat after the figures; as many of its spread follow. */
  readonly beat: number;
}

export function rhythmWindowLayout({ fs, window, beat }: RhythmWindowInput): RhythmWindowLayout {
  return {
    shape: [SIGNALS + 1, rowLength(fs, window)],
    signals: SIGNALS,
    figures: FIGURES,
    beat: (figureCount(beat, fs) - FIGURES) / 2,
  };
}

/** Makes examples of stretches; tables and filters are made once. */
export interface RhythmWindowWriter {
  readonly layout: RhythmWindowLayout;
  /**
   * Writes the example of one stretch, [rows, samples], to `into` from `at`.
   *
   * @param lead   any unit, either polarity, NaN where invalid; what lies beyond `window` s is not looked at
   * @param fs     Hz of `lead`
   * @param beats  R peaks, samples of `lead`, ascending
   * @returns      how alike most others each beat is that was looked at, from `beatLikeness`
   */
  write(
    lead: Float32Array,
    fs: number,
    beats: ArrayLike<number>,
    into: Float32Array,
    at: number,
  ): Float32Array;
}

/**
 * What makes the rhythm network's examples of stretches of a lead.
 *
 * The lead is resampled, band-passed, turned so that its beats point upwards, and divided by the median height of its
 * beats (of its seconds where there are fewer than three), so that gain and polarity do not count.
 */
export function createRhythmWindow(input: RhythmWindowInput): RhythmWindowWriter {
  const layout = rhythmWindowLayout(input);
  const [, length] = layout.shape;
  const { fs: grid, band, clip } = input;
  const before = Math.round(input.beat.before * grid);
  const sections = [
    ...butterworthHighPass({ fs: grid, cutoff: band.low, order: band.order }),
    ...butterworthLowPass({ fs: grid, cutoff: band.high, order: band.order }),
  ];
  const noise = createNoiseSummary(grid, length, before, clip.lead);
  return {
    layout,
    write(lead, fs, beats, into, at) {
      into.fill(0, at, at + layout.shape[0] * length);
      const stretch = lead.subarray(0, Math.min(lead.length, Math.round(input.window * fs)));
      const raw = resampleLead(stretch, fs, grid);
      const known = Math.min(length, raw.length);
      if (known < 2) return new Float32Array(0);
      const x = filterZeroPhase(raw, sections).slice(0, known);
      const peaks: number[] = [];
      for (let i = 0; i < beats.length; i++) {
        const peak = (beats[i] * grid) / fs;
        if (peak >= 0 && peak < known) peaks.push(peak);
      }
      const scale = beatScale(x, raw, peaks, grid);
      let wander = 0;
      if (scale !== 0) {
        const size = Math.abs(scale);
        wander = wanderOf(raw, x) / size;
        for (let k = 0; k < known; k++) x[k] = Math.min(clip.lead, Math.max(-clip.lead, x[k] / scale));
      } else x.fill(0);
      into.set(x, at);
      const beat = typicalBeat(x, peaks, before, layout.beat - before);
      const likeness = beatLikeness(x, peaks, beat, before, grid);
      writeTachogram(peaks, likeness, known, clip.interval, into, at + length, length);
      const mask = at + (SIGNALS - 1) * length;
      let invalid = 0;
      for (let k = 0; k < known; k++) {
        const there = !Number.isNaN(stretch[Math.min(stretch.length - 1, Math.round((k * fs) / grid))]);
        into[mask + k] = there ? 1 : 0;
        if (!there) invalid++;
      }
      for (let row = 0; row < SIGNALS; row++) {
        const from = at + row * length;
        for (let k = known; k < length; k++) into[from + k] = into[from + k - known];
      }
      const rr = Float64Array.from(
        { length: Math.max(0, peaks.length - 1) },
        (_, i) => (peaks[i + 1] - peaks[i]) / grid,
      );
      const parts = [
        [RR_SUMMARY, rrSummary(rr)],
        [TYPICAL_INTERVALS, typicalIntervals(peaks, likeness)],
        [SHAPE_SUMMARY, shapeSummary(x, beat, before, grid)],
        [NOISE_SUMMARY, noise(x, beat, wander, invalid / known)],
      ] as const;
      let to = at + SIGNALS * length;
      for (const [names, values] of parts)
        for (const name of names) {
          const value = (values as Readonly<Record<string, number>>)[name];
          into[to++] = Math.min(clip.figure, Math.max(-clip.figure, value));
        }
      into.set(beat.shape, to);
      into.set(beat.spread, to + layout.beat);
      return likeness;
    },
  };
}

/** Height of the typical beat, negative where beats point downwards; 0 for a flat lead. */
function beatScale(x: Float32Array, raw: Float32Array, peaks: readonly number[], fs: number): number {
  const reach = Math.round(0.08 * fs);
  const heights: number[] = [];
  const turns: number[] = [];
  const look = (from: number, to: number): void => {
    let high = 0;
    let low = 0;
    for (let k = Math.max(0, from); k < Math.min(x.length, to); k++) {
      if (x[k] > high) high = x[k];
      if (x[k] < low) low = x[k];
    }
    heights.push(Math.max(high, -low));
    turns.push(high + low);
  };
  if (peaks.length >= 3)
    for (const peak of peaks) look(Math.round(peak) - reach, Math.round(peak) + reach + 1);
  else for (let from = 0; from < x.length; from += Math.round(fs)) look(from, from + Math.round(fs));
  const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];
  const height = median(heights);
  // What the filter leaves of a flat lead is rounding.
  let most = 0;
  for (let k = 0; k < raw.length; k++) if (Math.abs(raw[k]) > most) most = Math.abs(raw[k]);
  if (!(height > 1e-5 * most)) return 0;
  return median(turns) < 0 ? -height : height;
}

/** Standard deviation of what the filter took away. */
function wanderOf(raw: Float32Array, x: Float32Array): number {
  let sum = 0;
  let squares = 0;
  for (let k = 0; k < x.length; k++) {
    const d = raw[k] - x[k];
    sum += d;
    squares += d * d;
  }
  return Math.sqrt(Math.max(0, squares / x.length - (sum / x.length) ** 2));
}

function rowLength(fs: number, window: number): number {
  return Math.round(fs * window);
}

function figureCount({ before, after }: { before: number; after: number }, fs: number): number {
  return FIGURES + 2 * (Math.round(before * fs) + Math.round(after * fs));
}
