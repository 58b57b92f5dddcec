import { type InputContract, inputShape } from '../../models/index.js';
import type { ExampleShapes, Part } from '../example.js';
import { slidingParts } from '../occlusion.js';

/** The stretches of a beat's window, s from its R peak; `to` is exclusive. */
export const BEAT_ZONES = [
  { name: 'P', from: Number.NEGATIVE_INFINITY, to: -0.08 },
  { name: 'QRS', from: -0.08, to: 0.1 },
  { name: 'T', from: 0.1, to: Number.POSITIVE_INFINITY },
] as const;

/** P, QRS or T: the zone of a window by its time from the R peak (chosen to hold a QRS of 180 ms). */
export type BeatZone = (typeof BEAT_ZONES)[number]['name'];

/** What the inputs of a beat network hold, read off its contract. */
export interface BeatInputs {
  readonly shapes: ExampleShapes;
  /** Rows of `waves` that show each lead: the lead itself and, where the contract has it, its difference. */
  readonly leads: readonly (readonly number[])[];
  /** Samples of a window, and the R peak's place in it. */
  readonly length: number;
  readonly peak: number;
  /** Hz. */
  readonly fs: number;
  /** The groups of features; `present` is none, it says what is there. */
  readonly groups: readonly Part[];
}

/** The parts of a beat that its explanation speaks of; nothing is known of the network but its contract. */
export function beatInputs(contract: InputContract): BeatInputs {
  const shape = inputShape(contract);
  const { count } = contract.leads;
  const leads = Array.from({ length: count }, (_, lead) =>
    Array.from({ length: shape.channels }, (_, row) => row).filter((row) => row % count === lead),
  );
  const groups = Object.entries(shape.groups)
    .filter(([name, { from, to }]) => name !== 'present' && to > from)
    .map(([name, { from, to }]): Part => ({ name, runs: [{ input: 'features', row: 0, from, to }] }));
  return {
    shapes: { waves: [shape.channels, shape.length], features: [shape.features] },
    leads,
    length: shape.length,
    peak: shape.peak,
    fs: contract.fs,
    groups,
  };
}

/** Windows of a lead, `widthS` long every `strideS`, the lead and its difference from the template together. */
export function waveParts(inputs: BeatInputs, widthS: number, strideS: number): Part[] {
  const samples = (seconds: number) => Math.max(1, Math.round(seconds * inputs.fs));
  return inputs.leads.flatMap((rows, lead) =>
    slidingParts(`lead ${lead}`, 'waves', rows, inputs.length, samples(widthS), samples(strideS)),
  );
}

/** The zone of a sample of the window. */
export function zoneAt({ peak, fs }: BeatInputs, sample: number): BeatZone {
  const time = (sample - peak) / fs;
  return (BEAT_ZONES.find(({ from, to }) => time >= from && time < to) as (typeof BEAT_ZONES)[number]).name;
}
