import { BEAT_CLASSES } from '../core/index.js';
import { BEAT_LABELS, beatEnsemble, inputShape, type ModelCard, sealBeatModel } from '../models/index.js';
import { exportModel, quantiseModel, type Runtime, type Tensor } from '../nn/index.js';
import { createBatches } from './batches.js';
import type { Calibration } from './calibration.js';
import { type BeatSet, classCounts } from './dataset.js';
import { networkInputs } from './plan.js';
import type { BeatRecipe } from './recipe.js';
import { createSampler } from './sampler.js';

/** What a card says that the recipe does not. */
export interface ReleaseNotes {
  readonly training: ModelCard['data']['training'];
  readonly heldOut: ModelCard['data']['heldOut'];
  readonly metrics: ModelCard['metrics'];
  readonly recipeSha256: string;
  readonly date: string;
  readonly software: string;
}

/** A released model in single precision and in 8-bit integers. */
export interface ReleasedBeats {
  readonly fp32: Uint8Array;
  readonly int8: Uint8Array;
}

/** Training beats from which the integers' ranges are taken, and how many at a time. */
const CALIBRATION = { beats: 1024, batch: 128 };

/**
 * The files of the released model: the recipe's networks averaged in one graph, with card and golden vectors.
 *
 * @param members  each network's parameters and statistics, in the order of the recipe's seeds
 * @param train    the training beats, for the ranges of the integers
 */
export async function releaseBeatModel(
  runtime: Runtime,
  recipe: BeatRecipe,
  members: readonly { readonly parameters: Float32Array; readonly statistics: Float32Array }[],
  train: BeatSet,
  calibration: Calibration,
  notes: ReleaseNotes,
): Promise<ReleasedBeats> {
  const network = exportModel({
    network: beatEnsemble(recipe.network, inputShape(recipe.input), members.length),
    inputs: networkInputs(recipe),
    parameters: joined(members.map((member) => member.parameters)),
    statistics: joined(members.map((member) => member.statistics)),
  });
  const { bytes } = await quantiseModel(runtime, network, calibrationBeats(recipe, train), { weightBits: 8 });
  const card = cardOf(recipe, members.length, train, calibration, notes);
  return {
    fp32: await sealBeatModel(network, card, runtime),
    int8: await sealBeatModel(bytes, { ...card, quantised: true }, runtime),
  };
}

/** Beats as training draws them, rare classes among them. */
function calibrationBeats(recipe: BeatRecipe, train: BeatSet): Record<string, Tensor>[] {
  const shape = inputShape(recipe.input);
  const { power, classes } = recipe.sampling;
  const settings = { ...recipe, training: { ...recipe.training, batchSize: CALIBRATION.batch } };
  const draw = createBatches(train, createSampler(train, power, classes), settings, recipe.seeds[0]);
  return Array.from({ length: CALIBRATION.beats / CALIBRATION.batch }, (_, step) => {
    const { waves, features } = draw(step);
    return {
      waves: { data: waves, shape: [CALIBRATION.batch, shape.channels, shape.length] },
      features: { data: features, shape: [CALIBRATION.batch, shape.features] },
    };
  });
}

function cardOf(
  recipe: BeatRecipe,
  members: number,
  train: BeatSet,
  calibration: Calibration,
  notes: ReleaseNotes,
): ModelCard {
  return {
    format: 'ectopy-model/1',
    task: 'beats',
    name: recipe.name,
    version: recipe.version,
    summary: `Classifies each beat of a one- or two-lead ECG as N, S, V, F or Q: ${members} compact convolutional networks averaged.`,
    labels: BEAT_LABELS,
    input: recipe.input,
    network: recipe.network,
    calibration: {
      temperature: calibration.temperature,
      leastProbability: calibration.leastProbability,
      basis: `held-out beats of a ${recipe.folds.count}-fold cross-validation grouped by patient within the training records; ${100 * recipe.calibration.coverage} % of an average record's are certain`,
    },
    ...(calibration.doubt !== undefined && { doubt: calibration.doubt }),
    data: {
      training: notes.training,
      heldOut: notes.heldOut,
      labelMap: 'literature',
      leaky: recipe.leaky,
      patientSplit: patientSplit(recipe, notes),
      licence: 'Open Data Commons Attribution License v1.0 (PhysioNet)',
    },
    metrics: notes.metrics,
    training: {
      recipe: `${recipe.name} ${recipe.version}`,
      recipeSha256: notes.recipeSha256,
      seeds: recipe.seeds,
      date: notes.date,
      software: notes.software,
    },
    licence: 'Apache-2.0',
    intendedUse: 'Research use only. Not a medical device; not for diagnosis or treatment.',
    limitations: limitationsOf(train),
  };
}

function patientSplit({ leaky }: BeatRecipe, { heldOut }: ReleaseNotes): string {
  const one = '201 and 202 of mitdb are one patient';
  if (leaky) return `${one} and stand on both sides, as in published work; no other patient does`;
  if (heldOut.length === 0)
    return `every patient is trained on; the figures are of a cross-validation by patient (${one})`;
  return `by patient (${one}); no patient of the training records is scored`;
}

/** Beats of a class below which a network knows it from hearsay. */
const FEW = 200;

function limitationsOf(train: BeatSet): string[] {
  const patients = new Set(train.records.map(({ patient }) => patient)).size;
  const counts = classCounts(train.label);
  const few = BEAT_CLASSES.filter((_, c) => counts[c] < FEW);
  return [
    `Trained on ${patients} patients (half-hour records of one laboratory's Holter recorders); most supraventricular beats come from a handful of them.`,
    'Atrial fibrillation and flutter still give false supraventricular beats.',
    ...few.map(
      (name) =>
        `Class ${name} had ${counts[BEAT_CLASSES.indexOf(name)]} training beats: it is hardly ever said.`,
    ),
    ...(counts[BEAT_CLASSES.indexOf('Q')] < FEW
      ? []
      : ['Class Q means paced: almost all its training beats are; unclassifiable beats show as uncertain.']),
    'Statistics of a whole stretch of the recording are used: predictions are not causal.',
  ];
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
