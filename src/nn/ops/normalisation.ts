import { EcgError } from '../../core/index.js';
import { apply, applyAll, type Gradient, type Rule, sizeOf, type Value } from '../graph.js';
import { expand, reduceSum } from './broadcast.js';
import { add, divide, multiply, power, sqrt, subtract } from './elementwise.js';
import { reshape } from './layout.js';
import { constant } from './leaf.js';
import { reduceMean } from './reduce.js';

/**
 * Batch normalisation over all axes but 1, with the batch's own statistics.
 * Inputs: x [N, C, …], scale [C], bias [C], and a mean and a variance [C] that ONNX Runtime may overwrite:
 * nothing else may read them. Outputs: y, the batch's means and its variances (divided by n) [C].
 */
export const batchNormRule: Rule<{ epsilon: number }> = {
  name: 'batchNorm',
  shape: ([x, scale, bias]) => {
    if (x.length < 2 || scale[0] !== x[1] || bias[0] !== x[1])
      throw new EcgError('bad-shape', `nn.batchNorm: scale [${scale}] and bias [${bias}] do not fit [${x}]`);
    return [x, [x[1]], [x[1]]];
  },
  gradient: (node, [g, gMean, gVariance]) => {
    const [x, scale] = node.inputs;
    const [, mean, variance] = node.outputs;
    const channels = (v: Value) => reshape(v, [scale.shape[0], ...x.shape.slice(2).map(() => 1)]);
    const count = sizeOf(x.shape) / scale.shape[0];
    const { epsilon } = node.attributes;
    let gScale: Gradient;
    let gBias: Gradient;
    const terms: Value[] = [];
    if (g) {
      // dx = scale/σ · (g − mean(g) − x̂ · mean(g · x̂)), with inference as the one-pass affine map of a channel.
      const [zero, one] = [0, 1].map((n) => constant(new Float32Array(scale.shape[0]).fill(n), scale.shape));
      const normal = batchNormInference(x, one, zero, mean, variance, epsilon);
      gBias = channelSum(g);
      gScale = channelSum(multiply(g, normal));
      const slope = divide(scale, sqrt(add(variance, epsilon)));
      const share = multiply(slope, -1 / count);
      const centred = batchNormInference(g, slope, multiply(gBias, share), zero, one, 0);
      terms.push(add(centred, multiply(normal, channels(multiply(gScale, share)))));
    }
    if (gMean) terms.push(expand(multiply(channels(gMean), 1 / count), x.shape));
    if (gVariance)
      terms.push(multiply(subtract(x, channels(mean)), multiply(channels(gVariance), 2 / count)));
    const gx = terms.length === 0 ? undefined : terms.reduce((sum, term) => add(sum, term));
    return [gx, gScale, gBias];
  },
  onnx: (emit, node, inputs) =>
    // With momentum 0 the running statistics that come out are those of this batch.
    emit.node(
      'BatchNormalization',
      inputs,
      { epsilon: { float: node.attributes.epsilon }, momentum: { float: 0 }, training_mode: { int: 1 } },
      3,
    ),
  cases: [
    {
      name: 'all inputs',
      inputs: [[4, 2, 1, 3], [2], [2]],
      build: (x, scale, bias) => batchNorm(x, scale, bias, ...freshStatistics(x), 0.1)[0],
      single: true,
    },
    {
      name: 'its statistics',
      inputs: [[3, 2, 2]],
      build: (x) => {
        const unit = constant([1, 1], [2]);
        const [y, mean, variance] = batchNorm(x, unit, unit, ...freshStatistics(x), 0.1);
        return add(add(y, reshape(mean, [2, 1])), reshape(power(variance, 2), [2, 1]));
      },
      single: true,
    },
  ],
};

/** Batch normalisation with given statistics: x, scale, bias, mean, variance, for inference. */
export const batchNormInferenceRule: Rule<{ epsilon: number }> = {
  name: 'batchNormInference',
  shape: ([x]) => [x],
  gradient: (node, [g]) => {
    const [x, scale, , mean, variance] = node.inputs;
    const channels = (v: Value) => reshape(v, [scale.shape[0], ...x.shape.slice(2).map(() => 1)]);
    if (!g) return [];
    const deviation = sqrt(add(variance, node.attributes.epsilon));
    const gBias = channelSum(g);
    const product = channelSum(multiply(g, subtract(x, channels(mean))));
    const slope = divide(scale, deviation);
    const gVariance = divide(multiply(multiply(product, slope), -0.5), multiply(deviation, deviation));
    return [
      multiply(g, channels(slope)),
      divide(product, deviation),
      gBias,
      multiply(multiply(gBias, slope), -1),
      gVariance,
    ];
  },
  onnx: (emit, node, inputs) =>
    emit.node('BatchNormalization', inputs, { epsilon: { float: node.attributes.epsilon } }),
  cases: [
    {
      name: 'all inputs',
      inputs: [[2, 2, 1, 3], [2], [2], [2], [2]],
      build: (x, scale, bias, mean, variance) => batchNormInference(x, scale, bias, mean, variance, 0.1),
      domain: [0.3, 1.5],
    },
  ],
};

/** Normalisation over the last axis, then a scale and a bias for each of its entries. */
export const layerNormRule: Rule<{ epsilon: number }> = {
  name: 'layerNorm',
  shape: ([x, scale, bias]) => {
    const width = x[x.length - 1];
    if (scale[0] !== width || bias[0] !== width)
      throw new EcgError('bad-shape', `nn.layerNorm: scale [${scale}] and bias [${bias}] do not fit [${x}]`);
    return [x];
  },
  gradient: (node, [g]) => {
    const [x, scale] = node.inputs;
    if (!g) return [];
    const centred = subtract(x, reduceMean(x, [-1]));
    const deviation = sqrt(add(reduceMean(multiply(centred, centred), [-1]), node.attributes.epsilon));
    const normal = divide(centred, deviation);
    const scaled = multiply(g, scale);
    const inner = subtract(
      subtract(scaled, reduceMean(scaled, [-1])),
      multiply(normal, reduceMean(multiply(scaled, normal), [-1])),
    );
    return [divide(inner, deviation), multiply(g, normal), g];
  },
  onnx: (emit, node, inputs) =>
    emit.node('LayerNormalization', inputs, {
      axis: { int: -1 },
      epsilon: { float: node.attributes.epsilon },
    }),
  cases: [
    {
      name: 'all inputs',
      inputs: [[2, 3, 4], [4], [4]],
      build: (x, scale, bias) => layerNorm(x, scale, bias, 0.1),
    },
  ],
};

/** Normalised x, and the batch's means and variances [C]; see `batchNormRule`. */
export function batchNorm(
  x: Value,
  scale: Value,
  bias: Value,
  mean: Value,
  variance: Value,
  epsilon = 1e-5,
): [Value, Value, Value] {
  return applyAll(batchNormRule, [x, scale, bias, mean, variance], { epsilon }) as [Value, Value, Value];
}

/** x normalised by known statistics [C]. */
export function batchNormInference(
  x: Value,
  scale: Value,
  bias: Value,
  mean: Value,
  variance: Value,
  epsilon = 1e-5,
): Value {
  return apply(batchNormInferenceRule, [x, scale, bias, mean, variance], { epsilon });
}

/** x normalised over its last axis. */
export function layerNorm(x: Value, scale: Value, bias: Value, epsilon = 1e-5): Value {
  return apply(layerNormRule, [x, scale, bias], { epsilon });
}

/** The sum over all axes but 1, the contiguous ones first. */
function channelSum(x: Value): Value {
  const [n, c] = x.shape;
  const rows = reduceSum(reshape(x, [n, c, -1]), [2]);
  return reshape(reduceSum(rows, [0]), [c]);
}

/** A mean and a variance that belong to one node: computed, so that no constant is overwritten. */
function freshStatistics(x: Value): [Value, Value] {
  const row = reshape(reduceMean(x, [0, ...x.shape.slice(2).map((_, i) => i + 2)]), [x.shape[1]]);
  return [multiply(row, 0), multiply(row, 0.5)];
}
