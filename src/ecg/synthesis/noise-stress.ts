/** How large a signal and a noise are and how loud the noise becomes: the measures of the noise stress test. */

/** Measurements a trimmed mean is taken of, at most, and the share of them left out at either end. */
const MEASUREMENTS = 300;
const TRIMMED = 0.05;
/** s on either side of an R peak in which a QRS complex is measured. */
const QRS_REACH = 0.05;

/** A stretch of samples; `to` is exclusive. */
export interface NoisySpan {
  readonly from: number;
  readonly to: number;
}

/**
 * The peak-to-peak amplitude of the QRS complexes: of the first 300, each within 50 ms of its R peak, the mean without
 * the largest and smallest 5 %.
 *
 * @param lead   any unit, NaN where invalid
 * @param fs     Hz
 * @param beats  R peaks of normal beats, samples
 * @returns      in the unit of `lead`; 0 without beats
 *
 * Source: nst(1) and sigamp(1) of the WFDB Applications Guide; Moody, Muldrow & Mark, Computers in Cardiology
 * 11:381–384, 1984.
 */
export function qrsAmplitude(lead: Float32Array, fs: number, beats: ArrayLike<number>): number {
  const reach = Math.round(QRS_REACH * fs);
  const sizes: number[] = [];
  for (let b = 0; b < beats.length && sizes.length < MEASUREMENTS; b++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = Math.max(0, beats[b] - reach); i <= Math.min(lead.length - 1, beats[b] + reach); i++) {
      if (lead[i] < low) low = lead[i];
      if (lead[i] > high) high = lead[i];
    }
    if (high >= low) sizes.push(high - low);
  }
  return trimmedMean(sizes);
}

/**
 * The amplitude of a noise: the standard deviation of each of its first 300 seconds, the mean of these without the
 * largest and smallest 5 %. What moves slower than a second hardly counts.
 *
 * @param noise  any unit; at least 1 s
 * @param fs     Hz
 * @returns      in the unit of `noise`; 0 when shorter than a second
 *
 * Source: as `qrsAmplitude`.
 */
export function noiseAmplitude(noise: Float32Array, fs: number): number {
  const window = Math.round(fs);
  const sizes: number[] = [];
  for (let from = 0; from + window <= noise.length && sizes.length < MEASUREMENTS; from += window)
    sizes.push(Math.sqrt(variance(noise, from, from + window)));
  return trimmedMean(sizes);
}

/**
 * What a noise is multiplied with for a signal-to-noise ratio.
 *
 * The signal's power is that of a sinusoid of the QRS's peak-to-peak amplitude, A²/8; the noise's is its amplitude
 * squared.
 *
 * @param qrs    of `qrsAmplitude`
 * @param noise  of `noiseAmplitude`, > 0
 * @param snrDb  dB
 *
 * Source: as `qrsAmplitude`.
 */
export function noiseGain(qrs: number, noise: number, snrDb: number): number {
  return (qrs / Math.sqrt(8) / noise) * 10 ** (-snrDb / 20);
}

/** dB of a signal of this QRS amplitude over a noise of this standard deviation, of the same unit. */
export function signalToNoise(qrs: number, noise: number): number {
  return 20 * Math.log10(qrs / Math.sqrt(8) / noise);
}

/**
 * A signal with noise in some spans. Where a span begins or ends, the noise's level joins without a step: outside the
 * spans an offset stays, as an electrode's would.
 *
 * @param clean  samples
 * @param noise  of the same unit and rate; where it ends, it begins again
 * @param gain   of `noiseGain`
 * @param spans  ascending, not overlapping
 *
 * Source: as `qrsAmplitude`; the offsets are those of nst.
 */
export function addNoise(
  clean: Float32Array,
  noise: Float32Array,
  gain: number,
  spans: readonly NoisySpan[],
): Float32Array {
  const out = clean.slice();
  let offset = 0;
  let done = 0;
  for (const { from, to } of spans) {
    const end = Math.min(to, clean.length);
    if (from >= end) continue;
    for (let i = done; i < from; i++) out[i] += offset;
    offset -= gain * noise[from % noise.length];
    for (let i = from; i < end; i++) out[i] += gain * noise[i % noise.length] + offset;
    offset += gain * noise[end % noise.length];
    done = end;
  }
  for (let i = done; i < out.length; i++) out[i] += offset;
  return out;
}

/** s without noise at the begin, and of each noisy and each quiet stretch after it. */
const LEARNING = 300;
const STRETCH = 120;

/**
 * The noisy stretches of the standard protocol: five minutes without, then two minutes with and two without in turn.
 * @param length  samples at `fs`
 */
export function noiseStressSpans(length: number, fs: number): NoisySpan[] {
  const spans: NoisySpan[] = [];
  for (let t = LEARNING; t * fs < length; t += 2 * STRETCH)
    spans.push({ from: Math.round(t * fs), to: Math.min(length, Math.round((t + STRETCH) * fs)) });
  return spans;
}

/** Population variance of some samples. */
function variance(x: Float32Array, from: number, to: number): number {
  let sum = 0;
  let count = 0;
  for (let i = from; i < to; i++) {
    if (!(x[i] < Number.POSITIVE_INFINITY)) continue;
    sum += x[i];
    count++;
  }
  if (count === 0) return 0;
  const mean = sum / count;
  let squares = 0;
  for (let i = from; i < to; i++) if (x[i] < Number.POSITIVE_INFINITY) squares += (x[i] - mean) ** 2;
  return squares / count;
}

function trimmedMean(values: number[]): number {
  if (values.length === 0) return 0;
  values.sort((a, b) => a - b);
  const out = Math.floor(values.length * TRIMMED);
  const kept = values.slice(out, values.length - out);
  return kept.reduce((sum, value) => sum + value, 0) / kept.length;
}
