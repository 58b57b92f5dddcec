import { buildNetwork } from '../../src/models/index.js';
import {
  adamW,
  add,
  attention,
  averageOverTime,
  type Builder,
  batchNorm,
  conv1d,
  conv2d,
  crossEntropy,
  dense,
  dropout,
  flattenImages,
  fromSignals,
  gru,
  layerNorm,
  lstm,
  maxPool,
  maxPool1d,
  type Network,
  reduceMean,
  relu,
  reshape,
  type TrainingPlan,
  toTokens,
  type Value,
} from '../../src/nn/index.js';

/** The networks of the benchmark; `pytorch.py` holds the same. */
export const WORKLOADS = [
  'cnn',
  'cnn-bilstm',
  'cnn2d',
  'cnn-bigru',
  'cnn-attention',
  'deep-cnn2d',
  'convnext-v2',
] as const;

export type WorkloadName = (typeof WORKLOADS)[number];

export interface Workload {
  readonly plan: TrainingPlan;
  /** Shape of the input `x` without the batch. */
  readonly shape: readonly number[];
  readonly classes: number;
}

/** A size of the networks: 1 is the benchmark's, the fixtures of the gradient test use a smaller one. */
export interface WorkloadSize {
  readonly batch: number;
  /** Samples of a signal, columns of a picture. */
  readonly length: number;
  /** Divides every number of channels and units. */
  readonly divisor: number;
  readonly dropout: number;
}

const SIZES: Readonly<Record<WorkloadName, WorkloadSize>> = {
  cnn: { batch: 256, length: 256, divisor: 1, dropout: 0 },
  'cnn-bilstm': { batch: 256, length: 187, divisor: 1, dropout: 0.5 },
  cnn2d: { batch: 32, length: 64, divisor: 1, dropout: 0 },
  'cnn-bigru': { batch: 256, length: 187, divisor: 1, dropout: 0.5 },
  'cnn-attention': { batch: 256, length: 187, divisor: 1, dropout: 0.5 },
  'deep-cnn2d': { batch: 32, length: 128, divisor: 1, dropout: 0.5 },
  'convnext-v2': { batch: 64, length: 128, divisor: 1, dropout: 0 },
};

const cnn =
  (divisor: number): Network =>
  (b, { x }) => {
    const channels = [32, 64, 128, 128].map((n) => n / divisor);
    let h = relu(conv1d(b, 'conv1', fromSignals(b, x), { channels: channels[0], kernel: 5, padding: 2 }));
    h = relu(conv1d(b, 'conv2', h, { channels: channels[1], kernel: 5, stride: 2, padding: 2 }));
    h = relu(conv1d(b, 'conv3', h, { channels: channels[2], kernel: 5, stride: 2, padding: 2 }));
    h = relu(conv1d(b, 'conv4', h, { channels: channels[3], kernel: 3, padding: 1 }));
    return { logits: dense(b, 'head', averageOverTime(b, h), { units: 5 }) };
  };

/** Tokens [N, T, features] that a network over them turns into features of each example. */
type Reader = (b: Builder, tokens: Value, divisor: number) => Value;

/** Three convolutions with batch norm and pooling, what reads their steps, and a hidden layer. */
const cnnThen =
  (read: Reader, divisor: number, rate: number): Network =>
  (b, { x }) => {
    const block = (h: Value, name: string, channels: number, kernel: number) =>
      // Pooling before ReLU: the same result, half the work.
      relu(
        maxPool1d(
          batchNorm(
            b,
            `${name}.norm`,
            conv1d(b, `${name}.conv`, h, { channels: channels / divisor, kernel }),
          ),
          2,
        ),
      );
    let h = fromSignals(b, x);
    h = block(h, 'block1', 64, 5);
    h = block(h, 'block2', 128, 5);
    h = block(h, 'block3', 128, 3);
    const hidden = relu(dense(b, 'hidden', read(b, toTokens(b, h), divisor), { units: 64 / divisor }));
    return { logits: dense(b, 'head', dropout(b, 'dropout', hidden, rate), { units: 5 }) };
  };

const lastOf =
  (cell: typeof lstm | typeof gru, name: string): Reader =>
  (b, tokens, divisor) =>
    cell(b, name, tokens, { units: 64 / divisor, bidirectional: true }).last;

const lookAround: Reader = (b, tokens) => {
  const looked = attention(b, 'attention', tokens, { heads: 4 });
  const normal = layerNorm(b, 'attention.norm', add(tokens, looked));
  return reshape(reduceMean(normal, [1]), [-1, tokens.shape[2]]);
};

const cnn2d =
  (divisor: number): Network =>
  (b, { x }) => {
    const block = (h: Value, name: string, channels: number) =>
      relu(maxPool(conv2d(b, name, h, { channels: channels / divisor, kernel: [3, 3] }), [2, 2]));
    let h = block(x, 'conv1', 32);
    h = block(h, 'conv2', 64);
    h = block(h, 'conv3', 128);
    const hidden = relu(dense(b, 'hidden', flattenImages(h), { units: 256 / divisor }));
    return { logits: dense(b, 'head', hidden, { units: 6 }) };
  };

/** The published deep network over pictures of 128 × 128 × 3. */
const deepCnn2d = ({ length, divisor, dropout }: WorkloadSize) =>
  buildNetwork(
    {
      kind: 'deep-cnn-2d',
      colours: 1,
      reduce: 1,
      convs: [32, 64, 128].map((channels) => ({ channels: channels / divisor, kernel: 3, pool: 2 })),
      batchNorm: false,
      hidden: 256 / divisor,
      dropout,
    },
    { shape: [3, length, length], classes: 6 },
  );

/** A small ConvNeXt V2 over pictures twice as wide as high. */
const convnextV2 = ({ length, divisor, dropout }: WorkloadSize) =>
  buildNetwork(
    {
      kind: 'convnext-v2',
      stem: 4,
      stages: [
        { depth: 1, width: 16 / divisor },
        { depth: 1, width: 32 / divisor },
        { depth: 2, width: 64 / divisor },
        { depth: 1, width: 128 / divisor },
      ],
      dropPath: 0,
      dropout,
    },
    { shape: [1, length / 2, length], classes: 5 },
  );

/** How a network is made, what it reads and how many classes it tells apart. */
interface Definition {
  readonly network: (size: WorkloadSize) => Network;
  readonly shape: (length: number) => readonly number[];
  readonly classes: number;
}

const signal = (length: number) => [1, length];
const overTokens = (read: Reader): Definition => ({
  network: ({ divisor, dropout }) => cnnThen(read, divisor, dropout),
  shape: signal,
  classes: 5,
});

const DEFINITIONS: Readonly<Record<WorkloadName, Definition>> = {
  cnn: { network: ({ divisor }) => cnn(divisor), shape: signal, classes: 5 },
  'cnn-bilstm': overTokens(lastOf(lstm, 'lstm')),
  cnn2d: { network: ({ divisor }) => cnn2d(divisor), shape: (n) => [1, n, n], classes: 6 },
  'cnn-bigru': overTokens(lastOf(gru, 'gru')),
  'cnn-attention': overTokens(lookAround),
  'deep-cnn2d': { network: deepCnn2d, shape: (n) => [3, n, n], classes: 6 },
  'convnext-v2': { network: convnextV2, shape: (n) => [1, n / 2, n], classes: 5 },
};

/** A training plan of one of the networks with Adam. */
export function workload(name: WorkloadName, size: WorkloadSize = SIZES[name]): Workload {
  const { network, shape: shapeOf, classes } = DEFINITIONS[name];
  const shape = shapeOf(size.length);
  return {
    shape,
    classes,
    plan: {
      network: network(size),
      inputs: { x: ['N', ...shape], targets: ['N', classes] },
      loss: ({ logits }, { targets }) => crossEntropy(logits, targets),
      optimiser: adamW({ weightDecay: 0 }),
      batchSize: size.batch,
    },
  };
}
