// What both experiments share: noise by kind at any rate, and noisy versions of a recording by the nst protocol.
import { createRandom, type Recording, type RecordingReader } from '../../src/core/index.js';
import { createGridResampler } from '../../src/dsp/index.js';
import {
  addNoise,
  electrodeMotion,
  type NoisySpan,
  noiseAmplitude,
  noiseGain,
  noiseStressSpans,
  qrsAmplitude,
} from '../../src/ecg/index.js';
import { openFile } from '../../src/formats/node.js';

export const KINDS = ['bw', 'ma', 'em'] as const;
export type NoiseKind = (typeof KINDS)[number];
export const KIND_NAMES: Readonly<Record<NoiseKind, string>> = {
  bw: 'baseline wander (nstdb bw)',
  ma: 'muscle artefact (nstdb ma)',
  em: 'electrode motion (synthetic)',
};
/** dB. */
export const RATIOS = [24, 18, 12, 6, 0, -6] as const;

/** Channels of noise by kind, at a rate. */
export type Noises = Readonly<Record<NoiseKind, readonly Float32Array[]>>;

/** s of synthetic electrode motion, and its seeds: other ones than training draws. */
const MOTION_SECONDS = 900;
const MOTION_SEEDS = [90_001, 90_002];

/** Normal beats, which nst measures the signal by. */
const NORMAL = new Set(['N', 'L', 'R', 'B', 'e', 'j', 'n']);

/** The second halves of nstdb's records, which no network was trained on, and as much synthetic motion. */
export async function readNoises(dataFolder: string): Promise<(fs: number) => Noises> {
  const read = async (name: string) => {
    const reader = await openFile(`${dataFolder}/nstdb/${name}`);
    const half = await reader.read({ from: Math.floor(reader.info.length / 2) });
    await reader.close();
    return half.signals;
  };
  const recorded = { bw: await read('bw'), ma: await read('ma') };
  const byRate = new Map<number, Noises>();
  return (fs) => {
    const known = byRate.get(fs);
    if (known !== undefined) return known;
    const at = (kind: 'bw' | 'ma') =>
      recorded[kind].map(({ samples, fs: own }) => (own === fs ? samples : resampled(samples, own, fs)));
    const em = MOTION_SEEDS.map((seed) => electrodeMotion(MOTION_SECONDS * fs, fs, createRandom(seed)));
    const noises = { bw: at('bw'), ma: at('ma'), em };
    byRate.set(fs, noises);
    return noises;
  };
}

function resampled(x: Float32Array, fsIn: number, fsOut: number): Float32Array {
  const out = new Float32Array(Math.floor(((x.length - 1) * fsOut) / fsIn) + 1);
  createGridResampler({ fsIn, fsOut, cutoff: fsOut / 2, halfWidth: 0.04 }).run(x, 0, 0, out.length, out, 0);
  return out;
}

/** A whole recording in memory. */
export async function readWhole(path: string): Promise<Recording> {
  const reader = await openFile(path);
  try {
    return await reader.read();
  } finally {
    await reader.close();
  }
}

export interface Stressed {
  /** mV, one array a lead. */
  readonly leads: readonly Float32Array[];
  /** QRS amplitude of each lead, mV. */
  readonly qrs: readonly number[];
  readonly spans: readonly NoisySpan[];
}

/** A recording's leads with noise of a kind in alternate two minutes from 5:00 on; each lead has its own gain. */
export function stress(recording: Recording, noises: Noises, kind: NoiseKind, snrDb: number): Stressed {
  const { fs, annotations } = recording;
  const normal = annotations.filter(({ symbol }) => NORMAL.has(symbol)).map(({ sample }) => sample);
  const spans = noiseStressSpans(recording.length, fs);
  const qrs = recording.signals.map(({ samples }) => qrsAmplitude(samples, fs, normal));
  const leads = recording.signals.map(({ samples }, lead) => {
    const noise = noises[kind][lead % noises[kind].length];
    return addNoise(samples, noise, noiseGain(qrs[lead], noiseAmplitude(noise, fs), snrDb), spans);
  });
  return { leads, qrs, spans };
}

/** A recording with other samples, to be read as a file is. */
export function readerOf(recording: Recording, leads: readonly Float32Array[]): RecordingReader {
  const { signals, offset, ...info } = recording;
  return {
    info: { ...info, signals: signals.map(({ samples, ...signal }) => signal) },
    read: async ({ from = 0, to = recording.length, signals: chosen } = {}) => ({
      ...info,
      offset: from + offset,
      annotations: info.annotations
        .filter(({ sample }) => sample >= from && sample < to)
        .map((annotation) => ({ ...annotation, sample: annotation.sample - from })),
      gaps: [],
      signals: (chosen ?? signals.map((_, i) => i)).map((i) => ({
        ...signals[i],
        samples: leads[i].slice(from, to),
      })),
    }),
    close: async () => {},
  };
}
