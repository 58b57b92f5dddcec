import {
  adamW,
  averageOverTime,
  batchNorm,
  conv1d,
  conv2d,
  crossEntropy,
  dense,
  dropout,
  flattenImages,
  fromSignals,
  lstm,
  maxPool,
  maxPool1d,
  type Network,
  relu,
  type TrainingPlan,
  toTokens,
  type Value,
} from '../../src/nn/index.js';

/** The three networks of the benchmark; `pytorch.py` holds the same three. */
export type WorkloadName = 'cnn' | 'cnn-bilstm' | 'cnn2d';

export interface Workload {
  readonly plan: TrainingPlan;
  /** Shape of the input `x` without the batch. */
  readonly shape: readonly number[];
  readonly classes: number;
}

/** A size of the networks: 1 is the benchmark's, the fixtures of the gradient test use a smaller one. */
export interface WorkloadSize {
  readonly batch: number;
  readonly length: number;
  /** Divides every number of channels and units. */
  readonly divisor: number;
  readonly dropout: number;
}

const SIZES: Readonly<Record<WorkloadName, WorkloadSize>> = {
  cnn: { batch: 256, length: 256, divisor: 1, dropout: 0 },
  'cnn-bilstm': { batch: 256, length: 187, divisor: 1, dropout: 0.5 },
  cnn2d: { batch: 32, length: 64, divisor: 1, dropout: 0 },
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

const cnnBilstm =
  (divisor: number, rate: number): Network =>
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
    const { last } = lstm(b, 'lstm', toTokens(b, h), { units: 64 / divisor, bidirectional: true });
    const hidden = relu(dense(b, 'hidden', last, { units: 64 / divisor }));
    return { logits: dense(b, 'head', dropout(b, 'dropout', hidden, rate), { units: 5 }) };
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

/** A training plan of one of the three networks with Adam. */
export function workload(name: WorkloadName, size: WorkloadSize = SIZES[name]): Workload {
  const networks: Record<WorkloadName, Network> = {
    cnn: cnn(size.divisor),
    'cnn-bilstm': cnnBilstm(size.divisor, size.dropout),
    cnn2d: cnn2d(size.divisor),
  };
  const shape = name === 'cnn2d' ? [1, size.length, size.length] : [1, size.length];
  const classes = name === 'cnn2d' ? 6 : 5;
  return {
    shape,
    classes,
    plan: {
      network: networks[name],
      inputs: { x: ['N', ...shape], targets: ['N', classes] },
      loss: ({ logits }, { targets }) => crossEntropy(logits, targets),
      optimiser: adamW({ weightDecay: 0 }),
      batchSize: size.batch,
    },
  };
}
