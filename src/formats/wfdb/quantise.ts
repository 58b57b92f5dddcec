import { type AdcScale, EcgError, type Signal } from '../../core/index.js';

/** What each format stores: its limit and the gain it is usually given, ADC units per mV. */
const STORED = {
  16: { limit: 32767, gain: 1000, bits: 16 },
  212: { limit: 2047, gain: 200, bits: 12 },
} as const;

/**
 * The ADC scale a signal is written with: its own where every value fits, else the highest gain that fits.
 *
 * @param gain ADC units per physical unit, to be used instead of the signal's own
 * @throws EcgError `bad-option` when that gain is not positive
 */
export function fitScale(signal: Signal, format: 16 | 212, gain: number | undefined): AdcScale {
  if (gain !== undefined && !(gain > 0 && Number.isFinite(gain))) {
    throw new EcgError(
      'bad-option',
      `writeWfdb: the gain must be a positive number of ADC units per unit, got ${gain}`,
    );
  }
  const { limit, gain: usual, bits } = STORED[format];
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of signal.samples) {
    // Infinities have no place in a file and are written as invalid, like NaN.
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const fits = (scale: AdcScale) =>
    low > high ||
    [low, high].every((value) => Math.abs(Math.round(value * scale.gain + scale.baseline)) <= limit);
  const own = gain === undefined ? signal.adc : undefined;
  if (own !== undefined && isPlain(own) && fits(own)) return own;
  const wanted: AdcScale = { gain: gain ?? usual, baseline: 0, zero: 0, bits };
  if (fits(wanted)) return wanted;
  // Symmetric if that costs nothing, else about the middle; a power of two keeps the text of the gain short.
  const middle = (low + high) / 2;
  const half = Math.max((high - low) / 2, Number.MIN_VALUE);
  const fitting = Math.min(wanted.gain, 2 ** Math.floor(Math.log2((limit - 1) / half)));
  const baseline = Math.round(-middle * fitting);
  if (fitting > 0 && Number.isFinite(fitting) && Math.abs(baseline) <= 0x7fffffff) {
    return { gain: fitting, baseline, zero: 0, bits };
  }
  const symmetric = 2 ** Math.floor(Math.log2(limit / Math.max(Math.abs(low), Math.abs(high))));
  return { gain: symmetric, baseline: 0, zero: 0, bits };
}

/** A scale that a header can state: a gain that is a number, integers otherwise. */
function isPlain({ gain, baseline, zero, bits }: AdcScale): boolean {
  return (
    Number.isFinite(gain) &&
    gain !== 0 &&
    [baseline, zero, bits].every((value) => Number.isInteger(value) && Math.abs(value) <= 0x7fffffff)
  );
}

/**
 * Writes a signal as ADC units into the frames of a record.
 *
 * @param out    interleaved samples of all signals
 * @param spread which of a frame's samples are this signal's
 * @returns      the first stored value and the signed 16-bit sum of all
 */
export function toAdcUnits(
  samples: Float32Array,
  scale: AdcScale,
  format: 16 | 212,
  out: Int32Array,
  frames: number,
  spread: { readonly frameSamples: number; readonly column: number; readonly perFrame: number },
): { initial: number; checksum: number } {
  const { frameSamples, column, perFrame } = spread;
  const { gain, baseline } = scale;
  const invalid = -STORED[format].limit - 1;
  let sum = 0;
  for (let frame = 0, from = 0; frame < frames; frame++) {
    let at = frame * frameSamples + column;
    for (let k = 0; k < perFrame; k++, from++, at++) {
      const value = from < samples.length ? samples[from] : Number.NaN;
      const stored = Number.isFinite(value) ? Math.round(value * gain + baseline) : invalid;
      out[at] = stored;
      sum = (sum + stored) | 0;
    }
  }
  return { initial: frames > 0 ? out[column] : 0, checksum: (sum << 16) >> 16 };
}
