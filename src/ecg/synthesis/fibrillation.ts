import { substream } from './substream.js';

/** mV of the f waves in a lead whose factor is 1. */
const AMPLITUDE_MV = 0.06;
const HARMONICS = 3;

/**
 * Adds the f waves of fibrillating atria to a block, in place: a saw-tooth of 5–7 a second whose rate and
 * size swing slowly.
 *
 * @param from    s, where the episode begins
 * @param to      s, where it ends
 * @param factor  size in this lead, 1 in V1
 *
 * Source: Stridh & Sörnmo, IEEE TBME 48(1):105–111, 2001, doi:10.1109/10.900266, section IV.
 */
export function addFibrillation(
  samples: Float64Array,
  fs: number,
  start: number,
  from: number,
  to: number,
  factor: number,
  seed: number,
): void {
  const random = substream(seed, 21);
  const rate = 5 + 2 * random.next();
  const swingHz = 0.2 + 0.1 * random.next();
  const swellHz = 0.15 + 0.1 * random.next();
  const first = Math.max(0, Math.ceil(from * fs) - start);
  const end = Math.min(samples.length, Math.ceil(to * fs) - start);
  for (let i = first; i < end; i++) {
    const t = (start + i) / fs;
    const theta = 2 * Math.PI * rate * t + (0.25 / swingHz) * Math.sin(2 * Math.PI * swingHz * t);
    const size = 1 + 0.35 * Math.sin(2 * Math.PI * swellHz * t);
    let sum = 0;
    for (let k = 1; k <= HARMONICS; k++) sum -= Math.sin(k * theta) / k;
    samples[i] = samples[i]! + AMPLITUDE_MV * factor * size * sum;
  }
}
