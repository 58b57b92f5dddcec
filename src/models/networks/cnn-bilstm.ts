import * as v from 'valibot';
import { lstm } from '../../nn/index.js';
import { convStack1d } from './conv-stack.js';
import { head } from './head.js';
import type { NetworkKind } from './network-kind.js';
import { readSequence, recurrentStack, stepsOf } from './sequence.js';
import { expectSignals } from './shapes.js';
import { convs, dropoutShare, readout, size } from './sizes.js';

const schema = v.strictObject({
  kind: v.literal('cnn-bilstm'),
  convs,
  /** States of the LSTM in each direction. */
  units: size,
  readout,
  hidden: size,
  dropout: dropoutShare,
});

/** Convolutions with batch norm, then one LSTM in both directions: the heartbeat network over 187 samples. */
export const cnnBilstm = {
  schema,
  build: (config, shape) => {
    expectSignals(config.kind, shape);
    return (b, { x }) => {
      const map = convStack1d(b, x, config.convs, true);
      const layer = { layers: 1, units: config.units, bidirectional: true };
      const features = readSequence(recurrentStack(b, stepsOf(map), layer, lstm), config.readout);
      return { logits: head(b, features, { ...config, classes: shape.classes }), map };
    };
  },
} satisfies NetworkKind<v.InferOutput<typeof schema>>;
