import * as v from 'valibot';
import { dense, lstm, pad, relu, reshape, transpose, type Value } from '../../nn/index.js';
import { head } from './head.js';
import type { NetworkKind } from './network-kind.js';
import { readSequence, recurrentStack, stepsOf } from './sequence.js';
import { expectSignals } from './shapes.js';
import { dropoutShare, readout, recurrent, size } from './sizes.js';

const schema = v.strictObject({
  kind: v.literal('lstm-1d'),
  /** Samples a step; training unrolls every step, so that 40 of them are plenty. */
  frame: size,
  /** Width a frame is mapped to before the first layer. */
  embedding: size,
  recurrent,
  readout,
  hidden: size,
  dropout: dropoutShare,
});

/**
 * LSTM layers over frames of the signal; the map is the frames' embedding, for the layers' own states remember other
 * places.
 */
export const lstm1d = {
  schema,
  build: (config, shape) => {
    expectSignals(config.kind, shape);
    return (b, { x }) => {
      const embedded = dense(b, 'embedding', framesOf(x, config.frame), { units: config.embedding });
      const steps = embedded.shape[1];
      const map = relu(reshape(transpose(embedded, [0, 2, 1]), [-1, config.embedding, 1, steps]));
      const features = readSequence(recurrentStack(b, stepsOf(map), config.recurrent, lstm), config.readout);
      return { logits: head(b, features, { ...config, classes: shape.classes }), map };
    };
  },
} satisfies NetworkKind<v.InferOutput<typeof schema>>;

/** Signals [N, C, L] cut into frames [N, T, C · frame], the last filled up with zeros. */
function framesOf(x: Value, frame: number): Value {
  const [, channels, length] = x.shape;
  const steps = Math.ceil(length / frame);
  const cut = reshape(pad(x, 2, 0, steps * frame - length), [-1, channels, steps, frame]);
  return reshape(transpose(cut, [0, 2, 1, 3]), [-1, steps, channels * frame]);
}
