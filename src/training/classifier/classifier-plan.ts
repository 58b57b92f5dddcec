import {
  adamW,
  crossEntropy,
  exportModel,
  type InputShapes,
  type Network,
  type TrainingPlan,
} from '../../nn/index.js';
import type { TrainedNumbers } from '../loop/training-loop.js';
import type { TrainingConfig } from './training-config.js';

/**
 * What one training optimises: the weighted cross-entropy of `logits`, rows of weight 0 left out.
 *
 * @param shape         of one example
 * @param classWeights  a weight a class, from `classWeightsOf`
 */
export function classifierPlan(
  network: Network,
  shape: readonly number[],
  classWeights: readonly number[],
  config: TrainingConfig,
): TrainingPlan {
  const { labelSmoothing, focalGamma, classWeightPower } = config.loss;
  return {
    network: logitsOnly(network),
    inputs: { ...exampleInput(shape), targets: ['N', classWeights.length], weights: ['N'] },
    loss: ({ logits }, { targets, weights }) =>
      crossEntropy(logits, targets, {
        weights,
        labelSmoothing,
        focalGamma,
        ...(classWeightPower > 0 && { classWeights }),
      }),
    optimiser: adamW({ weightDecay: config.weightDecay }),
    batchSize: config.batchSize,
    ...(config.clipNorm !== null && { clipNorm: config.clipNorm }),
    ...(config.ema !== null && { emaDecay: config.ema }),
  };
}

/**
 * A trained classifier as an `.onnx` file: `x` [N, ...shape] to `logits` [N, classes].
 * @throws EcgError `bad-shape` when the numbers do not fit the network
 */
export function exportClassifier(
  network: Network,
  shape: readonly number[],
  { parameters, statistics }: TrainedNumbers,
): Uint8Array {
  return exportModel({ network: logitsOnly(network), inputs: exampleInput(shape), parameters, statistics });
}

/** The network without its map: neither training nor scoring looks at it. */
function logitsOnly(network: Network): Network {
  return (b, { x }) => ({ logits: network(b, { x })['logits'] });
}

function exampleInput(shape: readonly number[]): InputShapes {
  return { x: ['N', ...shape] };
}
