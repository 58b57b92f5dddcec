import * as v from 'valibot';
import { EcgError } from '../../core/index.js';
import {
  butterworthHighPass,
  butterworthLowPass,
  createGridResampler,
  filterZeroPhase,
  type GridResampler,
} from '../../dsp/index.js';
import { holdInvalid } from '../grid-signals.js';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** What the network of ventricular tachyarrhythmias expects of a lead, as data. */
export const VentricularWindowSchema = v.pipe(
  v.strictObject({
    /** Hz of the grid. */
    fs: v.pipe(v.number(), v.minValue(50), v.maxValue(1000)),
    /** s; nothing outside the window is used. */
    window: positive,
    /** Butterworth band-pass run forwards and backwards over the window; cutoffs in Hz. */
    band: v.strictObject({ low: positive, high: positive, order: v.pipe(count, v.maxValue(12)) }),
    /** The magnitude that becomes 1: this quantile of a window's magnitudes. Where it is below `still` mV the lead shows nothing. */
    scale: v.strictObject({
      quantile: v.pipe(v.number(), v.minValue(0.5), v.maxValue(1)),
      still: positive,
    }),
    /** Scaled magnitudes above this are cut to it. */
    limit: positive,
    /** A lead of which a larger share is invalid is not read. */
    mostInvalid: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
  }),
  v.check(({ band }) => band.low < band.high, 'Expected band.low below band.high'),
  v.check(({ band, fs }) => band.high < fs / 2, 'Expected band.high below fs / 2'),
);

export type VentricularWindowInput = v.InferOutput<typeof VentricularWindowSchema>;

/**
 * Five seconds of one lead, 1…30 Hz at 100 Hz; still below 0.04 mV, 0.08 mV peak to peak.
 *
 * Source: the band of Amann, Tratnig & Unterkofler, BioMedical Engineering OnLine 4:60, 2005,
 * doi:10.1186/1475-925X-4-60; asystole below 80 µV peak to peak of Kerber et al., Circulation 95:1677–1682, 1997,
 * doi:10.1161/01.CIR.95.6.1677.
 */
export const VENTRICULAR_WINDOW: VentricularWindowInput = {
  fs: 100,
  window: 5,
  band: { low: 1, high: 30, order: 2 },
  scale: { quantile: 0.95, still: 0.04 },
  limit: 8,
  mostInvalid: 0.2,
};

/** Samples of a prepared window. */
export function ventricularWindowLength({ fs, window }: VentricularWindowInput): number {
  return Math.round(fs * window);
}

/** Prepares windows of leads. */
export interface VentricularWindows {
  /** Samples of a prepared window. */
  readonly length: number;
  /**
   * Writes a lead's window to `into` from `at`, unless it is still or invalid; the same for the same samples, whatever
   * stands around them.
   *
   * @param lead  mV at `fs`, NaN where invalid; from the window's begin, at least as long as the window
   * @returns     mV that became 1, below `scale.still` where the lead is still; NaN where too much of it is invalid
   * @throws EcgError `too-short` for a lead shorter than the window by more than a sample; `bad-option` unless fs is
   *   at least 2.5 times the band's upper edge
   */
  write(lead: Float32Array, fs: number, into: Float32Array, at: number): number;
}

/** s; half the length of the resampling filter. */
const HALF_WIDTH = 0.04;
/** s over which a value stands in for invalid samples. */
const HOLD = 1;

/** What prepares windows by this contract: resampled, band-passed, scaled by their own magnitude, cut at the limit. */
export function createVentricularWindows(input: VentricularWindowInput): VentricularWindows {
  const length = ventricularWindowLength(input);
  const { low, high, order } = input.band;
  const sections = [
    ...butterworthHighPass({ fs: input.fs, cutoff: low, order }),
    ...butterworthLowPass({ fs: input.fs, cutoff: high, order }),
  ];
  const resamplers = new Map<number, GridResampler>();
  const resamplerOf = (fs: number): GridResampler => {
    if (!(fs >= 2.5 * high)) {
      throw new EcgError(
        'bad-option',
        `ventricular windows: ${fs} Hz do not hold the band up to ${high} Hz, give a lead of ${2.5 * high} Hz or more`,
      );
    }
    let found = resamplers.get(fs);
    if (found === undefined) {
      found = createGridResampler({ fsIn: fs, fsOut: input.fs, cutoff: input.fs / 2, halfWidth: HALF_WIDTH });
      resamplers.set(fs, found);
    }
    return found;
  };
  const grid = new Float32Array(length);
  const magnitudes = new Float32Array(length);
  const rank = Math.min(length - 1, Math.floor(input.scale.quantile * length));
  return {
    length,
    write(lead, fs, into, at) {
      const resampler = resamplerOf(fs);
      const needed = Math.floor(input.window * fs);
      if (lead.length < needed - 1) {
        throw new EcgError(
          'too-short',
          `ventricular windows: ${lead.length} samples at ${fs} Hz are shorter than ${input.window} s, give ${needed}`,
        );
      }
      const own = lead.length > needed ? lead.subarray(0, needed) : lead;
      let invalid = 0;
      for (let i = 0; i < own.length; i++) if (Number.isNaN(own[i])) invalid++;
      if (invalid > input.mostInvalid * own.length) return Number.NaN;
      const whole = invalid > 0 ? holdInvalid(own, Math.round(HOLD * fs)) : own;
      if (fs === input.fs && whole.length >= length) grid.set(whole.subarray(0, length));
      else resampler.run(whole, 0, 0, length, grid, 0);
      const x = filterZeroPhase(grid, sections);
      for (let i = 0; i < length; i++) magnitudes[i] = Math.abs(x[i]);
      const magnitude = magnitudes.sort()[rank];
      if (magnitude < input.scale.still) return magnitude;
      const scale = 1 / magnitude;
      for (let i = 0; i < length; i++)
        into[at + i] = Math.min(input.limit, Math.max(-input.limit, x[i] * scale));
      return magnitude;
    },
  };
}
