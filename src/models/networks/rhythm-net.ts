import * as v from 'valibot';
import { EcgError } from '../../core/index.js';
import {
  add,
  type Builder,
  batchNorm,
  concat,
  dense,
  dropout,
  fromSignals,
  maxPool1d,
  reduceMax,
  reduceMean,
  relu,
  reshape,
  slice,
  toFeatures,
  transpose,
  type Value,
} from '../../nn/index.js';
import { convNorm } from './conv-norm.js';
import { placed } from './conv-stack.js';
import type { NetworkKind } from './network-kind.js';
import { expectSignals } from './shapes.js';
import { dropoutShare, size } from './sizes.js';

const schema = v.strictObject({
  kind: v.literal('rhythm-net'),
  /** What the last row of an example begins with: so many figures, then two signals of so many samples each. */
  figures: size,
  beat: size,
  /** The first convolution over the other rows, `fold` samples of which it reads as one of `fold` times the channels. */
  stem: v.strictObject({ fold: size, channels: size, kernel: size }),
  /** Residual blocks, each on the maxima of two samples; kernels in samples of theirs. */
  blocks: v.pipe(v.array(v.strictObject({ channels: size, kernel: size })), v.minLength(1)),
  /** Channels of the two convolutions over the typical beat. */
  beatChannels: size,
  /** Units the figures become, and those of all parts together. */
  figureUnits: size,
  hidden: size,
  dropout: dropoutShare,
});

/**
 * Three readings of a stretch joined: residual blocks over its signals (mean and maximum over time), two convolutions
 * over its typical beat, and a dense layer over its figures.
 *
 * Source: residual blocks by He et al., CVPR 2016, arXiv:1512.03385; figures beside a deep reading after Cheng et al.,
 * arXiv:1606.07792.
 */
export const rhythmNet = {
  schema,
  build: (config, shape) => {
    expectSignals(config.kind, shape);
    const [rows, length] = shape.shape;
    const { figures, beat } = config;
    if (rows < 2 || figures + 2 * beat > length)
      throw new EcgError(
        'bad-shape',
        `network ${config.kind}: examples [${rows}, ${length}] have no last row with ${figures} figures and 2 signals of ${beat} samples beside their signals`,
      );
    if (length % config.stem.fold !== 0)
      throw new EcgError(
        'bad-shape',
        `network ${config.kind}: ${length} samples do not fold by ${config.stem.fold}, give a divisor`,
      );
    return (b, { x }) => {
      const part = (from: number, to: number) => slice(slice(x, 1, rows - 1, rows), 2, from, to);
      const numbers = batchNorm(b, 'figures.norm', reshape(part(0, figures), [-1, figures]));
      const told = relu(
        dense(b, 'figures', dropout(b, 'figures.dropout', numbers, config.dropout / 2), {
          units: config.figureUnits,
        }),
      );
      const shown = beatReading(
        b,
        reshape(part(figures, figures + 2 * beat), [-1, 2, beat]),
        config.beatChannels,
      );
      const map = signalReading(b, slice(x, 1, 0, rows - 1), config);
      const over = (reduced: Value) => reshape(reduced, [-1, map.shape[1]]);
      const joined = concat([over(reduceMean(map, [3])), over(reduceMax(map, [3])), told, shown], 1);
      const hidden = relu(
        dense(b, 'hidden', dropout(b, 'joined.dropout', joined, config.dropout), { units: config.hidden }),
      );
      const logits = dense(b, 'logits', dropout(b, 'hidden.dropout', hidden, config.dropout), {
        units: shape.classes,
      });
      return { logits, map };
    };
  },
} satisfies NetworkKind<v.InferOutput<typeof schema>>;

type Config = v.InferOutput<typeof schema>;

/** The last activation, [N, C, 1, L]. */
function signalReading(b: Builder, signals: Value, { stem, blocks }: Config): Value {
  // Strides cost their gradients the work of all samples; folded, a stride is a plain convolution.
  const [, rows, length] = signals.shape;
  const apart = reshape(signals, [-1, rows, length / stem.fold, stem.fold]);
  const folded = reshape(transpose(apart, [0, 1, 3, 2]), [-1, rows * stem.fold, length / stem.fold]);
  let h = relu(convNorm(b, 'stem', fromSignals(b, folded), stem.channels, stem.kernel));
  blocks.forEach(({ channels, kernel }, i) => {
    const name = `block${i}`;
    const half = maxPool1d(h, 2);
    const inner = relu(convNorm(b, `${name}.conv0`, half, channels, kernel));
    const outer = convNorm(b, `${name}.conv1`, inner, channels, kernel);
    const sum = add(
      half.shape[1] === channels ? half : convNorm(b, `${name}.shortcut`, half, channels, 1),
      outer,
    );
    h = relu(i === blocks.length - 1 ? placed(b, sum) : sum);
  });
  return h;
}

function beatReading(b: Builder, beat: Value, channels: number): Value {
  const first = relu(maxPool1d(convNorm(b, 'beat.conv0', fromSignals(b, beat), channels, 7), 2));
  const second = relu(maxPool1d(convNorm(b, 'beat.conv1', first, channels, 5), 4));
  return toFeatures(b, second);
}
