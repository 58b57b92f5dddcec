import * as v from 'valibot';
import { lstm } from '../../nn/index.js';
import { convStack1d } from './conv-stack.js';
import { head } from './head.js';
import type { NetworkKind } from './network-kind.js';
import { attentionOverTime, recurrentStack, stepsOf } from './sequence.js';
import { expectSignals } from './shapes.js';
import { attentionPool, convs, dropoutShare, recurrent, size } from './sizes.js';

const schema = v.strictObject({
  kind: v.literal('cnn-lstm-attention-1d'),
  convs,
  recurrent,
  attention: attentionPool,
  hidden: size,
  dropout: dropoutShare,
});

/** Convolutions with batch norm, then LSTM layers whose steps attention weights. */
export const cnnLstmAttention1d = {
  schema,
  build: (config, shape) => {
    expectSignals(config.kind, shape);
    return (b, { x }) => {
      const map = convStack1d(b, x, config.convs, true);
      const { sequence } = recurrentStack(b, stepsOf(map), config.recurrent, lstm);
      const features = attentionOverTime(b, sequence, config.attention);
      return { logits: head(b, features, { ...config, classes: shape.classes }), map };
    };
  },
} satisfies NetworkKind<v.InferOutput<typeof schema>>;
