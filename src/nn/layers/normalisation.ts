import type { Builder } from '../builder.js';
import { isMadeBy, sizeOf, type Value } from '../graph.js';
import { filled } from '../initialisers.js';
import { conv, convRule } from '../ops/convolution.js';
import { multiply } from '../ops/elementwise.js';
import { constant, constantRule } from '../ops/leaf.js';
import * as ops from '../ops/normalisation.js';

/** Batch normalisation. */
export interface BatchNormOptions {
  /** Added to the variance; 1e-5 when omitted. */
  readonly epsilon?: number;
  /** Share of the new batch in the running statistics; 0.1 when omitted. */
  readonly momentum?: number;
}

/**
 * x [N, C, …] normalised a channel, then scaled and shifted: by the batch's statistics in training, by the running
 * ones in inference, where it melts into the convolution before it.
 *
 * Source: Ioffe & Szegedy, ICML 2015, arXiv:1502.03167.
 */
export function batchNorm(b: Builder, name: string, x: Value, options: BatchNormOptions = {}): Value {
  const { epsilon = 1e-5, momentum = 0.1 } = options;
  const channels = x.shape[1];
  const scale = b.parameter(`${name}.scale`, [channels], filled(1), { decay: false });
  const bias = b.parameter(`${name}.bias`, [channels], filled(0), { decay: false });
  const { mean, variance } = b.statistics(name, channels);
  if (!b.training) {
    return (
      folded(x, { scale, bias, mean, variance, epsilon }) ??
      ops.batchNormInference(x, scale, bias, mean, variance, epsilon)
    );
  }
  const [y, batchMean, batchVariance] = ops.batchNorm(x, scale, bias, mean, variance, epsilon);
  b.observe(name, batchMean, batchVariance, sizeOf(x.shape) / channels, momentum);
  return y;
}

/** x normalised over its last axis, then scaled and shifted. Source: Ba, Kiros & Hinton, arXiv:1607.06450. */
export function layerNorm(b: Builder, name: string, x: Value, epsilon = 1e-5): Value {
  const width = x.shape[x.shape.length - 1];
  const scale = b.parameter(`${name}.scale`, [width], filled(1), { decay: false });
  const bias = b.parameter(`${name}.bias`, [width], filled(0), { decay: false });
  return ops.layerNorm(x, scale, bias, epsilon);
}

/**
 * x with a random share of its entries set to 0 and the others scaled to keep the mean; x itself in inference.
 * Source: Srivastava et al., JMLR 15:1929–1958, 2014.
 * @param rate share that is dropped, 0…1 (exclusive)
 */
export function dropout(b: Builder, name: string, x: Value, rate: number): Value {
  return b.training && rate > 0 ? multiply(x, b.mask(name, x.shape, rate)) : x;
}

interface Normalisation {
  readonly scale: Value;
  readonly bias: Value;
  readonly mean: Value;
  readonly variance: Value;
  readonly epsilon: number;
}

/** The convolution before, with the normalisation in its kernels; nothing where there is none or no numbers yet. */
function folded(x: Value, of: Normalisation): Value | undefined {
  if (!isMadeBy(x.node, convRule)) return undefined;
  const [image, kernels, offset] = x.node.inputs;
  const w = numbers(kernels);
  const [s, t, m, v] = [of.scale, of.bias, of.mean, of.variance].map(numbers);
  const before = offset ? numbers(offset) : new Float32Array(kernels.shape[0]);
  if (!w || !s || !t || !m || !v || !before) return undefined;
  const factors = Float64Array.from(s, (value, i) => value / Math.sqrt(v[i] + of.epsilon));
  const each = w.length / factors.length;
  const newKernels = Float32Array.from(w, (value, i) => value * factors[Math.floor(i / each)]);
  const newOffset = Float32Array.from(factors, (factor, i) => (before[i] - m[i]) * factor + t[i]);
  return conv(
    image,
    constant(newKernels, kernels.shape, nameOf(kernels)),
    constant(newOffset, [newOffset.length], nameOf(of.bias)),
    x.node.attributes,
  );
}

function numbers(value: Value): ArrayLike<number> | undefined {
  return isMadeBy(value.node, constantRule) ? value.node.attributes.data : undefined;
}

function nameOf(value: Value): string | undefined {
  return isMadeBy(value.node, constantRule) ? value.node.attributes.name : undefined;
}
