import { createRandom } from '../src/core/index.js';
import { averageOverTime, conv1d, dense, fromSignals, type Network, relu } from '../src/nn/index.js';
import type { TrainingConfig } from '../src/training/classifier/training-config.js';
import type { ExampleSet } from '../src/training/examples/example-set.js';

/** Samples of a toy example. */
const LENGTH = 32;

/** Noisy sines and sawtooths of random phase and period; `rare` is the share of sawtooths. Ten records, one a patient. */
export function toyExamples(n: number, seed: number, rare = 0.5): ExampleSet {
  const random = createRandom(seed);
  const data = new Float32Array(n * LENGTH);
  const label = Uint8Array.from({ length: n }, () => (random.next() < rare ? 1 : 0));
  const record = Uint16Array.from({ length: n }, () => random.integer(10));
  for (let i = 0; i < n; i++) {
    const phase = random.next();
    const period = 10 + 6 * random.next();
    for (let k = 0; k < LENGTH; k++) {
      const turn = (k / period + phase) % 1;
      const wave = label[i] === 0 ? Math.sin(2 * Math.PI * turn) : 2 * turn - 1;
      data[i * LENGTH + k] = wave + 0.1 * random.normal();
    }
  }
  const records = Array.from({ length: 10 }, (_, r) => ({ id: `toy/${r}`, patient: `toy-${r}` }));
  return { classes: ['sine', 'sawtooth'], shape: [1, LENGTH], data, label, record, records };
}

/** A convolutional network that tells them apart in a second. */
export const TOY_NETWORK: Network = (b, { x }) => {
  const first = relu(conv1d(b, 'conv1', fromSignals(b, x), { channels: 8, kernel: 5 }));
  const map = relu(conv1d(b, 'conv2', first, { channels: 16, kernel: 5, stride: 2 }));
  return { logits: dense(b, 'head', averageOverTime(b, map), { units: 2 }), map };
};

/** Nothing but the plainest training. */
export const TOY_CONFIG: TrainingConfig = {
  epochs: 4,
  batchSize: 32,
  learningRate: 0.01,
  weightDecay: 0.001,
  schedule: { kind: 'constant' },
  loss: { labelSmoothing: 0, focalGamma: 0, classWeightPower: 0 },
  sampling: { power: 0, epochShare: 1 },
  smote: null,
  gan: null,
  augmentation: { kind: 'none' },
  clipNorm: null,
  ema: null,
  earlyStopping: null,
  threads: 1,
};
