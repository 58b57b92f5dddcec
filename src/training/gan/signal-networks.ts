import {
  add,
  type Builder,
  concat,
  constant,
  conv1d,
  dense,
  divide,
  filled,
  fromSignals,
  leakyRelu,
  matmul,
  multiply,
  reduceMean,
  reshape,
  slice,
  sqrt,
  subtract,
  toFeatures,
  toSignals,
  type Value,
} from '../../nn/index.js';

/** Numbers of the noise a signal is made of. */
export const NOISE = 64;

/** Channels of the three convolutions of the critic; the generator has them the other way round. */
const CHANNELS = [16, 32, 64] as const;
const GENERATOR_KERNEL = 5;
const CRITIC_KERNEL = 7;
const CRITIC_STRIDE = 3;
const SLOPE = 0.2;

/** The signals a pair of networks is about, standardised. */
export interface SignalForm {
  readonly channels: number;
  readonly samples: number;
  /** What follows a signal's end, standardised; null where that differs between signals and is generated too. */
  readonly level: number | null;
}

/** What the generator reads. */
export interface GeneratorInputs {
  /** Standard normal, [N, 64]. */
  readonly noise: Value;
  /** 1 up to the end of the signal, 0 after it, [N, 1, samples]. */
  readonly inside: Value;
  /** Says where each part of a signal comes to lie, [N, grid, grid] of `gridOf`; see `writeStretch`. */
  readonly stretch: Value;
}

/** Places in time at which the generator stretches its signals: every fourth sample. */
export function gridOf(samples: number): number {
  return 2 * Math.ceil(samples / 8);
}

/**
 * Signals [N, channels, samples] from noise: a dense layer, then three times doubled in time by interpolation and
 * convolved. After a signal's end, which is given, it stays at one level. Until the first doubling time counts as a share
 * of the signal; then it is stretched to its length: what stands at a share of it, as the next R peak of a beat
 * does, need not be learned for each length.
 */
export function generator(b: Builder, form: SignalForm, { noise, inside, stretch }: GeneratorInputs): Value {
  const { channels, samples, level } = form;
  const base = Math.ceil(samples / 8);
  const seeds = concat([noise, reshape(reduceMean(inside, [2]), [-1, 1])], 1);
  const [first, second, third] = [...CHANNELS].reverse();
  const start = dense(b, 'start', seeds, { units: first * base });
  let x = fromSignals(b, reshape(leakyRelu(start, SLOPE), [-1, first, base]));
  const up = (name: string, width: number) =>
    conv1d(b, name, doubled(b, x), { channels: width, kernel: GENERATOR_KERNEL });
  x = leakyRelu(up('up1', second), SLOPE);
  x = fromSignals(b, matmul(toSignals(b, x), stretch));
  x = leakyRelu(up('up2', third), SLOPE);
  x = up('up3', channels);
  const signals = slice(toSignals(b, x), 2, 0, samples);
  const rest = level ?? reshape(dense(b, 'level', seeds, { units: channels }), [-1, channels, 1]);
  return add(multiply(signals, inside), multiply(subtract(1, inside), rest));
}

/**
 * How real signals [N, channels, samples] look, one unbounded number each, [N, 1]: three convolutions of stride 3.
 * The second and third are normalised a signal, which keeps the gradient of one apart from the others, as the penalty
 * needs it.
 */
export function critic(b: Builder, signals: Value, inside: Value): Value {
  let x = fromSignals(b, concat([signals, inside], 1));
  for (const [i, channels] of CHANNELS.entries()) {
    x = conv1d(b, `down${i + 1}`, x, { channels, kernel: CRITIC_KERNEL, stride: CRITIC_STRIDE });
    if (i > 0) x = normalisedEach(b, `norm${i + 1}`, x);
    x = leakyRelu(x, SLOPE);
  }
  return dense(b, 'score', toFeatures(b, x), { units: 1 });
}

/** Twice as many samples, the new ones halfway between. By joining: the size of the batch must stay open. */
function doubled(b: Builder, x: Value): Value {
  const [, channels, , length] = x.shape;
  const shape = b.training ? [1, channels, -1, length] : [-1, channels, 1, length];
  const next = concat([slice(x, 3, 1, length), slice(x, 3, length - 1, length)], 3);
  const between = multiply(add(x, next), 0.5);
  const pairs = [x, between].map((each) => reshape(each, [...shape, 1]));
  return reshape(concat(pairs, 4), [...shape.slice(0, 3), 2 * length]);
}

/**
 * Signals normalised over their channels and samples, then scaled and shifted a channel.
 * Source: Ba, Kiros & Hinton, arXiv:1607.06450; over channels and places as in arXiv:1704.00028.
 */
function normalisedEach(b: Builder, name: string, x: Value): Value {
  const channels = x.shape[1];
  const scale = b.parameter(`${name}.scale`, [channels, 1, 1], filled(1), { decay: false });
  const bias = b.parameter(`${name}.bias`, [channels, 1, 1], filled(0), { decay: false });
  const mean = (v: Value) => reduceMean(reduceMean(v, [3]), [1]);
  const centred = subtract(x, mean(x));
  const deviation = sqrt(add(mean(multiply(centred, centred)), constant(1e-5)));
  return add(multiply(divide(centred, deviation), scale), bias);
}
