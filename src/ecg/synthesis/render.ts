import { firstAtOrAfter } from '../../core/index.js';
import { addDisturbance, addGaussian } from './disturbance.js';
import { addFibrillation } from './fibrillation.js';
import { projectOnLead } from './lead-vectors.js';
import type { Morphologies, Wave } from './morphology.js';
import type { Schedule } from './schedule.js';
import type { SynthesisOptions, SynthesisScript } from './script.js';

/** Samples a block; a recording is always drawn in the same blocks, so every slice is bit for bit the same. */
const BLOCK = 4096;
/** s by which a beat reaches before and behind its R peak. */
const REACH = 1.6;

/** A function that draws samples `[from, to)` of one lead (mV, NaN in gaps). */
export type Renderer = (lead: number, from: number, to: number) => Float32Array;

/**
 * The model's voltage at any sample: for every wave of every near beat its Gaussian on the cycle.
 *
 * Source: McSharry et al. 2003, doi:10.1109/TBME.2003.808805.
 * Departs: dz/dt is solved in closed form (with the angular velocity in front, as in Sameni et al., EURASIP
 * J. Adv. Signal Process. 2007:043407, doi:10.1155/2007/43407, whose integral is the Gaussian itself), beat
 * by beat with its own cycle and without the slow leak −(z − z₀); so no sample needs the ones before it.
 */
export function createRenderer(
  script: SynthesisScript,
  options: SynthesisOptions,
  schedule: Schedule,
  morphologies: Morphologies,
  length: number,
): Renderer {
  const { fs, seed, leads } = options;
  const disturbances = script.disturbances ?? [];
  const projected = leads.map(
    (lead) =>
      new Map(
        [...morphologies].map(([shape, waves]) => [
          shape,
          waves.map((wave) => ({ ...wave, amplitude: projectOnLead(wave.dipole, lead) })),
        ]),
      ),
  );

  function drawBlock(lead: number, index: number): Float32Array {
    const start = index * BLOCK;
    const samples = new Float64Array(Math.min(BLOCK, length - start));
    const [t0, t1] = [start / fs, (start + samples.length) / fs];
    const { times, cycles, gains, shapes } = schedule;
    for (let b = firstAtOrAfter(times, t0 - REACH); b < times.length && times[b]! < t1 + REACH; b++) {
      const time = times[b]!;
      const following = b + 1 < times.length ? times[b + 1]! - time : cycles[b]!;
      const before = Math.sqrt(cycles[b]!);
      const behind = Math.sqrt(Math.min(cycles[b]!, 1.15 * following));
      const breath = 1 + 0.04 * Math.sin(2 * Math.PI * 0.25 * time);
      for (const wave of projected[lead]!.get(shapes[b]!)!) {
        const [at, width] = placeWave(wave, before, behind, fs);
        addGaussian(samples, fs, start, time + at, width, wave.amplitude * gains[b]! * breath);
      }
    }
    schedule.segments.forEach((segment, s) => {
      if (segment.rhythm === 'af' && segment.from < t1 && segment.to > t0)
        addFibrillation(samples, fs, start, segment.from, segment.to, atrialFactor(leads[lead]!), seed + s);
    });
    const block = { fs, seed, start, index };
    disturbances.forEach((disturbance, which) => {
      if (disturbance.kind === 'gap' || disturbance.kind === 'lead-off') return;
      if (disturbance.leads?.includes(leads[lead]!) ?? true)
        addDisturbance(samples, block, disturbance, lead, which);
    });
    for (const disturbance of disturbances) {
      if (disturbance.kind !== 'gap' && disturbance.kind !== 'lead-off') continue;
      if (disturbance.kind === 'lead-off' && !(disturbance.leads?.includes(leads[lead]!) ?? true)) continue;
      const first = Math.round((disturbance.from ?? 0) * fs) - start;
      const end = Math.round((disturbance.to ?? length / fs) * fs) - start;
      if (first < samples.length && end > 0)
        samples.fill(disturbance.kind === 'gap' ? Number.NaN : 0, Math.max(0, first), end);
    }
    return Float32Array.from(samples);
  }

  return (lead, from, to) => {
    const out = new Float32Array(to - from);
    for (let index = Math.floor(from / BLOCK); index * BLOCK < to; index++) {
      const block = drawBlock(lead, index);
      const begin = Math.max(from, index * BLOCK);
      const end = Math.min(to, index * BLOCK + block.length);
      out.set(block.subarray(begin - index * BLOCK, end - index * BLOCK), begin - from);
    }
    return out;
  };
}

/** s from R and s of width of a wave, given the square roots of the cycles before and behind it. */
export function placeWave(wave: Wave, before: number, behind: number, fs: number): [number, number] {
  // A pacing stimulus is shorter than a sample; the converter's own filter widens it to about one.
  if (!wave.followsRate) return [wave.at, Math.max(wave.width, 0.4 / fs)];
  const scale = (wave.at < 0 ? before : behind) / (2 * Math.PI);
  return [wave.at * scale, wave.width * scale];
}

/** f waves are largest over the right atrium. */
function atrialFactor(lead: string): number {
  if (lead === 'V1') return 1;
  return ['II', 'MLII', 'III', 'aVF', 'V2'].includes(lead) ? 0.7 : 0.35;
}
