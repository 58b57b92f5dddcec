import { BEAT_CLASSES, EcgError } from '../core/index.js';
import { createTrainer, exportModel, oneCycleRate, type Runtime, type Trainer } from '../nn/index.js';
import { createBatches, type TrainingBatch } from './batches.js';
import { fingerprint } from './checkpoint.js';
import { type BeatSet, classCounts } from './dataset.js';
import type { EpochFigures } from './learning-curve.js';
import { type LoopOptions, runTraining, type TrainedNumbers } from './loop/training-loop.js';
import { networkInputs, plainNetwork, trainingPlan } from './plan.js';
import { predictLogits } from './predict.js';
import type { BeatRecipe } from './recipe.js';
import { createSampler } from './sampler.js';
import { validationFigures } from './validation.js';

/** One network's training. */
export interface TrainNetworkOptions extends LoopOptions {
  readonly recipe: BeatRecipe;
  readonly train: BeatSet;
  /** Scored after every epoch; nothing depends on it. */
  readonly validation?: BeatSet;
  readonly seed: number;
}

/** A trained network's numbers: the averaged weights and the batch norms' statistics. */
export interface TrainedNetwork extends TrainedNumbers {
  readonly epochs: readonly EpochFigures[];
}

/**
 * Trains one network. The same recipe, data, seed and number of threads give the same numbers bit for bit,
 * interrupted and resumed or not.
 *
 * Each step blocks the thread: run it in a worker.
 *
 * @throws EcgError `too-short` without beats of two classes; `bad-option` for a checkpoint of another
 *   training, or when the loss is no longer finite; `cancelled`
 */
export async function trainNetwork(runtime: Runtime, options: TrainNetworkOptions): Promise<TrainedNetwork> {
  const { recipe, train, seed, run } = options;
  const { epochs, stepsPerEpoch, learningRate, warmup } = recipe.training;
  const counts = classCounts(train.label);
  if (counts.filter((n) => n > 0).length < 2) {
    throw new EcgError(
      'too-short',
      `training ${run}: beats of one class only (N S V F Q: ${counts.join(' ')}), give records with several classes`,
    );
  }
  const patients = [...new Set(train.records.map((record) => record.patient))];
  const sampler = createSampler(train, recipe.sampling.power, recipe.sampling.classes);
  const batches = createBatches(train, sampler, recipe, seed);
  const plan = trainingPlan(recipe, sampler.classShares, patients.length);
  const trainer = await createTrainer(runtime, plan, { seed });
  const steps = epochs * stepsPerEpoch;
  const rate = oneCycleRate({ highest: learningRate, steps, rise: warmup });
  try {
    const { numbers, epochs: done } = await runTraining(
      {
        trainer,
        identity: trainingIdentity(recipe, train, seed),
        epochs,
        stepsPerEpoch,
        rate,
        inputs: (step) => {
          const reversal = recipe.training.adversary * Math.min(1, step / (0.3 * steps));
          return stepInputs(batches(step), train, patients, reversal);
        },
        numbers: () => plainNumbers(trainer),
        validate: async (now) =>
          options.validation === undefined ? {} : validate(runtime, now, recipe, options.validation),
      },
      options,
    );
    return { ...numbers, epochs: done };
  } finally {
    await trainer.release();
  }
}

/** What a training is made of, shortened: recipe, beats and seed. */
export function trainingIdentity(recipe: BeatRecipe, train: BeatSet, seed: number): string {
  const records = train.records.map((record) => record.id);
  const { input, network, sampling, augmentation, training } = recipe;
  const text = JSON.stringify([
    { input, network, sampling, augmentation, training },
    records,
    train.label.length,
  ]);
  return `${fingerprint(text)}-${seed}`;
}

function stepInputs(
  { waves, features, labels, chosen }: TrainingBatch,
  train: BeatSet,
  patients: readonly string[],
  reversal: number,
): Record<string, Float32Array> {
  const n = labels.length;
  const kinds = BEAT_CLASSES.length;
  const targets = new Float32Array(n * kinds);
  const patient = new Float32Array(n * patients.length);
  const normal = new Float32Array(n);
  for (let row = 0; row < n; row++) {
    targets[row * kinds + labels[row]] = 1;
    patient[row * patients.length + patients.indexOf(train.records[train.record[chosen[row]]].patient)] = 1;
    normal[row] = labels[row] === 0 ? 1 : 0;
  }
  return { waves, features, targets, patients: patient, normal, reversal: Float32Array.of(reversal) };
}

/** The averaged weights without the patients' head, which comes last. */
function plainNumbers(trainer: Trainer): TrainedNumbers {
  const state = trainer.state();
  const head = trainer.parameters.find((spec) => spec.name.startsWith('patients'));
  const parameters = (state.ema ?? state.parameters).slice(0, head?.offset);
  return { parameters, statistics: state.statistics };
}

async function validate(
  runtime: Runtime,
  numbers: TrainedNumbers,
  recipe: BeatRecipe,
  set: BeatSet,
): Promise<Record<string, number>> {
  const bytes = exportModel({
    network: plainNetwork(recipe),
    inputs: networkInputs(recipe),
    ...numbers,
  });
  return validationFigures(await predictLogits(runtime, bytes, recipe.input, set), set.label);
}
