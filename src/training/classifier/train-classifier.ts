import { EcgError } from '../../core/index.js';
import { createTrainer, type Network, type Runtime } from '../../nn/index.js';
import type { ExampleSet } from '../examples/example-set.js';
import type { EpochFigures } from '../learning-curve.js';
import { type LoopOptions, runTraining, type TrainedNumbers } from '../loop/training-loop.js';
import { classWeightsOf } from './class-weights.js';
import { classifierPlan, exportClassifier } from './classifier-plan.js';
import { bestEpochOf, validationFigures } from './epoch-figures.js';
import { exampleBatches } from './example-batches.js';
import { exampleOrder } from './example-order.js';
import { learningRate } from './learning-rate.js';
import { predictExamples } from './predict-examples.js';
import { smote } from './smote.js';
import type { TrainingConfig } from './training-config.js';
import { classifierIdentity } from './training-identity.js';
import { countsOf, trainingPool } from './training-pool.js';

/** One classifier's training. */
export interface TrainClassifierOptions extends LoopOptions {
  /** Reads `x` [N, ...set.shape] and gives `logits`. */
  readonly network: Network;
  readonly config: TrainingConfig;
  readonly set: ExampleSet;
  /** Indices into the set. */
  readonly train: Int32Array;
  /** Scored after every epoch; may be empty. */
  readonly validation: Int32Array;
  /** Examples made otherwise, trained on besides. */
  readonly extra?: ExampleSet;
  readonly seed: number;
}

/** A trained classifier's numbers: averaged weights where there is an average, and the batch norms' statistics. */
export interface TrainedClassifier extends TrainedNumbers {
  readonly epochs: readonly EpochFigures[];
  /** The epoch the numbers are of, from 1. */
  readonly bestEpoch: number;
  /** s, those before an interruption included. */
  readonly seconds: number;
}

/**
 * Trains one classifier. The same configuration, examples, seed and number of threads give the same numbers bit for
 * bit, interrupted and resumed or not.
 *
 * With early stopping, the numbers are of the epoch with the best validation macro-F1; without it, or without
 * validation examples, of the last epoch. Each step blocks the thread: run it in a worker.
 *
 * @throws EcgError `too-short` for fewer than two classes or one without a training example; `bad-shape` for extra
 *   examples of another kind; `bad-option` for an example on both sides, a checkpoint of another training, a
 *   schedule or SMOTE that cannot be, or when the loss is no longer finite; `cancelled`
 */
export async function trainClassifier(
  runtime: Runtime,
  options: TrainClassifierOptions,
): Promise<TrainedClassifier> {
  const { network, config, set, train, validation, seed, run } = options;
  const { epochs } = config;
  checkValidation(options);
  const given = options.extra === undefined ? [] : [options.extra];
  countsOf(trainingPool(set, train, given), run);
  const made = config.smote === null ? [] : [await smote(set, train, config.smote, seed, options)];
  const pool = trainingPool(set, train, [...given, ...made]);
  const counts = countsOf(pool, run);
  const order = exampleOrder(pool.label, counts, config.sampling, config.batchSize, seed);
  const { stepsPerEpoch } = order;
  const rate = learningRate(config, stepsPerEpoch, validation.length > 0);
  const batches = exampleBatches(pool, order, config, seed);
  const weights = classWeightsOf(counts, config.loss.classWeightPower);
  const trainer = await createTrainer(runtime, classifierPlan(network, set.shape, weights, config), { seed });
  try {
    const { numbers, ...rest } = await runTraining(
      {
        trainer,
        identity: classifierIdentity(options, trainer.parameters),
        epochs,
        stepsPerEpoch,
        rate,
        inputs: (step) => ({ ...batches(step) }),
        validate: async (now) => (validation.length === 0 ? {} : validate(runtime, options, now)),
        ...(config.earlyStopping !== null &&
          validation.length > 0 && {
            stopping: { best: bestEpochOf, patience: config.earlyStopping.patience },
          }),
      },
      options,
    );
    return { ...numbers, ...rest };
  } finally {
    await trainer.release();
  }
}

async function validate(
  runtime: Runtime,
  { network, set, validation }: TrainClassifierOptions,
  numbers: TrainedNumbers,
): Promise<Record<string, number>> {
  const bytes = exportClassifier(network, set.shape, numbers);
  const logits = await predictExamples(runtime, bytes, set, validation);
  const labels = Uint8Array.from(validation, (i) => set.label[i]);
  return validationFigures(logits, labels, set.classes.length);
}

function checkValidation({ set, train, validation, run }: TrainClassifierOptions): void {
  const wrong = validation.find((i) => i < 0 || i >= set.label.length);
  if (wrong !== undefined) {
    throw new EcgError(
      'bad-option',
      `training ${run}: validation example ${wrong} of a set of ${set.label.length}`,
    );
  }
  const trained = new Set(train);
  const both = validation.find((i) => trained.has(i));
  if (both === undefined) return;
  throw new EcgError(
    'bad-option',
    `training ${run}: example ${both} is trained on and chooses the best epoch, give it to one side`,
  );
}
