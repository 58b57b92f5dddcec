import { createFft, type Fft } from '../../../dsp/index.js';
import type { TypicalBeat } from './typical-beat.js';

/** What `noiseSummary` tells, in its order. */
export const NOISE_SUMMARY = [
  'residue',
  'residue0to3',
  'residue3to5',
  'residue5to7',
  'residue7to9',
  'residue9to12',
  'residue12to20',
  'residue20to40',
  'fibrillationPeak',
  'fibrillationRate',
  'signal0to4',
  'signal4to8',
  'signal8to15',
  'signal15to40',
  'wander',
  'peakedness',
  'evenness',
  'clipped',
  'invalid',
] as const;

type NoiseFigure = (typeof NOISE_SUMMARY)[number];

/** Hz: bands of what is left when the typical beat is taken away, and of the signal itself. */
const RESIDUE = [
  ['residue0to3', 0.5, 3],
  ['residue3to5', 3, 5],
  ['residue5to7', 5, 7],
  ['residue7to9', 7, 9],
  ['residue9to12', 9, 12],
  ['residue12to20', 12, 20],
  ['residue20to40', 20, 40],
] as const;
const SIGNAL = [
  ['signal0to4', 0.5, 4],
  ['signal4to8', 4, 8],
  ['signal8to15', 8, 15],
  ['signal15to40', 15, 40],
] as const;
/** Hz of fibrillation and flutter waves. */
const FIBRILLATION = [3.5, 10] as const;

/** Measures of one stretch; its tables are made once. */
export type NoiseSummary = (
  lead: Float32Array,
  beat: TypicalBeat,
  wander: number,
  invalid: number,
) => Readonly<Record<NoiseFigure, number>>;

/**
 * What of a stretch is not its typical beat, by frequency, and how even its amplitude is, as numbers of the order of 1.
 *
 * @param fs       Hz of the leads
 * @param longest  samples of the longest stretch
 * @param before   samples of the typical beat before its R peak
 * @param clip     largest value that leads have
 * @returns        of a lead in units of its typical beat's height; `wander` is the removed baseline's standard deviation
 *   in that unit, `invalid` the share of samples that were no number
 */
export function createNoiseSummary(fs: number, longest: number, before: number, clip: number): NoiseSummary {
  const size = 2 ** Math.ceil(Math.log2(longest));
  const fft = createFft(size);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  const residue = new Float32Array(longest);
  const leadPower = new Float64Array(size / 2);
  const restPower = new Float64Array(size / 2);
  return (lead, beat, wander, invalid) => {
    const figures = Object.fromEntries(NOISE_SUMMARY.map((name) => [name, 0])) as Record<NoiseFigure, number>;
    const rest = residue.subarray(0, lead.length);
    rest.set(lead);
    for (const peak of beat.peaks)
      for (let k = 0; k < beat.shape.length; k++) rest[peak - before + k] -= beat.shape[k];
    spectra(fft, re, im, lead, rest, leadPower, restPower);
    const band = (low: number, high: number, power = restPower): number => {
      let sum = 0;
      for (let k = Math.ceil((low * size) / fs); k < Math.floor((high * size) / fs); k++) sum += power[k];
      return sum;
    };
    const all = band(0.5, 40) + 1e-9;
    figures.residue = Math.log10(all / lead.length + 1e-6);
    for (const [name, low, high] of RESIDUE) figures[name] = Math.log10(band(low, high) / all + 1e-4);
    // A sliding band of 0.6 Hz over fibrillation's: narrow for flutter, wide for noise.
    let most = 0;
    for (let f = FIBRILLATION[0]; f < FIBRILLATION[1]; f += 0.2) {
      const own = band(f - 0.3, f + 0.3);
      if (own <= most) continue;
      most = own;
      figures.fibrillationRate = (f - 6) / 3;
    }
    figures.fibrillationPeak = most / (band(...FIBRILLATION) + 1e-9);
    const whole = band(0.5, 40, leadPower) + 1e-9;
    for (const [name, low, high] of SIGNAL)
      figures[name] = Math.log10(band(low, high, leadPower) / whole + 1e-4);
    figures.wander = Math.log10(Math.min(100, wander) + 1e-2);
    let squares = 0;
    let fourth = 0;
    let clipped = 0;
    for (let k = 0; k < lead.length; k++) {
      const x = lead[k];
      squares += x * x;
      fourth += x * x * x * x;
      if (Math.abs(x) >= clip) clipped++;
    }
    figures.peakedness = Math.log10((fourth * lead.length) / (squares * squares + 1e-9) + 1e-3);
    figures.evenness = evenness(lead, fs);
    figures.clipped = Math.log10(clipped / lead.length + 1e-4) + 4;
    figures.invalid = invalid;
    return figures;
  };
}

function largest(x: Float32Array, from: number, to: number): number {
  let most = 0;
  for (let k = from; k < to; k++) if (Math.abs(x[k]) > most) most = Math.abs(x[k]);
  return most;
}

/** ln of how much higher the loud seconds are than the quiet ones. */
function evenness(lead: Float32Array, fs: number): number {
  const step = Math.round(fs);
  const highest: number[] = [];
  for (let from = 0; from + step <= lead.length; from += step) highest.push(largest(lead, from, from + step));
  if (highest.length === 0) return 0;
  highest.sort((a, b) => a - b);
  const at = (share: number): number => highest[Math.floor(share * (highest.length - 1))];
  return Math.log((at(0.9) + 1e-2) / (at(0.1) + 1e-2));
}

/**
 * Squared magnitudes, per sample, of the lower halves of two real signals' spectra by one transform: that of `a` is the
 * even part, that of `b` the odd part. Signals shorter than the transform are filled up with zeros.
 */
function spectra(
  fft: Fft,
  re: Float64Array,
  im: Float64Array,
  a: Float32Array,
  b: Float32Array,
  powerA: Float64Array,
  powerB: Float64Array,
): void {
  re.fill(0);
  im.fill(0);
  re.set(a);
  im.set(b);
  fft.forward(re, im);
  const n = re.length;
  for (let k = 0; k < powerA.length; k++) {
    const mirror = k === 0 ? 0 : n - k;
    const evenRe = re[k] + re[mirror];
    const evenIm = im[k] - im[mirror];
    const oddRe = im[k] + im[mirror];
    const oddIm = re[mirror] - re[k];
    powerA[k] = (evenRe * evenRe + evenIm * evenIm) / (2 * n);
    powerB[k] = (oddRe * oddRe + oddIm * oddIm) / (2 * n);
  }
}
