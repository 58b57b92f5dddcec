import * as v from 'valibot';
import { lstm } from '../../nn/index.js';
import { convStack1d } from './conv-stack.js';
import { head } from './head.js';
import type { NetworkKind } from './network-kind.js';
import { readSequence, recurrentStack, stepsOf } from './sequence.js';
import { expectSignals } from './shapes.js';
import { convs, dropoutShare, readout, recurrent, size } from './sizes.js';

const schema = v.strictObject({
  kind: v.literal('cnn-lstm-1d'),
  convs,
  recurrent,
  readout,
  hidden: size,
  dropout: dropoutShare,
});

/** Convolutions with batch norm, then LSTM layers. */
export const cnnLstm1d = {
  schema,
  build: (config, shape) => {
    expectSignals(config.kind, shape);
    return (b, { x }) => {
      const map = convStack1d(b, x, config.convs, true);
      const features = readSequence(recurrentStack(b, stepsOf(map), config.recurrent, lstm), config.readout);
      return { logits: head(b, features, { ...config, classes: shape.classes }), map };
    };
  },
} satisfies NetworkKind<v.InferOutput<typeof schema>>;
