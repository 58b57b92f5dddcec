import { EcgError } from '../core/index.js';
import { sameShape, type Value } from './graph.js';
import { reduceSum } from './ops/broadcast.js';
import {
  abs,
  add,
  divide,
  exp,
  maximum,
  multiply,
  negate,
  power,
  softplus,
  subtract,
} from './ops/elementwise.js';
import { reshape } from './ops/layout.js';
import { constant } from './ops/leaf.js';
import { logSoftmax } from './ops/softmax.js';

/** What a cross-entropy may be given beside logits and targets. */
export interface CrossEntropyOptions {
  /** A weight a row [N]; rows of weight 0 do not count, so the last batch can be padded. All 1 when omitted. */
  readonly weights?: Value;
  /** A weight a class [K]. */
  readonly classWeights?: readonly number[];
  /** Share of each target that is spread evenly over all classes, 0…1. */
  readonly labelSmoothing?: number;
  /** The focal exponent γ ≥ 0: rows that are already right count less. */
  readonly focalGamma?: number;
}

/**
 * The mean softmax cross-entropy of logits [N, K] and target shares [N, K] (each row adds up to 1), a scalar; weighted
 * rows are divided by the sum of the row weights.
 *
 * Source: label smoothing, Szegedy et al., CVPR 2016, arXiv:1512.00567; focal, Lin et al., ICCV 2017, arXiv:1708.02002.
 */
export function crossEntropy(logits: Value, targets: Value, options: CrossEntropyOptions = {}): Value {
  const { classWeights, labelSmoothing = 0, focalGamma = 0 } = options;
  if (logits.shape.length !== 2 || !sameShape(logits.shape, targets.shape))
    throw new EcgError(
      'bad-shape',
      `nn.crossEntropy: logits [${logits.shape}], targets [${targets.shape}], both [N, K]`,
    );
  const classes = logits.shape[1];
  const logs = logSoftmax(logits);
  const smooth =
    labelSmoothing === 0 ? targets : add(multiply(targets, 1 - labelSmoothing), labelSmoothing / classes);
  const weighted = classWeights ? multiply(smooth, constant(classWeights, [1, classes])) : smooth;
  // 1 − p is kept off 0, where its power has no slope.
  const focal =
    focalGamma === 0
      ? weighted
      : multiply(weighted, power(maximum(subtract(1, exp(logs)), 1e-6), focalGamma));
  return meanOfRows(negate(reduceSum(multiply(focal, logs), [1])), options.weights);
}

/** The mean binary cross-entropy of logits and targets 0…1 [N, K], for labels that do not exclude each other; a scalar. */
export function binaryCrossEntropy(logits: Value, targets: Value, options: { weights?: Value } = {}): Value {
  const each = subtract(softplus(logits), multiply(logits, targets));
  return meanOfRows(divide(reduceSum(each, [1]), logits.shape[1]), options.weights);
}

/** The mean square of predictions [N, K] − targets, a scalar. */
export function meanSquaredError(
  predictions: Value,
  targets: Value,
  options: { weights?: Value } = {},
): Value {
  const error = subtract(predictions, targets);
  return meanOfRows(divide(reduceSum(multiply(error, error), [1]), predictions.shape[1]), options.weights);
}

/** The mean size of predictions [N, K] − targets, a scalar. */
export function meanAbsoluteError(
  predictions: Value,
  targets: Value,
  options: { weights?: Value } = {},
): Value {
  const each = abs(subtract(predictions, targets));
  return meanOfRows(divide(reduceSum(each, [1]), predictions.shape[1]), options.weights);
}

/** The mean of rows [N, 1], weighted by [N] where weights are given; a scalar. */
function meanOfRows(rows: Value, weights: Value | undefined): Value {
  const count = rows.shape[0];
  if (!weights) return reshape(divide(reduceSum(rows), count), []);
  const column = reshape(weights, [count, 1]);
  return reshape(divide(reduceSum(multiply(rows, column)), maximum(reduceSum(column), 1e-12)), []);
}
