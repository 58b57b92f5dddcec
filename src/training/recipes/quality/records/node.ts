import { join } from 'node:path';
import {
  breatheWhenDue,
  createRandom,
  type Random,
  type RunOptions,
  throwIfCancelled,
} from '../../../../core/index.js';
import { createGridResampler } from '../../../../dsp/index.js';
import { detectBeats, findLeadFaults, qrsAmplitude } from '../../../../ecg/index.js';
import { openFile } from '../../../../formats/node.js';
import { createQualityWindows, qualitySecondLength } from '../../../../models/index.js';
import type { ExampleSet } from '../../../examples/example-set.js';
import { cleanQrsAmplitude } from '../clean-lead.js';
import type { QualityData, Side } from '../data.js';
import { disturbLead, type NoiseBank, secondRatios } from '../disturb-lead.js';
import { cleanStretches, lethalStretches } from '../lead-quality.js';
import type { QualitySource } from '../sources/node.js';

/** In the order of a network's outputs. */
export const QUALITY_CLASSES = ['good', 'noisy'] as const;

/** s of a stretch of a long recording. */
const STRETCH = 60;
/** Share of the stretches of long recordings that are scaled by the whole of it. */
const LONG = 0.65;
/** s: shorter stretches are left out. */
const SHORTEST = 5;

/**
 * The half of the noise records that a side may hear: the first for training and validation, the second for the test.
 * @throws EcgError `not-found` without nstdb
 */
export async function readNoise(dataFolder: string, isTest: boolean): Promise<NoiseBank> {
  const channels = async (name: string) => {
    const reader = await openFile(join(dataFolder, 'nstdb', name));
    try {
      const half = Math.floor(reader.info.length / 2);
      const range = isTest ? { from: half } : { to: half };
      return (await reader.read(range)).signals.map(({ samples }) => samples);
    } finally {
      await reader.close();
    }
  };
  return { fs: 360, wander: await channels('bw'), muscle: await channels('ma') };
}

/** A bank at another rate. */
function resampledBank(bank: NoiseBank, fs: number): NoiseBank {
  if (fs === bank.fs) return bank;
  const resampler = createGridResampler({ fsIn: bank.fs, fsOut: fs, cutoff: fs / 2, halfWidth: 0.03 });
  const at = (channel: Float32Array) => {
    const out = new Float32Array(Math.floor(((channel.length - 1) * fs) / bank.fs) + 1);
    resampler.run(channel, 0, 0, out.length, out, 0);
    return out;
  };
  return { fs, wander: bank.wander.map(at), muscle: bank.muscle.map(at) };
}

/** Disturbed seconds of all sources, good and noisy. */
export async function cutQualityExamples(
  sources: readonly QualitySource[],
  data: QualityData,
  dataFolder: string,
  options?: RunOptions,
): Promise<ExampleSet> {
  const banks = { learned: await readNoise(dataFolder, false), tested: await readNoise(dataFolder, true) };
  const kept = new Map<string, NoiseBank>();
  const bankOf = (side: Side, fs: number): NoiseBank => {
    const half = side === 'test' ? 'tested' : 'learned';
    const bank = kept.get(`${half} ${fs}`) ?? resampledBank(banks[half], fs);
    kept.set(`${half} ${fs}`, bank);
    return bank;
  };
  const windows: Float32Array[] = [];
  const labels: number[] = [];
  const records: number[] = [];
  for (const [r, source] of sources.entries()) {
    throwIfCancelled(options, 'training');
    const random = createRandom(data.seed * 100_003 + r);
    for (const { lead, fs, qrs, usual } of await cleanLeads(source, data, dataFolder, random)) {
      for (let round = 0; round < data.rounds; round++) {
        await breatheWhenDue();
        const bank = bankOf(source.side, fs);
        for (const [window, label] of disturbedSeconds(lead, qrs, usual, bank, data, random)) {
          windows.push(window);
          labels.push(label);
          records.push(r);
        }
      }
    }
    options?.onProgress?.({ stage: 'prepare', done: r + 1, total: sources.length });
  }
  const length = qualitySecondLength(data.input);
  const all = new Float32Array(windows.length * length);
  windows.forEach((window, i) => {
    all.set(window, i * length);
  });
  return {
    classes: QUALITY_CLASSES,
    shape: [1, length],
    data: all,
    label: Uint8Array.from(labels),
    record: Uint16Array.from(records),
    records: sources.map(({ id, patient }) => ({ id, patient })),
  };
}

/**
 * Some seconds of a stretch once disturbed, with their labels; those between the borders are left out.
 * @param usual  mV, the range that is usual in the recording the stretch is from; undefined of a short one
 */
function disturbedSeconds(
  lead: Float32Array,
  qrs: number,
  usual: number | undefined,
  bank: NoiseBank,
  data: QualityData,
  random: Random,
): [Float32Array, number][] {
  const { fs } = bank;
  const snr = data.snr.low + (data.snr.high - data.snr.low) * random.next();
  const { samples, noise } = disturbLead(lead, qrs, snr, bank, random);
  const ratios = secondRatios(noise, fs, qrs, data.band);
  // Which way up an electrode sits is no matter of quality.
  if (random.next() < 0.5) for (let i = 0; i < samples.length; i++) samples[i] = -samples[i];
  const plan = createQualityWindows(fs, data.input);
  // A stretch of a long recording is scaled by what is usual in it, or by itself where all of it is alike.
  const scale = random.next() < LONG ? usual : undefined;
  const windows = plan.cut(samples, 0, ratios.length, scale);
  const chosen = Array.from(ratios.keys());
  for (let i = 0; i < Math.min(data.seconds, chosen.length); i++) {
    const j = i + random.integer(chosen.length - i);
    [chosen[i], chosen[j]] = [chosen[j], chosen[i]];
  }
  return chosen.slice(0, data.seconds).flatMap((s): [Float32Array, number][] => {
    const label = ratios[s] >= data.goodFrom ? 0 : ratios[s] <= data.noisyUpTo ? 1 : undefined;
    return label === undefined ? [] : [[windows.slice(s * plan.length, (s + 1) * plan.length), label]];
  });
}

/** A clean stretch of a lead. */
interface CleanLead {
  readonly lead: Float32Array;
  readonly fs: number;
  /** mV, of its QRS complexes. */
  readonly qrs: number;
  /** mV, the usual range of a long recording. */
  readonly usual: number | undefined;
}

/**
 * Clean stretches of a recording's leads: as the experts of mitdb judged them, of vfdb the rhythms without QRS complexes,
 * elsewhere as the signal tells.
 */
async function cleanLeads(
  { id }: QualitySource,
  { leads, input }: QualityData,
  dataFolder: string,
  random: Random,
): Promise<CleanLead[]> {
  const reader = await openFile(join(dataFolder, id));
  try {
    const { signals, annotations } = await reader.read();
    const chosen = signals.map((_, i) => i).sort(() => random.next() - 0.5);
    const clean: CleanLead[] = [];
    for (const s of chosen.slice(0, leads)) {
      const { samples, fs } = signals[s];
      await breatheWhenDue();
      if (samples.some(Number.isNaN)) continue;
      const isMitdb = id.startsWith('mitdb/');
      if (isMitdb || id.startsWith('vfdb/')) {
        const qrs = qrsAmplitude(samples, fs, detectBeats([samples], fs));
        const usual = createQualityWindows(fs, input).usualRange(samples, 0, Math.floor(samples.length / fs));
        const stretches = isMitdb
          ? cleanStretches(annotations, s, samples.length)
          : lethalStretches(annotations, samples.length);
        for (const { from, to } of stretches)
          for (let at = from; at + SHORTEST * fs <= to; at += (isMitdb ? 2 : 1) * STRETCH * fs)
            clean.push({ lead: samples.slice(at, Math.min(to, at + STRETCH * fs)), fs, qrs, usual });
        continue;
      }
      if (samples.length < SHORTEST * fs) continue;
      const qrs = cleanQrsAmplitude(samples, fs);
      if (qrs !== undefined && (await findLeadFaults(samples, fs)).every((code) => code === 0))
        clean.push({ lead: samples, fs, qrs, usual: undefined });
    }
    return clean;
  } finally {
    await reader.close();
  }
}
