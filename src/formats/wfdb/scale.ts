import type { AdcScale } from '../../core/index.js';
import type { SampleFormat } from './sample-formats.js';

// Each loop also sums what it passes, for the checksum: a second pass would cost as much as the first.

/** An impossible sample: no 32-bit integer equals it. */
const NONE = 0x80000000;

/**
 * The physical value of every sample the format can store, from its lowest, or undefined when a read is
 * too short to gain by it. A look-up takes a third of the time of a division and a test for the invalid code.
 */
export function tableOf(format: SampleFormat, scale: AdcScale, samples: number): Float32Array | undefined {
  const { storedBits } = format;
  if (storedBits === undefined || samples < 2 ** (storedBits + 1)) return undefined;
  const half = 2 ** (storedBits - 1);
  const table = new Float32Array(2 * half);
  for (let i = 0; i < table.length; i++) {
    table[i] = i - half === format.invalid ? Number.NaN : (i - half - scale.baseline) / scale.gain;
  }
  return table;
}

/** A strided run of ADC units through a table of physical values; returns their 32-bit sum. */
export function translateRun(
  chunk: Int32Array,
  start: number,
  stride: number,
  run: number,
  out: Float32Array,
  outAt: number,
  table: Float32Array,
): number {
  const half = table.length >> 1;
  let sum = 0;
  for (let i = 0, at = start; i < run; i++, at += stride) {
    const adcUnits = chunk[at];
    sum = (sum + adcUnits) | 0;
    out[outAt + i] = table[adcUnits + half];
  }
  return sum;
}

/** A strided run of ADC units as physical values, NaN for the invalid code; returns their 32-bit sum. */
export function scaleRun(
  chunk: Int32Array,
  start: number,
  stride: number,
  run: number,
  out: Float32Array,
  outAt: number,
  scale: AdcScale,
  invalid: number = NONE,
): number {
  const { gain, baseline } = scale;
  let sum = 0;
  for (let i = 0, at = start; i < run; i++, at += stride) {
    const adcUnits = chunk[at];
    sum = (sum + adcUnits) | 0;
    out[outAt + i] = adcUnits === invalid ? Number.NaN : (adcUnits - baseline) / gain;
  }
  return sum;
}

/** A strided run of ADC units as they are; returns their 32-bit sum. */
export function copyRun(
  chunk: Int32Array,
  start: number,
  stride: number,
  run: number,
  out: Int32Array,
  outAt: number,
): number {
  let sum = 0;
  for (let i = 0, at = start; i < run; i++, at += stride) {
    const adcUnits = chunk[at];
    sum = (sum + adcUnits) | 0;
    out[outAt + i] = adcUnits;
  }
  return sum;
}
