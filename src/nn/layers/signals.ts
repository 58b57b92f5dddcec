import { EcgError } from '../../core/index.js';
import type { Builder } from '../builder.js';
import type { Value } from '../graph.js';
import { reshape, transpose } from '../ops/layout.js';
import { maxPool } from '../ops/pooling.js';
import { reduceMax, reduceMean } from '../ops/reduce.js';

// Between fromSignals and toFeatures or toTokens, signals are images whose width is time. In training the
// batch is their height, [1, C, N, L]: a convolution is one large product, a third faster. In inference the height
// is 1, [N, C, 1, L], which ONNX Runtime blocks by channels. Layers that treat each channel and position alike,
// such as activations, pooling and normalisation, need not know.

/** Signals [N, C, L] in the layout of the convolutions. */
export function fromSignals(b: Builder, x: Value): Value {
  if (x.shape.length !== 3)
    throw new EcgError('bad-shape', `nn.fromSignals: [${x.shape}], give [batch, channels, samples]`);
  const [, channels, length] = x.shape;
  if (!b.training) return reshape(x, [-1, channels, 1, length]);
  if (channels === 1) return reshape(x, [1, 1, -1, length]);
  return reshape(transpose(x, [1, 0, 2]), [1, channels, -1, length]);
}

/** Signals back as [N, C, L]. */
export function toSignals(b: Builder, x: Value): Value {
  const [, channels, , length] = x.shape;
  if (!b.training) return reshape(x, [-1, channels, length]);
  return transpose(reshape(x, [channels, -1, length]), [1, 0, 2]);
}

/** Signals as features [N, C · L]. */
export function toFeatures(b: Builder, x: Value): Value {
  const [, channels, , length] = x.shape;
  if (b.training && length === 1) return transpose(reshape(x, [channels, -1]), [1, 0]);
  return reshape(toSignals(b, x), [-1, channels * length]);
}

/** Signals as tokens [N, L, C], for `lstm`, `gru`, `attention` and `layerNorm`. */
export function toTokens(b: Builder, x: Value): Value {
  const [, channels, , length] = x.shape;
  if (b.training) return reshape(transpose(reshape(x, [channels, -1]), [1, 0]), [-1, length, channels]);
  return transpose(reshape(x, [-1, channels, length]), [0, 2, 1]);
}

/** The maximum of each `size` samples of signals. */
export function maxPool1d(x: Value, size: number, stride = size): Value {
  return maxPool(x, [1, size], [1, stride]);
}

/** The mean of each signal over time, [N, C]. */
export function averageOverTime(b: Builder, x: Value): Value {
  return toFeatures(b, reduceMean(x, [3]));
}

/** The maximum of each signal over time, [N, C]. */
export function maximumOverTime(b: Builder, x: Value): Value {
  return toFeatures(b, reduceMax(x, [3]));
}

/** Images [N, C, H, W] as features [N, C · H · W]. */
export function flattenImages(x: Value): Value {
  return reshape(x, [-1, x.shape[1] * x.shape[2] * x.shape[3]]);
}
