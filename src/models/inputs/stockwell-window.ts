import * as v from 'valibot';
import { EcgError, type SignalInfo } from '../../core/index.js';
import {
  butterworthHighPass,
  butterworthLowPass,
  createStockwell,
  filterZeroPhase,
  type StockwellVoices,
} from '../../dsp/index.js';
import { normaliseStretch } from './normalise.js';
import { resampleLead } from './resample-lead.js';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** What a network on windows of seconds, or on their time-frequency pictures, expects of a recording, as data. */
export const StockwellWindowSchema = v.pipe(
  v.strictObject({
    /** Names of the lead that is taken, upper case; the first ECG lead where no lead bears one. */
    leads: v.array(v.string()),
    /** Hz of the grid. */
    fs: v.pipe(v.number(), v.minValue(50), v.maxValue(1000)),
    /** s; windows follow each other without overlap from the recording's begin. */
    window: positive,
    /** Butterworth band-pass run forwards and backwards over the whole lead; cutoffs in Hz. */
    band: v.strictObject({ low: positive, high: positive, order: v.pipe(count, v.maxValue(12)) }),
    picture: v.strictObject({
      /** Spectrum the Gaussian windows are laid on: the signal's or its analytic signal's. */
      form: v.picklist(['standard', 'analytic']),
      /** Rows, from the lowest to the highest frequency, Hz, in equal steps or equal ratios, at least one bin apart. */
      voices: v.strictObject({
        count,
        low: positive,
        high: positive,
        spacing: v.picklist(['linear', 'logarithmic']),
      }),
      /** Columns; each is the mean magnitude of `instants` equally spaced instants. */
      columns: count,
      instants: count,
      /** Decimal logarithms of the magnitude, for a window of standard deviation 1, that become 0 and 1. */
      darkest: v.pipe(v.number(), v.finite()),
      brightest: v.pipe(v.number(), v.finite()),
    }),
  }),
  v.check(({ band }) => band.low < band.high, 'Expected band.low below band.high'),
  v.check(({ band, fs }) => band.high < fs / 2, 'Expected band.high below fs / 2'),
  v.check(({ picture }) => picture.darkest < picture.brightest, 'Expected darkest below brightest'),
  v.check(({ picture }) => picture.voices.low < picture.voices.high, 'Expected voices.low below voices.high'),
  v.check(
    ({ picture: { voices }, fs, window }) =>
      voices.high <= fs / 2 && Math.floor((voices.high - voices.low) * window) >= voices.count - 1,
    'Expected voices below fs / 2, no more than there are bins of 1 / window Hz',
  ),
);

export type StockwellWindowInput = v.InferOutput<typeof StockwellWindowSchema>;

/** Ten seconds of lead II at 125 Hz, 0.5…40 Hz, as 64 voices by 128 columns. */
export const STOCKWELL_WINDOW: StockwellWindowInput = {
  leads: ['MLII', 'II'],
  fs: 125,
  window: 10,
  band: { low: 0.5, high: 40, order: 2 },
  picture: {
    form: 'standard',
    voices: { count: 64, low: 0.5, high: 40, spacing: 'logarithmic' },
    columns: 128,
    instants: 5,
    darkest: -3,
    brightest: 0,
  },
};

/** Samples of a window. */
export function windowLength({ fs, window }: Pick<StockwellWindowInput, 'fs' | 'window'>): number {
  return Math.round(fs * window);
}

/** Shape of one picture: one channel, voices from low to high, columns. */
export function stockwellPictureShape({ picture }: StockwellWindowInput): [number, number, number] {
  return [1, picture.voices.count, picture.columns];
}

/**
 * The signal windows are cut from: the first one that bears one of the input's names, else the first in mV.
 * @throws EcgError `unsupported` when no signal is in mV
 */
export function chooseWindowLead(signals: readonly SignalInfo[], { leads }: StockwellWindowInput): number {
  const named = signals.findIndex(
    ({ lead, unit }) => unit === 'mV' && leads.includes(lead.trim().toUpperCase()),
  );
  const chosen = named >= 0 ? named : signals.findIndex(({ unit }) => unit === 'mV');
  if (chosen < 0)
    throw new EcgError('unsupported', 'windows: the recording has no signal in mV, give one with an ECG');
  return chosen;
}

/**
 * The whole windows of a lead: resampled, band-passed, each brought to mean 0 and standard deviation 1; a flat one is zeros.
 *
 * @param samples  mV at `fs`, NaN where invalid
 * @returns        [windows, windowLength]; window w begins at w · window s
 */
export function cutWindows(samples: Float32Array, fs: number, input: StockwellWindowInput): Float32Array {
  const length = windowLength(input);
  const { low, high, order } = input.band;
  const sections = [
    ...butterworthHighPass({ fs: input.fs, cutoff: low, order }),
    ...butterworthLowPass({ fs: input.fs, cutoff: high, order }),
  ];
  const lead = filterZeroPhase(resampleLead(samples, fs, input.fs), sections);
  const windows = lead.slice(0, Math.floor(lead.length / length) * length);
  for (let at = 0; at < windows.length; at += length) normaliseStretch(windows, at, at + length, 'z-score');
  return windows;
}

/** Frequency bins of the voices, ascending; bin n is n / window Hz. */
export function voiceBins({ window, picture: { voices } }: StockwellWindowInput): number[] {
  const low = Math.max(1, Math.round(voices.low * window));
  const high = Math.round(voices.high * window);
  const bins: number[] = [];
  for (let i = 0; i < voices.count; i++) {
    const share = voices.count === 1 ? 0 : i / (voices.count - 1);
    const wanted = voices.spacing === 'linear' ? low + share * (high - low) : low * (high / low) ** share;
    bins.push(i === 0 ? low : Math.max(bins[i - 1] + 1, Math.round(wanted)));
  }
  return bins;
}

/** Draws one window. */
export interface StockwellPicture {
  /**
   * Writes a window's picture, [voices, columns], to `into` from `at`: 0 for `darkest` and below, 255 for `brightest`.
   * @param window  as `cutWindows` makes it
   */
  draw(window: Float32Array, into: Uint8Array, at: number): void;
}

/**
 * What makes pictures of windows: Stockwell magnitudes, a logarithm of their means over time, bytes.
 *
 * A column's instants are equally spaced between its edges' times c · window / columns; voices are exact there.
 */
export function createStockwellPicture(input: StockwellWindowInput): StockwellPicture {
  const { form, columns, instants, darkest, brightest } = input.picture;
  const times = columns * instants;
  const plan = createStockwell({ length: windowLength(input), voices: voiceBins(input), form, times });
  const size = plan.voices.length * times;
  const voices: StockwellVoices = { re: new Float64Array(size), im: new Float64Array(size) };
  const scale = 255 / (brightest - darkest);
  return {
    draw(window, into, at) {
      const { re, im } = plan.transform(window, voices);
      const cells = plan.voices.length * columns;
      for (let cell = 0, from = 0; cell < cells; cell++) {
        let sum = 0;
        for (const end = from + instants; from < end; from++)
          sum += Math.sqrt(re[from] * re[from] + im[from] * im[from]);
        const level = Math.round((Math.log10(sum / instants) - darkest) * scale);
        into[at + cell] = Math.min(255, Math.max(0, level));
      }
    },
  };
}
