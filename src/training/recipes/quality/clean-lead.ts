import { butterworthHighPass, butterworthLowPass, filterZeroPhase } from '../../../dsp/index.js';
import { detectBeats, qrsAmplitude, signalToNoise } from '../../../ecg/index.js';

/** dB of the QRS complexes over what moves between them, 5…40 Hz, that a clean lead has at least. */
const LEAST_RATIO = 20;
/** A clean lead's largest range in 2 s beside its usual one. */
const MOST_UNEVEN = 2.5;
/** Beats a second. */
const FEWEST_BEATS = 0.5;
/** s of the pieces whose median tells what moves between the complexes. */
const PIECE = 0.1;

/**
 * The QRS amplitude of a lead that is clean by itself, so that what is added decides its quality; undefined of one
 * that is not: hardly any beats found, noise between them, or torn.
 *
 * @param lead  mV, finite
 * @param fs    Hz, at least 100
 */
export function cleanQrsAmplitude(lead: Float32Array, fs: number): number | undefined {
  const beats = detectBeats([lead], fs);
  if (beats.length < (FEWEST_BEATS * lead.length) / fs) return undefined;
  const qrs = qrsAmplitude(lead, fs, beats);
  const heard = filterZeroPhase(lead, [
    ...butterworthHighPass({ fs, cutoff: 5, order: 2 }),
    ...butterworthLowPass({ fs, cutoff: 40, order: 2 }),
  ]);
  const size = Math.round(PIECE * fs);
  const pieces: number[] = [];
  for (let from = 0; from + size <= heard.length; from += size) {
    let squares = 0;
    for (let i = from; i < from + size; i++) squares += heard[i] * heard[i];
    pieces.push(Math.sqrt(squares / size));
  }
  if (!(signalToNoise(qrs, median(pieces)) >= LEAST_RATIO)) return undefined;
  const ranges: number[] = [];
  for (let from = 0; from + 2 * fs <= lead.length; from += Math.round(2 * fs)) {
    const part = lead.subarray(from, from + Math.round(2 * fs));
    ranges.push(part.reduce((a, b) => Math.max(a, b)) - part.reduce((a, b) => Math.min(a, b)));
  }
  return Math.max(...ranges) <= MOST_UNEVEN * median(ranges) ? qrs : undefined;
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? Number.NaN;
}
