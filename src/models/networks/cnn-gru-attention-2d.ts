import * as v from 'valibot';
import { gru } from '../../nn/index.js';
import { convStack2d } from './conv-stack.js';
import { head } from './head.js';
import type { NetworkKind } from './network-kind.js';
import { coloured, reduced } from './pictures.js';
import { attentionOverTime, recurrentStack, stepsOf } from './sequence.js';
import { expectPictures } from './shapes.js';
import { attentionPool, colours, convs, dropoutShare, recurrent, size } from './sizes.js';

const schema = v.strictObject({
  kind: v.literal('cnn-gru-attention-2d'),
  /** 3 repeats a grey plane, as published networks over colour pictures read it. */
  colours,
  /** The picture is first made smaller by this factor; 1 leaves it. */
  reduce: size,
  convs,
  recurrent,
  attention: attentionPool,
  hidden: size,
  dropout: dropoutShare,
});

/** Convolutions with batch norm over a picture, whose columns GRU layers read and attention weights. */
export const cnnGruAttention2d = {
  schema,
  build: (config, shape) => {
    expectPictures(config.kind, shape, config.colours);
    return (b, { x }) => {
      const map = convStack2d(b, coloured(reduced(x, config.reduce), config.colours), config.convs, true);
      const { sequence } = recurrentStack(b, stepsOf(map), config.recurrent, gru);
      const features = attentionOverTime(b, sequence, config.attention);
      return { logits: head(b, features, { ...config, classes: shape.classes }), map };
    };
  },
} satisfies NetworkKind<v.InferOutput<typeof schema>>;
