import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom, EcgError } from '../../core/index.js';
import {
  buildTrainingGraph,
  createTrainer,
  crossEntropy,
  exportModel,
  openModel,
  type Runtime,
  sgd,
  type TrainingPlan,
  type TrainingState,
} from '../../nn/index.js';
import { createNativeRuntime } from '../../nn/node.js';
import { parseStrictly } from '../strict.js';
import { buildNetwork, NETWORKS, type NetworkConfig, NetworkConfigSchema } from './table.js';

const BATCH = 6;
const CLASSES = 3;

interface Case {
  readonly config: NetworkConfig;
  readonly shape: readonly number[];
  /** Shape of the map, without the batch. */
  readonly map: readonly number[];
  /** Parameters by hand: weights, then biases and what normalises; four or three gates a recurrent unit. */
  readonly parameters: number;
}

const conv = (inner: number, channels: number, kernel: number) => inner * channels * kernel;
const dense = (inner: number, units: number) => inner * units + units;
const lstm = (inner: number, units: number) => 4 * units * (inner + units + 1);
// A GRU has two biases: the reset gate acts on one of them.
const gru = (inner: number, units: number) => 3 * units * (inner + units + 2);

const dropout = 0.3;
const two = [
  { channels: 4, kernel: 5, pool: 2 },
  { channels: 6, kernel: 3, pool: 2 },
];

const CASES: readonly Case[] = [
  {
    config: { kind: 'screening-cnn', convs: two, hidden: 8, dropout },
    shape: [1, 22],
    map: [6, 1, 5],
    parameters: conv(1, 4, 5) + 4 + conv(4, 6, 3) + 6 + dense(30, 8) + dense(8, 3),
  },
  {
    config: { kind: 'cnn-bilstm', convs: two, units: 5, readout: 'last', hidden: 8, dropout },
    shape: [1, 22],
    map: [6, 1, 5],
    parameters: conv(1, 4, 5) + 8 + conv(4, 6, 3) + 12 + 2 * lstm(6, 5) + dense(10, 8) + dense(8, 3),
  },
  {
    config: { kind: 'cnn-1d', convs: two, hidden: 8, dropout },
    shape: [2, 22],
    map: [6, 1, 5],
    parameters: conv(2, 4, 5) + 8 + conv(4, 6, 3) + 12 + dense(12, 8) + dense(8, 3),
  },
  {
    config: {
      kind: 'lstm-1d',
      frame: 4,
      embedding: 7,
      recurrent: { layers: 2, units: 5, bidirectional: true },
      readout: 'mean-max',
      hidden: 8,
      dropout,
    },
    shape: [2, 22],
    map: [7, 1, 6],
    parameters: dense(8, 7) + 2 * lstm(7, 5) + 2 * lstm(10, 5) + dense(20, 8) + dense(8, 3),
  },
  {
    config: {
      kind: 'cnn-lstm-1d',
      convs: two,
      recurrent: { layers: 1, units: 5, bidirectional: false },
      readout: 'mean-max',
      hidden: 8,
      dropout,
    },
    shape: [2, 22],
    map: [6, 1, 5],
    parameters: conv(2, 4, 5) + 8 + conv(4, 6, 3) + 12 + lstm(6, 5) + dense(10, 8) + dense(8, 3),
  },
  {
    config: {
      kind: 'cnn-lstm-attention-1d',
      convs: two,
      recurrent: { layers: 1, units: 5, bidirectional: true },
      attention: { kind: 'additive', units: 4 },
      hidden: 8,
      dropout,
    },
    shape: [1, 22],
    map: [6, 1, 5],
    parameters:
      conv(1, 4, 5) + 8 + conv(4, 6, 3) + 12 + 2 * lstm(6, 5) + dense(10, 4) + 4 + dense(10, 8) + dense(8, 3),
  },
  {
    config: {
      kind: 'cnn-lstm-attention-1d',
      convs: two,
      recurrent: { layers: 1, units: 5, bidirectional: true },
      attention: { kind: 'multi-head', heads: 2 },
      hidden: 8,
      dropout,
    },
    shape: [1, 22],
    map: [6, 1, 5],
    parameters:
      conv(1, 4, 5) +
      8 +
      conv(4, 6, 3) +
      12 +
      2 * lstm(6, 5) +
      (4 * dense(10, 10) + 20) +
      dense(10, 8) +
      dense(8, 3),
  },
  {
    config: {
      kind: 'resnet-1d',
      stem: { channels: 4, kernel: 7, stride: 2, pool: 2 },
      kernel: 3,
      stages: [
        { channels: 4, blocks: 1 },
        { channels: 6, blocks: 2 },
      ],
      dropout,
    },
    shape: [2, 45],
    map: [6, 1, 6],
    // The first stage keeps its width and needs no projection; the second has one.
    parameters:
      conv(2, 4, 7) +
      8 +
      2 * (conv(4, 4, 3) + 8) +
      (conv(4, 6, 3) + 12 + conv(6, 6, 3) + 12 + conv(4, 6, 1) + 12) +
      2 * (conv(6, 6, 3) + 12) +
      dense(6, 3),
  },
];

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime({ threads: 1 });
});

function planOf(config: NetworkConfig, shape: readonly number[]): TrainingPlan {
  return {
    network: buildNetwork(config, { shape, classes: CLASSES }),
    inputs: { x: ['N', ...shape], targets: ['N', CLASSES] },
    loss: ({ logits }, { targets }) => crossEntropy(logits, targets),
    optimiser: sgd(),
    batchSize: BATCH,
    report: ['logits', 'map'],
  };
}

function batchOf(shape: readonly number[]) {
  const random = createRandom(3);
  const size = shape.reduce((product, n) => product * n, BATCH);
  const targets = new Float32Array(BATCH * CLASSES);
  for (let row = 0; row < BATCH; row++) targets[row * CLASSES + (row % CLASSES)] = 1;
  return { x: Float32Array.from({ length: size }, () => random.normal()), targets };
}

/** Parameters away from the zeros and ones they start from: what those hide would not be seen. */
function stirred(state: TrainingState): TrainingState {
  const random = createRandom(4);
  return { ...state, parameters: state.parameters.map((p) => p + 0.1 * random.normal()) };
}

/**
 * The running statistics as those of the batch itself, from a step's: after one step from mean 0 and variance 1 they
 * are 0.9 of these and 0.1 of the batch's, whose variance is that of a sample.
 */
function batchStatistics(plan: TrainingPlan, after: Float32Array): Float32Array {
  const own = after.slice();
  for (const { offset, channels, count } of buildTrainingGraph(plan).statistics)
    for (let i = 0; i < channels; i++) {
      own[offset + i] = after[offset + i] / 0.1;
      own[offset + channels + i] = (((after[offset + channels + i] - 0.9) / 0.1) * (count - 1)) / count;
    }
  return own;
}

function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i])), 0);
}

describe.each(CASES.map((each) => [each.config.kind, each] as const))('%s', (_, each) => {
  const { config, shape } = each;

  it('has the parameters counted by hand, and its schema knows its configuration', () => {
    const { parameters } = buildTrainingGraph(planOf(config, shape));
    const counted = parameters.reduce((sum, p) => sum + p.shape.reduce((a, b) => a * b, 1), 0);
    expect(counted).toBe(each.parameters);
    expect(parseStrictly(NetworkConfigSchema, config, 'test')).toEqual(config);
    expect(() => parseStrictly(NetworkConfigSchema, { ...config, wide: 3 }, 'test')).toThrow(/wide/);
  });

  it('lowers the loss with a step down its gradient, not with one up', async () => {
    const trainer = await createTrainer(runtime, planOf({ ...config, dropout: 0 }, shape), { seed: 1 });
    const batch = batchOf(shape);
    trainer.restore(stirred(trainer.state()));
    const start = trainer.state();
    const { loss, gradientNorm, outputs } = await trainer.step(batch, 0);
    expect(outputs['logits'].length).toBe(BATCH * CLASSES);
    expect(outputs['map'].length).toBe(each.map.reduce((product, n) => product * n, BATCH));
    const lossAfter = async (distance: number) => {
      trainer.restore(start);
      await trainer.step(batch, distance / gradientNorm);
      return (await trainer.step(batch, 0)).loss;
    };
    expect(await lossAfter(0.01)).toBeLessThan(loss);
    expect(await lossAfter(-0.01)).toBeGreaterThan(loss);
    await trainer.release();
  });

  it('gives in inference what it gives in training', async () => {
    // Dropout is on in the file's configuration: inference leaves it out.
    const plan = planOf({ ...config, dropout: 0 }, shape);
    const trainer = await createTrainer(runtime, plan, { seed: 1 });
    const batch = batchOf(shape);
    trainer.restore(stirred(trainer.state()));
    const { parameters } = trainer.state();
    const { outputs } = await trainer.step(batch, 0);
    const statistics = batchStatistics(plan, trainer.state().statistics);
    const run = async (of: Float32Array) => {
      const { network, inputs } = planOf(config, shape);
      const model = await openModel(runtime, exportModel({ network, inputs, parameters: of, statistics }));
      const results = await model.run({ x: { data: batch.x, shape: [BATCH, ...shape] } });
      await model.release();
      return results;
    };
    const same = await run(parameters);
    expect(same['logits'].shape).toEqual([BATCH, CLASSES]);
    expect(same['map'].shape).toEqual([BATCH, ...each.map]);
    expect(farthest(same['logits'].data, outputs['logits'])).toBeLessThan(1e-4);
    expect(farthest(same['map'].data, outputs['map'])).toBeLessThan(1e-4);
    const other = await run(parameters.map((p) => p * 1.01));
    expect(farthest(other['logits'].data, outputs['logits'])).toBeGreaterThan(1e-4);
    expect(farthest(other['map'].data, outputs['map'])).toBeGreaterThan(1e-4);
    await trainer.release();
  });
});

describe('buildNetwork', () => {
  it('knows every kind of the schema, each tried above', () => {
    expect(new Set(CASES.map(({ config }) => config.kind))).toEqual(new Set(Object.keys(NETWORKS)));
  });

  it.each(CASES.map(({ config, shape }) => [config.kind, config, shape] as const))(
    'refuses %s for examples it cannot read',
    (_, config, shape) => {
      for (const wrong of [[...shape, 4], shape.slice(1)]) {
        const build = () => buildNetwork(config, { shape: wrong, classes: CLASSES });
        expect(build).toThrow(EcgError);
        expect(build).toThrow(expect.objectContaining({ code: 'bad-shape' }));
      }
    },
  );

  it('refuses signals shorter than the pools, and says which network and why', () => {
    const build = () => buildNetwork(CASES[0].config, { shape: [1, 3], classes: CLASSES });
    expect(build).toThrow(expect.objectContaining({ code: 'bad-shape' }));
    expect(build).toThrow(/screening-cnn .*\[1,3\].*maxPool/);
  });
});
