import * as v from 'valibot';

/** A width, length or count. */
export const size = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** Share of the entries that dropout removes in training. */
export const dropoutShare = v.pipe(v.number(), v.minValue(0), v.maxValue(0.9));

/** Convolutions, each followed by batch norm where `batchNorm` says so, maximum pooling by `pool`, and ReLU. */
export const convs = v.pipe(
  v.array(v.strictObject({ channels: size, kernel: size, pool: size })),
  v.minLength(1),
);

/** Recurrent layers, one on the other. */
export const recurrent = v.strictObject({ layers: size, units: size, bidirectional: v.boolean() });

/** What of a recurrent sequence is read: the last states, or mean and maximum over time. */
export const readout = v.picklist(['last', 'mean-max']);

/** What attention weights the steps by: a small network's score of each, or products of queries and keys. */
export const attentionPool = v.variant('kind', [
  v.strictObject({ kind: v.literal('additive'), units: size }),
  v.strictObject({ kind: v.literal('multi-head'), heads: size }),
]);

/** Planes a picture is given to the network with. */
export const colours = v.picklist([1, 3]);

export type Convs = v.InferOutput<typeof convs>;
export type Recurrent = v.InferOutput<typeof recurrent>;
export type Readout = v.InferOutput<typeof readout>;
export type AttentionPool = v.InferOutput<typeof attentionPool>;
