import { type Builder, batchNorm, conv1d, type Value } from '../../nn/index.js';

/** A convolution over time without a bias, its channels then normalised over the batch. */
export function convNorm(
  b: Builder,
  name: string,
  x: Value,
  channels: number,
  kernel: number,
  stride = 1,
): Value {
  return batchNorm(b, `${name}.norm`, conv1d(b, name, x, { channels, kernel, stride, bias: false }));
}
