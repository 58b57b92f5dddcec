import * as v from 'valibot';
import { reshape } from '../../nn/index.js';
import { convStack1d } from './conv-stack.js';
import { head } from './head.js';
import type { NetworkKind } from './network-kind.js';
import { expectSignals } from './shapes.js';
import { convs, dropoutShare, size } from './sizes.js';

const schema = v.strictObject({
  kind: v.literal('screening-cnn'),
  convs,
  hidden: size,
  dropout: dropoutShare,
});

/** Convolutions without normalisation, flattened into one hidden layer: the small screening network over 2 s. */
export const screeningCnn = {
  schema,
  build: (config, shape) => {
    expectSignals(config.kind, shape);
    return (b, { x }) => {
      const map = convStack1d(b, x, config.convs, false);
      const features = reshape(map, [-1, map.shape[1] * map.shape[3]]);
      return { logits: head(b, features, { ...config, classes: shape.classes }), map };
    };
  },
} satisfies NetworkKind<v.InferOutput<typeof schema>>;
