import type { AdcScale, SignalInfo } from '../../core/index.js';
import { millivoltsIn } from '../units.js';
import type { EdfSignal } from './header.js';

/** A signal's description and how its stored integers become values. */
export interface ScaledSignal {
  readonly info: SignalInfo;
  /** `value = stored · factor + shift`. */
  readonly factor: number;
  readonly shift: number;
  readonly warnings: readonly string[];
}

/** Whether a physical limit is one that 32-bit floats hold. */
function isReal(limit: number): boolean {
  return Math.abs(limit) <= 1e30;
}

/**
 * The scale of one signal: its digital range laid over its physical one, voltages in mV.
 *
 * Ranges that are empty or not numbers give no scale: the stored integers are then the values, in the unit `adu`, with
 * a warning. A physical minimum above the maximum is legal and turns the signal over.
 *
 * @param fs Hz
 */
export function scaleSignal(signal: EdfSignal, fs: number): ScaledSignal {
  const { physicalMin, physicalMax, digitalMin, digitalMax } = signal;
  const slope = (physicalMax - physicalMin) / (digitalMax - digitalMin);
  if (
    !(digitalMax > digitalMin) ||
    !(Math.abs(slope) >= 1e-30) ||
    !isReal(physicalMin) ||
    !isReal(physicalMax)
  ) {
    return {
      info: { lead: signal.label, unit: 'adu', fs },
      factor: 1,
      shift: 0,
      warnings: [
        `Signal ${signal.label}: digital ${digitalMin}…${digitalMax} cannot be laid over physical ` +
          `${physicalMin}…${physicalMax} ${signal.unit}; its samples are ADC units.`,
      ],
    };
  }
  const millivolts = millivoltsIn(signal.unit);
  const factor = slope * (millivolts ?? 1);
  const shift = physicalMin * (millivolts ?? 1) - digitalMin * factor;
  const adc: AdcScale = {
    gain: 1 / factor,
    baseline: 0 - shift / factor,
    zero: Math.trunc((digitalMin + digitalMax + 1) / 2),
    bits: Math.ceil(Math.log2(digitalMax - digitalMin + 1)),
  };
  const unit = millivolts === undefined ? signal.unit : 'mV';
  return { info: { lead: signal.label, unit, fs, adc }, factor, shift, warnings: [] };
}
