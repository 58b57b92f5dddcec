import type { Random } from '../../../core/index.js';
import { butterworthHighPass, butterworthLowPass, filterZeroPhase } from '../../../dsp/index.js';
import { electrodeMotion, noiseAmplitude, noiseGain, signalToNoise } from '../../../ecg/index.js';

/** Recorded noise, at the rate of the lead it disturbs. */
export interface NoiseBank {
  readonly fs: number;
  /** Baseline wander and muscle artefact, a few channels each. */
  readonly wander: readonly Float32Array[];
  readonly muscle: readonly Float32Array[];
}

/** What disturbs a stretch, and how often it is drawn. */
const KINDS = [
  ['none', 0.08],
  ['wander', 0.14],
  ['muscle', 0.28],
  ['motion', 0.28],
  ['mixture', 0.14],
  ['coloured', 0.08],
] as const;

type Kind = (typeof KINDS)[number][0];

/** Share of stretches that are disturbed from end to end; the others are on and off. */
const THROUGHOUT = 0.3;
/** s of a disturbed or quiet while: between these, equally likely in ratio; and s of its fading. */
const WHILE = [2, 15] as const;
const FADE = 0.1;

/** A lead with noise in it. */
export interface DisturbedLead {
  readonly samples: Float32Array;
  /** What was added. */
  readonly noise: Float32Array;
}

/**
 * A clean stretch with noise of one drawn kind, at a drawn ratio, throughout or now and then.
 *
 * @param clean  mV
 * @param qrs    its QRS amplitude, mV
 * @param snrDb  dB by the measure of the noise stress test
 */
export function disturbLead(
  clean: Float32Array,
  qrs: number,
  snrDb: number,
  bank: NoiseBank,
  random: Random,
): DisturbedLead {
  const { fs } = bank;
  const noise = drawNoise(drawKind(random), clean.length, bank, random);
  const amplitude = noiseAmplitude(noise, fs);
  const gain = amplitude > 0 ? noiseGain(qrs, amplitude, snrDb) : 0;
  const envelope = drawEnvelope(clean.length, fs, random);
  const samples = clean.slice();
  for (let i = 0; i < samples.length; i++) {
    noise[i] *= gain * envelope[i];
    samples[i] += noise[i];
  }
  return { samples, noise };
}

/**
 * dB of the QRS complexes over the noise within a band, of each whole second; infinite where there is none.
 *
 * @param noise  mV, what was added
 * @param qrs    mV
 */
export function secondRatios(
  noise: Float32Array,
  fs: number,
  qrs: number,
  band: { readonly low: number; readonly high: number },
): Float64Array {
  const heard = filterZeroPhase(noise, [
    ...butterworthHighPass({ fs, cutoff: band.low, order: 2 }),
    ...butterworthLowPass({ fs, cutoff: Math.min(band.high, 0.45 * fs), order: 2 }),
  ]);
  return Float64Array.from({ length: Math.floor(noise.length / fs) }, (_, s) => {
    let squares = 0;
    const from = Math.round(s * fs);
    const to = Math.round((s + 1) * fs);
    for (let i = from; i < to; i++) squares += heard[i] * heard[i];
    return signalToNoise(qrs, Math.sqrt(squares / (to - from)));
  });
}

function drawKind(random: Random): Kind {
  let left = random.next();
  for (const [kind, share] of KINDS) {
    left -= share;
    if (left < 0) return kind;
  }
  return 'mixture';
}

function drawNoise(kind: Kind, length: number, bank: NoiseBank, random: Random): Float32Array {
  switch (kind) {
    case 'none':
      return new Float32Array(length);
    case 'wander':
      return drawRecorded(bank.wander, length, random);
    case 'muscle':
      return drawRecorded(bank.muscle, length, random);
    case 'motion':
      return electrodeMotion(length, bank.fs, random);
    case 'coloured':
      return colouredNoise(length, bank.fs, random);
    case 'mixture': {
      const sum = new Float32Array(length);
      const parts = [
        drawRecorded(bank.wander, length, random),
        drawRecorded(bank.muscle, length, random),
        electrodeMotion(length, bank.fs, random),
      ];
      for (const part of parts) {
        const weight = random.next() / Math.max(1e-9, noiseAmplitude(part, bank.fs));
        for (let i = 0; i < length; i++) sum[i] += weight * part[i];
      }
      return sum;
    }
  }
}

/** A stretch of a recorded channel from anywhere, either way up. */
function drawRecorded(channels: readonly Float32Array[], length: number, random: Random): Float32Array {
  const channel = channels[random.integer(channels.length)];
  const sign = random.next() < 0.5 ? -1 : 1;
  const from = random.integer(channel.length);
  const first = channel[from];
  return Float32Array.from({ length }, (_, i) => sign * (channel[(from + i) % channel.length] - first));
}

/** White noise after a band-pass of drawn edges. */
function colouredNoise(length: number, fs: number, random: Random): Float32Array {
  const low = 0.5 * 40 ** random.next();
  const high = Math.min(0.45 * fs, low * 1.6 + 60 * random.next());
  const white = Float32Array.from({ length }, () => random.normal());
  return filterZeroPhase(white, [
    ...butterworthHighPass({ fs, cutoff: low, order: 2 }),
    ...butterworthLowPass({ fs, cutoff: high, order: 2 }),
  ]);
}

function drawEnvelope(length: number, fs: number, random: Random): Float32Array {
  const envelope = new Float32Array(length).fill(1);
  if (random.next() < THROUGHOUT) return envelope;
  let level = random.next() < 0.5 ? 1 : 0;
  let now = level;
  const step = 1 / (FADE * fs);
  for (let i = 0, left = 0; i < length; i++, left--) {
    if (left <= 0) {
      left = WHILE[0] * (WHILE[1] / WHILE[0]) ** random.next() * fs;
      if (i > 0) level = level > 0 ? 0 : 0.4 + 0.6 * random.next();
    }
    now += Math.min(step, Math.max(-step, level - now));
    envelope[i] = now;
  }
  return envelope;
}
