import * as v from 'valibot';
import { lstm } from '../../nn/index.js';
import { convStack2d } from './conv-stack.js';
import { head } from './head.js';
import type { NetworkKind } from './network-kind.js';
import { coloured, reduced } from './pictures.js';
import { readSequence, recurrentStack, stepsOf } from './sequence.js';
import { expectPictures } from './shapes.js';
import { colours, convs, dropoutShare, readout, recurrent, size } from './sizes.js';

const schema = v.strictObject({
  kind: v.literal('cnn-lstm-2d'),
  /** 3 repeats a grey plane, as published networks over colour pictures read it. */
  colours,
  /** The picture is first made smaller by this factor; 1 leaves it. */
  reduce: size,
  convs,
  recurrent,
  readout,
  hidden: size,
  dropout: dropoutShare,
});

/** Convolutions with batch norm over a picture, whose columns are then the steps of LSTM layers. */
export const cnnLstm2d = {
  schema,
  build: (config, shape) => {
    expectPictures(config.kind, shape, config.colours);
    return (b, { x }) => {
      const map = convStack2d(b, coloured(reduced(x, config.reduce), config.colours), config.convs, true);
      const features = readSequence(recurrentStack(b, stepsOf(map), config.recurrent, lstm), config.readout);
      return { logits: head(b, features, { ...config, classes: shape.classes }), map };
    };
  },
} satisfies NetworkKind<v.InferOutput<typeof schema>>;
