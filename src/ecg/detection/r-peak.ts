import { smallMedian } from '../../dsp/index.js';
import { DETECTION } from './constants.js';
import type { Lead } from './lead.js';
import type { Timing } from './timing.js';

const POINTS = 25;
const scratch = new Float32Array(POINTS);

/**
 * The input sample of the R peak near a peak of the envelope: the one farthest from the median of the
 * surrounding half second, a peak upwards preferred to a slightly deeper one downwards.
 *
 * @param centre  input sample of the envelope's peak
 * @param heard   input samples taken in so far
 */
export function findRPeak(lead: Lead, t: Timing, centre: number, heard: number): number {
  const { input } = lead;
  const { fs, inputMask } = t;
  const around = Math.round(DETECTION.fiducialBaseline * fs);
  let n = 0;
  for (let p = 0; p < POINTS; p++) {
    const i = centre - around + Math.round((2 * around * p) / (POINTS - 1));
    if (i >= 0 && i < heard) scratch[n++] = input[i & inputMask]!;
  }
  const baseline = smallMedian(scratch, n);
  const reach = Math.round(DETECTION.fiducialReach * fs);
  let best = -1;
  let at = centre;
  const last = Math.min(heard - 1, centre + reach);
  for (let i = Math.max(0, centre - reach); i <= last; i++) {
    const x = input[i & inputMask]! - baseline;
    const size = x > 0 ? DETECTION.fiducialUpwards * x : -x;
    if (size > best) {
      best = size;
      at = i;
    }
  }
  return at;
}

/**
 * How much a lead bends around an input sample: the mean size of its second difference over 8 ms, which a QRS has
 * much of and a T wave of the same height little.
 *
 * @param heard  input samples taken in so far
 */
export function bendAround(lead: Lead, t: Timing, centre: number, heard: number): number {
  const { input } = lead;
  const { inputMask } = t;
  const d = Math.max(1, Math.round(DETECTION.bendStep * t.fs));
  const reach = Math.round(DETECTION.bendReach * t.fs);
  const from = Math.max(d, centre - reach);
  const to = Math.min(heard - d, centre + reach + 1);
  let sum = 0;
  for (let i = from; i < to; i++)
    sum += Math.abs(input[(i + d) & inputMask]! - 2 * input[i & inputMask]! + input[(i - d) & inputMask]!);
  return to > from ? sum / (to - from) : 0;
}
