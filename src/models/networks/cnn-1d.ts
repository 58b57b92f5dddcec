import * as v from 'valibot';
import { convStack1d } from './conv-stack.js';
import { head } from './head.js';
import type { NetworkKind } from './network-kind.js';
import { meanAndMax } from './sequence.js';
import { expectSignals } from './shapes.js';
import { convs, dropoutShare, size } from './sizes.js';

const schema = v.strictObject({
  kind: v.literal('cnn-1d'),
  convs,
  hidden: size,
  dropout: dropoutShare,
});

/** Convolutions with batch norm, read by mean and maximum over time. */
export const cnn1d = {
  schema,
  build: (config, shape) => {
    expectSignals(config.kind, shape);
    return (b, { x }) => {
      const map = convStack1d(b, x, config.convs, true);
      return { logits: head(b, meanAndMax(map, 3), { ...config, classes: shape.classes }), map };
    };
  },
} satisfies NetworkKind<v.InferOutput<typeof schema>>;
