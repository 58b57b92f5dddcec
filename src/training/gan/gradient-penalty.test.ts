import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import {
  batchNorm,
  constant,
  fromSignals,
  gradientsOf,
  input,
  multiply,
  type Runtime,
  reduceSum,
  reshape,
  type Value,
  writeModel,
} from '../../nn/index.js';
import { createNativeRuntime } from '../../nn/node.js';
import { gradientPenalty } from './adversarial-plans.js';
import { borrowed, countParameters } from './borrowed-parameters.js';
import { critic } from './signal-networks.js';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime({ threads: 1 });
});

/** The penalty and its slopes by the critic's numbers. */
async function penaltyOf(penalty: Value, vector: Value, signals: Value) {
  const [slopes] = gradientsOf(penalty, [vector]);
  const session = await runtime.open(writeModel({ penalty, slopes }), { training: true });
  return async (at: Float32Array, x: Float32Array) => {
    const feeds = {
      vector: { data: at, shape: vector.shape },
      signals: { data: x, shape: signals.shape },
    };
    const fed = Object.fromEntries(Object.entries(feeds).filter(([name]) => session.inputs.includes(name)));
    const results = await session.run(fed);
    return { penalty: results['penalty'].data[0], slopes: results['slopes'].data };
  };
}

function normals(n: number, seed: number, deviation: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: n }, () => deviation * random.normal());
}

describe('the gradient penalty', () => {
  it('of a linear score is (‖w‖ − 1)², whatever the signal, with the slope 2 (‖w‖ − 1) w / ‖w‖', async () => {
    const vector = input('vector', [4]);
    const signals = input('signals', [3, 1, 4]);
    const penalty = gradientPenalty(
      (x) => reduceSum(multiply(x, reshape(vector, [1, 1, 4])), [1, 2]),
      signals,
    );
    const run = await penaltyOf(penalty, vector, signals);
    // ‖(2, 1, 2, 4)‖ = 5.
    const got = await run(Float32Array.of(2, 1, 2, 4), normals(12, 1, 1));
    expect(got.penalty).toBeCloseTo(16, 4);
    for (const [i, w] of [2, 1, 2, 4].entries()) expect(got.slopes[i]).toBeCloseTo((2 * 4 * w) / 5, 4);
  });

  it('of the critic has the slopes that central differences find', async () => {
    const inside = constant(new Float32Array(2 * 24).fill(1), [2, 1, 24]);
    const signals = input('signals', [2, 1, 24]);
    const vector = input('vector', [countParameters((b) => critic(b, signals, inside))]);
    const build = (x: Value) => critic(borrowed(vector), x, inside);
    const run = await penaltyOf(gradientPenalty(build, signals), vector, signals);
    const x = normals(48, 2, 1);
    const at = normals(vector.shape[0], 3, 0.2);
    const { slopes } = await run(at, x);
    // Of the steepest numbers: single precision shows their slope best. The slopes of leaky ReLU jump where a signal
    // crosses 0, and with them the penalty; a small step of one number crosses at few places, hence the median.
    const steepest = [...slopes.keys()]
      .sort((a, b) => Math.abs(slopes[b]) - Math.abs(slopes[a]))
      .slice(0, 40);
    const h = 2 ** -9;
    const ratios: number[] = [];
    for (const k of steepest) {
      const moved = async (by: number) =>
        (
          await run(
            at.map((w, i) => (i === k ? w + by : w)),
            x,
          )
        ).penalty;
      ratios.push(((await moved(h)) - (await moved(-h))) / (2 * h) / slopes[k]);
    }
    const error = (factor: number) =>
      ratios.map((ratio) => Math.abs(ratio * factor - 1)).sort((a, b) => a - b)[ratios.length / 2];
    expect(error(1)).toBeLessThan(1e-3);
    expect(error(1.003)).toBeGreaterThan(1e-3);
  });
});

describe('borrowed parameters', () => {
  it('are refused to layers that keep statistics', () => {
    const x = input('signals', [2, 1, 8]);
    expect(() => countParameters((b) => batchNorm(b, 'norm', fromSignals(b, x)))).toThrowError(
      expect.objectContaining({ code: 'unsupported' }),
    );
  });
});
