import * as v from 'valibot';
import {
  add,
  type Builder,
  conv1d,
  fromSignals,
  maxPool1d,
  type Network,
  relu,
  reshape,
  toTokens,
  upsample,
  type Value,
} from '../../nn/index.js';
import { convNorm } from './conv-norm.js';
import type { NetworkShape } from './network-kind.js';
import { expectSignals } from './shapes.js';
import { size } from './sizes.js';

/** Sizes of a network that says of every sample what it belongs to. */
export const UNet1dSchema = v.strictObject({
  kind: v.literal('unet-1d'),
  /** Kernel of the first convolution, which halves the length. */
  stem: size,
  /** Channels of each level; each but the first halves the length. */
  channels: v.pipe(v.array(size), v.minLength(2)),
  /** Residual convolutions of each level on the way down, 1 where not given. */
  depth: v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  /** Kernel of all other convolutions. */
  kernel: size,
});

/** Sizes of a network that says of every sample what it belongs to; see `UNet1dSchema`. */
export type UNet1dConfig = v.InferOutput<typeof UNet1dSchema>;

/**
 * A U-shaped network over signals [C, L]: `logits` [N, L, classes], one row a sample.
 *
 * Levels of half the length each go down; on the way up the coarse one is brought to the finer one's channels and
 * length, and added to it. It works at half the input's rate, and the last convolution gives each of its positions
 * the logits of two samples.
 *
 * Source: Ronneberger et al., MICCAI 2015, arXiv:1505.04597. Departs: sums instead of concatenations, and residual
 * convolutions, at a third of the arithmetic.
 *
 * @throws EcgError `bad-shape` when L is no multiple of 2 to the number of levels
 */
export function unet1d(config: UNet1dConfig, shape: NetworkShape): Network {
  expectSignals(config.kind, shape);
  const { stem, channels, depth, kernel } = config;
  return (b, { x }) => {
    const levels: Value[] = [];
    let h = fromSignals(b, x);
    channels.forEach((width, level) => {
      const name = `level${level}`;
      h =
        level === 0
          ? relu(convNorm(b, `${name}.down`, h, width, stem, 2))
          : relu(convNorm(b, `${name}.down`, maxPool1d(h, 2), width, kernel, 1));
      for (let i = 0; i < (depth[level] ?? 1); i++) h = residual(b, `${name}.${i}`, h, kernel);
      levels.push(h);
    });
    for (let level = channels.length - 2; level >= 0; level--) {
      const fine = levels[level];
      const coarse = upsample(convNorm(b, `up${level}.match`, h, channels[level], 1, 1), [1, 2]);
      h = residual(b, `up${level}`, relu(add(coarse, fine)), kernel);
    }
    const pairs = conv1d(b, 'logits', h, { channels: 2 * shape.classes, kernel });
    return { logits: reshape(toTokens(b, pairs), [-1, 2 * h.shape[3], shape.classes]) };
  };
}

function residual(b: Builder, name: string, x: Value, kernel: number): Value {
  return relu(add(x, convNorm(b, name, x, x.shape[1], kernel, 1)));
}
