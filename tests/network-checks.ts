import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom, EcgError } from '../src/core/index.js';
import { buildNetwork, type NetworkConfig, NetworkConfigSchema, parseStrictly } from '../src/models/index.js';
import {
  buildTrainingGraph,
  createTrainer,
  crossEntropy,
  exportModel,
  gradientsOf,
  type Network,
  openModel,
  type Runtime,
  reduceSum,
  reshape,
  sgd,
  slice,
  type TrainingPlan,
  type TrainingState,
} from '../src/nn/index.js';
import { createNativeRuntime } from '../src/nn/node.js';

const BATCH = 6;
/** Classes of the networks that are checked. */
export const CLASSES = 3;

/** A network and what is known of it beforehand. */
export interface NetworkCase {
  readonly config: NetworkConfig;
  readonly shape: readonly number[];
  /** Shape of the map, without the batch. */
  readonly map: readonly number[];
  /** Parameters by hand: weights, then biases and what normalises; four or three gates a recurrent unit. */
  readonly parameters: number;
}

// Parameters of a part; a convolution's without its biases.
export const conv = (inner: number, channels: number, kernel: number) => inner * channels * kernel;
export const dense = (inner: number, units: number) => inner * units + units;
export const lstm = (inner: number, units: number) => 4 * units * (inner + units + 1);
// A GRU has two biases: the reset gate acts on one of them.
export const gru = (inner: number, units: number) => 3 * units * (inner + units + 2);

/** Parameters of a network, counted in its training graph. */
export function countParameters(config: NetworkConfig, shape: readonly number[], classes = CLASSES): number {
  const { parameters } = buildTrainingGraph(planOf(config, shape, classes));
  return parameters.reduce((sum, p) => sum + p.shape.reduce((a, b) => a * b, 1), 0);
}

/** Checks all that holds of every network. */
export function checkNetworks(cases: readonly NetworkCase[]): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await createNativeRuntime({ threads: 1 });
  });

  describe.each(cases.map((each) => [each.config.kind, each] as const))('%s', (_, each) => {
    const { config, shape } = each;

    it('has the parameters counted by hand, and its schema knows its configuration', () => {
      expect(countParameters(config, shape)).toBe(each.parameters);
      expect(parseStrictly(NetworkConfigSchema, config, 'test')).toEqual(config);
      expect(() => parseStrictly(NetworkConfigSchema, { ...config, wide: 3 }, 'test')).toThrow(/wide/);
    });

    it('lowers the loss with a step down its gradient, not with one up', async () => {
      const trainer = await createTrainer(runtime, planOf(undropped(config), shape), { seed: 1 });
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

    it('has a map that the logits hang on, so that they have a slope by it', async () => {
      const plan = planOf(undropped(config), shape);
      const sloped: Network = (b, inputs) => {
        const outputs = plan.network(b, inputs);
        const logit = reshape(reduceSum(slice(outputs['logits'], 1, 0, 1)), []);
        return { ...outputs, slope: gradientsOf(logit, [outputs['map']])[0] };
      };
      const trainer = await createTrainer(
        runtime,
        { ...plan, network: sloped, report: ['slope'] },
        { seed: 1 },
      );
      trainer.restore(stirred(trainer.state()));
      const { slope } = (await trainer.step(batchOf(shape), 0)).outputs;
      expect(slope.length).toBe(each.map.reduce((product, n) => product * n, BATCH));
      expect(slope.filter((x) => x !== 0).length).toBeGreaterThan(slope.length / 10);
      await trainer.release();
    });

    it('gives in inference what it gives in training', async () => {
      // Dropout is on in the file's configuration: inference leaves it out.
      const plan = planOf(undropped(config), shape);
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

    it('refuses examples it cannot read', () => {
      for (const wrong of [[...shape, 4], shape.slice(1)]) {
        const build = () => buildNetwork(config, { shape: wrong, classes: CLASSES });
        expect(build).toThrow(EcgError);
        expect(build).toThrow(expect.objectContaining({ code: 'bad-shape' }));
      }
    });
  });
}

/** A network that drops nothing in training. */
function undropped(config: NetworkConfig): NetworkConfig {
  return config.kind === 'convnext-v2' ? { ...config, dropout: 0, dropPath: 0 } : { ...config, dropout: 0 };
}

function planOf(config: NetworkConfig, shape: readonly number[], classes = CLASSES): TrainingPlan {
  return {
    network: buildNetwork(config, { shape, classes }),
    inputs: { x: ['N', ...shape], targets: ['N', classes] },
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
