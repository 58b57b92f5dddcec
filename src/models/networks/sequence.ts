import {
  add,
  attention,
  type Builder,
  concat,
  dense,
  type gru,
  layerNorm,
  type lstm,
  matmul,
  type RecurrentOutput,
  reduceMax,
  reduceMean,
  reshape,
  softmax,
  tanh,
  transpose,
  type Value,
} from '../../nn/index.js';
import type { AttentionPool, Readout, Recurrent } from './sizes.js';

/** A map [N, C, H, L] as tokens [N, L, C · H]: each column is a step in time. */
export function stepsOf(map: Value): Value {
  const [, channels, height, length] = map.shape;
  return transpose(reshape(map, [-1, channels * height, length]), [0, 2, 1]);
}

/** Recurrent layers over tokens [N, T, I]: what the last of them gives. */
export function recurrentStack(
  b: Builder,
  tokens: Value,
  { layers, units, bidirectional }: Recurrent,
  cell: typeof lstm | typeof gru,
): RecurrentOutput {
  let out = cell(b, 'recurrent0', tokens, { units, bidirectional });
  for (let i = 1; i < layers; i++) out = cell(b, `recurrent${i}`, out.sequence, { units, bidirectional });
  return out;
}

/** What is read of a recurrent layer, [N, features]. */
export function readSequence({ sequence, last }: RecurrentOutput, readout: Readout): Value {
  return readout === 'last' ? last : meanAndMax(sequence, 1);
}

/** Mean and maximum over the axis of time of [N, T, D] (1) or [N, D, 1, T] (3), [N, 2 · D]. */
export function meanAndMax(x: Value, time: 1 | 3): Value {
  const width = x.shape[time === 1 ? 2 : 1];
  return concat(
    [reduceMean, reduceMax].map((reduce) => reshape(reduce(x, [time]), [-1, width])),
    1,
  );
}

/**
 * Steps [N, T, D] weighted by attention, [N, D].
 *
 * Additive: a step's weight is the softmax of v · tanh(W h + c). Multi-head: the steps look at each other, are added
 * to what they were, normalised and averaged.
 * Source: Bahdanau et al., ICLR 2015, arXiv:1409.0473; Vaswani et al., NeurIPS 2017, arXiv:1706.03762.
 */
export function attentionOverTime(b: Builder, steps: Value, pool: AttentionPool): Value {
  const [, length, width] = steps.shape;
  if (pool.kind === 'multi-head') {
    const looked = attention(b, 'attention', steps, { heads: pool.heads });
    const normal = layerNorm(b, 'attention.norm', add(steps, looked));
    return reshape(reduceMean(normal, [1]), [-1, width]);
  }
  const hidden = tanh(dense(b, 'attention.hidden', steps, { units: pool.units }));
  // Without a bias: softmax does not see it.
  const scores = dense(b, 'attention.score', hidden, { units: 1, bias: false });
  const weights = softmax(reshape(scores, [-1, 1, length]));
  return reshape(matmul(weights, steps), [-1, width]);
}
