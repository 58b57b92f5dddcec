import { EcgError } from '../../core/index.js';
import { unet1d } from '../../models/index.js';
import {
  adamW,
  createTrainer,
  crossEntropy,
  exportModel,
  type Network,
  oneCycleRate,
  type Runtime,
  reshape,
  softmax,
  type TrainingPlan,
} from '../../nn/index.js';
import { fingerprint } from '../checkpoint.js';
import type { EpochFigures } from '../learning-curve.js';
import { type LoopOptions, runTraining, type TrainedNumbers } from '../loop/training-loop.js';
import { stepsOfEpoch, WAVE_OUTPUTS, waveBatches } from './wave-batches.js';
import type { WaveRecipe } from './wave-recipe.js';
import type { WaveExample } from './wave-set.js';

/** One training of the network of waves. */
export interface TrainWavesOptions extends LoopOptions {
  readonly recipe: WaveRecipe;
  readonly examples: readonly WaveExample[];
  readonly seed: number;
}

/** The trained network's numbers. */
export interface TrainedWaves extends TrainedNumbers {
  readonly epochs: readonly EpochFigures[];
}

/**
 * Trains the network of waves on single leads. The same recipe, leads, seed and number of threads give the same
 * numbers bit for bit, interrupted and resumed or not.
 *
 * Each step blocks the thread: run it in a worker, or alone.
 *
 * @throws EcgError `too-short` for fewer leads than a batch; `bad-option` for a checkpoint of another training, or
 *   when the loss is no longer finite; `cancelled`
 */
export async function trainWaves(runtime: Runtime, options: TrainWavesOptions): Promise<TrainedWaves> {
  const { recipe, examples, seed, run } = options;
  const { epochs, batchSize, learningRate, rise } = recipe.training;
  if (examples.length < batchSize) {
    throw new EcgError(
      'too-short',
      `training ${run}: ${examples.length} leads are less than a batch of ${batchSize}`,
    );
  }
  const stepsPerEpoch = stepsOfEpoch(examples.length, batchSize);
  const trainer = await createTrainer(runtime, wavePlan(recipe), { seed });
  try {
    const { numbers, epochs: done } = await runTraining(
      {
        trainer,
        identity: wavesIdentity(recipe, examples, seed),
        epochs,
        stepsPerEpoch,
        inputs: waveBatches(examples, recipe, seed),
        rate: oneCycleRate({ highest: learningRate, steps: epochs * stepsPerEpoch, rise }),
        validate: async () => ({}),
      },
      options,
    );
    return { ...numbers, epochs: done };
  } finally {
    await trainer.release();
  }
}

/** The trained network as an `.onnx` file: `x` [N, 1, chunk] to `probabilities` [N, chunk, 4] of background, P, QRS, T. */
export function exportWaves(recipe: WaveRecipe, { parameters, statistics }: TrainedNumbers): Uint8Array {
  const network = waveNetwork(recipe);
  return exportModel({
    network: (b, inputs) => ({ probabilities: softmax(network(b, inputs)['logits']) }),
    inputs: { x: ['N', 1, recipe.input.chunk] },
    parameters,
    statistics,
  });
}

/** What one training optimises: the cross-entropy of all samples of which it is known what they belong to. */
function wavePlan(recipe: WaveRecipe): TrainingPlan {
  const { chunk } = recipe.input;
  const { batchSize, weightDecay, clipNorm, ema } = recipe.training;
  const samples = batchSize * chunk;
  return {
    network: waveNetwork(recipe),
    inputs: { x: ['N', 1, chunk], targets: ['N', chunk, WAVE_OUTPUTS], weights: ['N', chunk] },
    loss: ({ logits }, { targets, weights }) =>
      crossEntropy(reshape(logits, [samples, WAVE_OUTPUTS]), reshape(targets, [samples, WAVE_OUTPUTS]), {
        weights: reshape(weights, [samples]),
      }),
    optimiser: adamW({ weightDecay }),
    batchSize,
    clipNorm,
    emaDecay: ema,
  };
}

function waveNetwork({ network, input }: WaveRecipe): Network {
  return unet1d(network, { shape: [1, input.chunk], classes: WAVE_OUTPUTS });
}

/** What a training is made of, shortened: recipe, leads and seed. */
function wavesIdentity(recipe: WaveRecipe, examples: readonly WaveExample[], seed: number): string {
  const { input, network, augmentation, training } = recipe;
  const described = examples.map(({ signal, spans }) => [
    signal.length,
    signal[signal.length >> 1],
    spans.length,
  ]);
  return `${fingerprint(JSON.stringify([{ input, network, augmentation, training }, described]))}-${seed}`;
}
