import * as v from 'valibot';
import {
  add,
  type Builder,
  conv2d,
  dense,
  dropout,
  dropPath,
  gelu,
  globalResponseNorm,
  layerNorm,
  reduceMean,
  reshape,
  transpose,
  type Value,
} from '../../nn/index.js';
import type { NetworkKind } from './network-kind.js';
import { expectPictures } from './shapes.js';
import { dropoutShare, size } from './sizes.js';

const EPSILON = 1e-6;

const schema = v.strictObject({
  kind: v.literal('convnext-v2'),
  /** Pixels on a side of the squares the stem makes a position of. */
  stem: size,
  /** Each stage but the first halves both sides. */
  stages: v.pipe(v.array(v.strictObject({ depth: size, width: size })), v.minLength(1)),
  /** Chance that the last block is left out of an example's training step; from 0 at the first it rises in equal steps. */
  dropPath: dropoutShare,
  /** Share of the features before the logits. */
  dropout: dropoutShare,
});

/**
 * ConvNeXt V2: blocks of a depthwise convolution and two pointwise ones with global response normalisation, in
 * stages; the mean over the picture, normalised, gives the logits.
 *
 * Source: Woo et al., CVPR 2023, arXiv:2301.00808.
 * Departs: parameters start from He's and Glorot's distributions, not from a truncated normal of deviation .02.
 */
export const convnextV2 = {
  schema,
  build: (config, shape) => {
    expectPictures(config.kind, shape);
    const { stem, stages } = config;
    const blocks = stages.reduce((sum, { depth }) => sum + depth, 0);
    return (b, { x }) => {
      let block = 0;
      let h = x;
      stages.forEach(({ depth, width }, s) => {
        const side = s === 0 ? stem : 2;
        const from = s === 0 ? h : channelNorm(b, `down${s}.norm`, h);
        h = conv2d(b, `down${s}`, from, {
          channels: width,
          kernel: [side, side],
          strides: [side, side],
          padding: 0,
        });
        if (s === 0) h = channelNorm(b, 'down0.norm', h);
        for (let i = 0; i < depth; i++, block++) {
          const rate = (config.dropPath * block) / Math.max(blocks - 1, 1);
          h = residual(b, `stage${s}.${i}`, h, rate);
        }
      });
      const mean = layerNorm(b, 'norm', reshape(reduceMean(h, [2, 3]), [-1, h.shape[1]]), EPSILON);
      const logits = dense(b, 'logits', dropout(b, 'dropout', mean, config.dropout), {
        units: shape.classes,
      });
      return { logits, map: h };
    };
  },
} satisfies NetworkKind<v.InferOutput<typeof schema>>;

/** A block over [N, C, H, W]: 8 C² + 65 C parameters. */
function residual(b: Builder, name: string, x: Value, rate: number): Value {
  const channels = x.shape[1];
  const spatial = conv2d(b, `${name}.depthwise`, x, { channels, kernel: [7, 7], groups: channels });
  let h = layerNorm(b, `${name}.norm`, transpose(spatial, [0, 2, 3, 1]), EPSILON);
  h = gelu(dense(b, `${name}.expand`, h, { units: 4 * channels }));
  h = dense(b, `${name}.project`, globalResponseNorm(b, `${name}.grn`, h), { units: channels });
  return add(x, dropPath(b, `${name}.path`, transpose(h, [0, 3, 1, 2]), rate));
}

/** Layer normalisation of each position of [N, C, H, W] over its channels. */
function channelNorm(b: Builder, name: string, x: Value): Value {
  return transpose(layerNorm(b, name, transpose(x, [0, 2, 3, 1]), EPSILON), [0, 3, 1, 2]);
}
