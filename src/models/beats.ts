import * as v from 'valibot';
import { EcgError } from '../core/index.js';
import {
  add,
  averageOverTime,
  type Builder,
  batchNorm,
  concat,
  conv1d,
  dense,
  divide,
  dropout,
  fromSignals,
  maximumOverTime,
  maxPool1d,
  type Network,
  relu,
  reshape,
  scoped,
  slice,
  toFeatures,
  type Value,
} from '../nn/index.js';
import type { FeatureGroup, InputShape } from './contract.js';

const size = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Sizes of the beat network. */
export const BeatNetworkSchema = v.strictObject({
  /** The convolutions over the waves, each followed by batch norm and ReLU; all but the last halve the length. */
  waves: v.pipe(v.array(v.strictObject({ channels: size, kernel: size })), v.minLength(1)),
  /** A branch over the ratios of `reach` beats on either side: two convolutions, then `units`; null for none. */
  ratios: v.nullable(v.strictObject({ reach: size, channels: size, kernel: size, units: size })),
  /** A branch over the likeness figures of `reach` beats on either side; null for none. */
  likeness: v.nullable(
    v.strictObject({ reach: v.pipe(v.number(), v.integer(), v.minValue(0)), units: size }),
  ),
  /** Whether the RR statistics, batch-normalised, reach the last layers. */
  statistics: v.boolean(),
  /** Width of the last hidden layer. */
  hidden: size,
  /** Share dropped before and after the last hidden layer, in training. */
  dropout: v.pipe(v.number(), v.minValue(0), v.maxValue(0.9)),
});

/** Sizes of the beat network; see `BeatNetworkSchema`. */
export type BeatNetwork = v.InferOutput<typeof BeatNetworkSchema>;

/** What the beat network gives for inputs `waves` [N, channels, length] and `features` [N, features]. */
export interface BeatOutputs {
  /** [N, 5], in the order of `BEAT_CLASSES`. */
  readonly logits: Value;
  /** [N, hidden]: what the logits are a linear map of. */
  readonly embedding: Value;
}

/**
 * A compact beat classifier: convolutions over the beat and its difference from the sinus template, beside small
 * branches over the rhythm around it and the likeness of its neighbours; one hidden layer joins them.
 */
export function beatNetwork(
  b: Builder,
  config: BeatNetwork,
  shape: InputShape,
  waves: Value,
  features: Value,
): BeatOutputs {
  const columns = ({ from, to }: FeatureGroup): Value => slice(features, 1, from, to);
  let x = fromSignals(b, waves);
  config.waves.forEach(({ channels, kernel }, i) => {
    x = conv1d(b, `waves${i}`, x, { channels, kernel, bias: false });
    x = batchNorm(b, `waves${i}.norm`, x);
    // The maximum of ReLUs is the ReLU of the maximum, at half the work.
    if (i < config.waves.length - 1) x = maxPool1d(x, 2);
    x = relu(x);
  });
  const parts = [averageOverTime(b, x), maximumOverTime(b, x)];
  if (config.ratios !== null) {
    const { reach, channels, kernel, units } = config.ratios;
    let r = fromSignals(b, reshape(middle(columns(shape.groups.ratios), 1, reach), [-1, 1, 2 * reach + 1]));
    r = relu(conv1d(b, 'ratios0', r, { channels, kernel }));
    r = relu(conv1d(b, 'ratios1', r, { channels, kernel }));
    parts.push(relu(dense(b, 'ratios.dense', toFeatures(b, r), { units })));
  }
  if (config.likeness !== null) {
    const { reach, units } = config.likeness;
    const figures = shape.likenessPerBeat;
    const group = shape.groups.likeness;
    const all = reshape(columns(group), [-1, figures, (group.to - group.from) / figures]);
    const near = reshape(middle(all, 2, reach), [-1, figures * (2 * reach + 1)]);
    parts.push(relu(dense(b, 'likeness', near, { units })));
  }
  if (config.statistics) parts.push(batchNorm(b, 'statistics', columns(shape.groups.statistics)));
  parts.push(columns(shape.groups.present));
  const joined = dropout(b, 'dropout0', concat(parts, 1), config.dropout);
  const embedding = relu(dense(b, 'hidden', joined, { units: config.hidden }));
  const logits = dense(b, 'logits', dropout(b, 'dropout1', embedding, config.dropout), { units: 5 });
  return { logits, embedding };
}

/** The `reach` entries on either side of the middle of an axis, and the middle. */
function middle(x: Value, axis: number, reach: number): Value {
  const centre = (x.shape[axis] - 1) / 2;
  if (reach > centre) {
    throw new EcgError(
      'bad-option',
      `beat network: a branch reaches ${reach} beats, the input contract only ${centre}; lower it`,
    );
  }
  return slice(x, axis, centre - reach, centre + reach + 1);
}

/** The released network: the mean of its members' logits, as one graph. */
export function beatEnsemble(config: BeatNetwork, shape: InputShape, members: number): Network {
  return (b, { waves, features }) => {
    const logits = Array.from(
      { length: members },
      (_, i) => beatNetwork(scoped(b, `member${i}`), config, shape, waves, features).logits,
    );
    return { logits: divide(logits.reduce(add), members) };
  };
}
