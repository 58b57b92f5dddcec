import { BEAT_CLASSES, type Random } from '../core/index.js';
import type { InputContract, InputShape } from '../models/index.js';
import type { BeatRecipe } from './recipe.js';
import { fibrillate, prematureRhythm } from './synthetic-rhythm.js';

/** The rows of one beat in a batch, as `writeBeat` wrote them. */
export interface BeatRows {
  /** [channels, length] */
  readonly waves: Float32Array;
  /** [features] */
  readonly features: Float32Array;
}

/**
 * A beat disturbed in place, as patients and detectors do: gain, a lead lost, leads exchanged, beat times off;
 * some normal beats become premature, or beats of an atrial fibrillation.
 *
 * @param label   index of the beat's class
 * @param meanRr  s
 * @returns       the class that the beat has now
 */
export function augmentBeat(
  rows: BeatRows,
  label: number,
  meanRr: number,
  contract: InputContract,
  shape: InputShape,
  settings: BeatRecipe['augmentation'],
  random: Random,
): number {
  const leads = contract.leads.count;
  const now = synthesise(rows, label, contract, shape, settings.synthetic, random);
  for (let lead = 0; lead < leads; lead++) {
    scaleLead(rows, lead, 1 + settings.gain * (2 * random.next() - 1), leads, shape);
  }
  jitterRatios(rows, meanRr, shape, contract, settings.jitter, random);
  if (leads > 1) {
    if (random.next() < settings.leadDropout) dropLead(rows, random.integer(leads), contract, shape);
    if (leads === 2 && random.next() < settings.leadSwap) swapLeads(rows, contract, shape);
  }
  return now;
}

/** Some normal beats become premature or fibrillating; the class of the beat now. */
function synthesise(
  rows: BeatRows,
  label: number,
  contract: InputContract,
  shape: InputShape,
  synthetic: BeatRecipe['augmentation']['synthetic'],
  random: Random,
): number {
  if (synthetic === null || label !== BEAT_CLASSES.indexOf('N')) return label;
  const draw = random.next();
  if (draw < synthetic.fibrillation) {
    fibrillate(rows, contract, shape, synthetic.irregularity, random);
    return label;
  }
  if (draw < 1 - synthetic.premature) return label;
  const premature = prematureRhythm(rows, contract, shape, synthetic, random);
  return premature ? BEAT_CLASSES.indexOf('S') : label;
}

function scaleLead({ waves }: BeatRows, lead: number, gain: number, leads: number, shape: InputShape): void {
  for (let channel = lead; channel < shape.channels; channel += leads) {
    for (let k = channel * shape.length; k < (channel + 1) * shape.length; k++) waves[k] *= gain;
  }
}

/** Each beat's time is off by its own error, so that neighbouring intervals err against each other. */
function jitterRatios(
  { features }: BeatRows,
  meanRr: number,
  shape: InputShape,
  contract: InputContract,
  jitter: number,
  random: Random,
): void {
  const { from, to } = shape.groups.ratios;
  const [least, most] = contract.rr.clip;
  let error = jitter * random.normal();
  for (let k = from; k < to; k++) {
    const next = jitter * random.normal();
    features[k] = Math.min(most, Math.max(least, features[k] + (next - error) / meanRr));
    error = next;
  }
}

/** Takes a lead away: zeros, and not present. */
export function dropLead(
  { waves, features }: BeatRows,
  lead: number,
  contract: InputContract,
  shape: InputShape,
): void {
  const leads = contract.leads.count;
  for (let channel = lead; channel < shape.channels; channel += leads) {
    waves.fill(0, channel * shape.length, (channel + 1) * shape.length);
  }
  const { likeness, present } = shape.groups;
  const perLead = (likeness.to - likeness.from) / leads;
  features.fill(0, likeness.from + lead * perLead, likeness.from + (lead + 1) * perLead);
  features[present.from + lead] = 0;
}

function swapLeads({ waves, features }: BeatRows, contract: InputContract, shape: InputShape): void {
  for (let channel = 0; channel < shape.channels; channel += contract.leads.count) {
    exchange(waves, channel * shape.length, (channel + 1) * shape.length, shape.length);
  }
  const { likeness, present } = shape.groups;
  const half = (likeness.to - likeness.from) / 2;
  exchange(features, likeness.from, likeness.from + half, half);
  exchange(features, present.from, present.from + 1, 1);
}

/** Exchanges `n` numbers at `a` with those at `b`. */
function exchange(x: Float32Array, a: number, b: number, n: number): void {
  const kept = x.slice(a, a + n);
  x.copyWithin(a, b, b + n);
  x.set(kept, b);
}
