import { BEAT_LABELS, beatEnsemble, inputShape, type ModelCard, sealBeatModel } from '../models/index.js';
import { exportModel, type Runtime } from '../nn/index.js';
import type { Calibration } from './calibration.js';
import { networkInputs } from './plan.js';
import type { BeatRecipe } from './recipe.js';

/** What a card says that the recipe does not. */
export interface ReleaseNotes {
  readonly training: ModelCard['data']['training'];
  readonly heldOut: ModelCard['data']['heldOut'];
  readonly metrics: ModelCard['metrics'];
  readonly recipeSha256: string;
  readonly date: string;
  readonly software: string;
}

/**
 * The file of the released model: the recipe's networks averaged in one graph, with card and golden vectors.
 *
 * @param members  each network's parameters and statistics, in the order of the recipe's seeds
 */
export async function releaseBeatModel(
  runtime: Runtime,
  recipe: BeatRecipe,
  members: readonly { readonly parameters: Float32Array; readonly statistics: Float32Array }[],
  calibration: Calibration,
  notes: ReleaseNotes,
): Promise<Uint8Array> {
  const network = exportModel({
    network: beatEnsemble(recipe.network, inputShape(recipe.input), members.length),
    inputs: networkInputs(recipe),
    parameters: joined(members.map((member) => member.parameters)),
    statistics: joined(members.map((member) => member.statistics)),
  });
  return sealBeatModel(network, cardOf(recipe, members.length, calibration, notes), runtime);
}

function cardOf(
  recipe: BeatRecipe,
  members: number,
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
      patientSplit:
        'by record, 201 and 202 of mitdb being one patient; no patient of the training records is scored',
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
    limitations: [
      'Trained on few patients (half-hour records of one laboratory, 1975–1979); supraventricular beats come from a handful of them.',
      'Atrial fibrillation and flutter give false supraventricular beats.',
      'Paced beats (Q) were all but absent from training: they are mostly called V.',
      'Statistics of a whole stretch of the recording are used: predictions are not causal.',
    ],
  };
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
