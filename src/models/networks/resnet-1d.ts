import * as v from 'valibot';
import {
  add,
  type Builder,
  dense,
  dropout,
  fromSignals,
  maxPool1d,
  reduceMean,
  relu,
  reshape,
  type Value,
} from '../../nn/index.js';
import { convNorm } from './conv-norm.js';
import { placed } from './conv-stack.js';
import type { NetworkKind } from './network-kind.js';
import { expectSignals } from './shapes.js';
import { dropoutShare, size } from './sizes.js';

const schema = v.strictObject({
  kind: v.literal('resnet-1d'),
  /** The first convolution, with batch norm and ReLU, and the maximum over `pool` samples. */
  stem: v.strictObject({ channels: size, kernel: size, stride: size, pool: size }),
  /** Kernel of all other convolutions. */
  kernel: size,
  /** Each but the first halves the length. */
  stages: v.pipe(v.array(v.strictObject({ channels: size, blocks: size })), v.minLength(1)),
  dropout: dropoutShare,
});

/**
 * Residual blocks of two convolutions in stages, averaged over time.
 * Source: He et al., CVPR 2016, arXiv:1512.03385, section 3.3, with projections where the shape changes.
 */
export const resnet1d = {
  schema,
  build: (config, shape) => {
    expectSignals(config.kind, shape);
    const { stem, stages, kernel } = config;
    return (b, { x }) => {
      const first = convNorm(b, 'stem', fromSignals(b, x), stem.channels, stem.kernel, stem.stride);
      let h = relu(stem.pool > 1 ? maxPool1d(first, stem.pool) : first);
      stages.forEach(({ channels, blocks }, s) => {
        for (let i = 0; i < blocks; i++) {
          const sum = residual(b, `stage${s}.${i}`, h, channels, kernel, s > 0 && i === 0 ? 2 : 1);
          h = relu(s === stages.length - 1 && i === blocks - 1 ? placed(b, sum) : sum);
        }
      });
      const mean = reshape(reduceMean(h, [3]), [-1, h.shape[1]]);
      const logits = dense(b, 'logits', dropout(b, 'dropout', mean, config.dropout), {
        units: shape.classes,
      });
      return { logits, map: h };
    };
  },
} satisfies NetworkKind<v.InferOutput<typeof schema>>;

/** A block before its last ReLU. */
function residual(
  b: Builder,
  name: string,
  x: Value,
  channels: number,
  kernel: number,
  stride: number,
): Value {
  const inner = relu(convNorm(b, `${name}.conv0`, x, channels, kernel, stride));
  const outer = convNorm(b, `${name}.conv1`, inner, channels, kernel, 1);
  const same = stride === 1 && x.shape[1] === channels;
  return add(same ? x : convNorm(b, `${name}.shortcut`, x, channels, 1, stride), outer);
}
