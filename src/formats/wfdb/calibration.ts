import type { AdcScale, SignalInfo } from '../../core/index.js';
import { millivoltsIn } from '../units.js';
import type { SignalLine } from './header.js';
import { SAMPLE_FORMATS } from './sample-formats.js';

/** ADC units per mV of a signal that states none, as the format prescribes. */
const DEFAULT_GAIN = 200;

/**
 * The description of one signal, in mV when the file's unit is a voltage.
 *
 * @param frameFs  frames a second
 * @param index    the place of the signal, for its name and the warnings
 * @param warnings receives a sentence when the gain is the format's default
 */
export function calibrate(line: SignalLine, frameFs: number, index: number, warnings: string[]): SignalInfo {
  const lead = line.description ?? `signal ${index}`;
  const fileUnit = line.unit ?? 'mV';
  const millivolts = millivoltsIn(fileUnit);
  const fileGain = line.gain === undefined || line.gain === 0 ? DEFAULT_GAIN : line.gain;
  if (fileGain !== line.gain && line.format !== 0) {
    warnings.push(
      `signal ${index} (${lead.slice(0, 60)}) has no calibration, its gain is taken as ${DEFAULT_GAIN} ADC units per ${fileUnit}`,
    );
  }
  const zero = line.zero ?? 0;
  const adc: AdcScale = {
    gain: millivolts === undefined ? fileGain : fileGain / millivolts,
    baseline: line.baseline ?? zero,
    zero,
    bits: line.bits ?? SAMPLE_FORMATS.get(line.format)!.bits,
  };
  return {
    lead,
    unit: millivolts === undefined ? fileUnit : 'mV',
    fs: frameFs * line.samplesPerFrame,
    adc,
  };
}
