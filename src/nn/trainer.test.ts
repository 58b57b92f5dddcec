import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../core/index.js';
import type { Network } from './builder.js';
import { filled } from './initialisers.js';
import { conv1d } from './layers/convolution.js';
import { dense } from './layers/dense.js';
import { batchNorm, dropout } from './layers/normalisation.js';
import { lstm } from './layers/recurrent.js';
import { averageOverTime, fromSignals, maxPool1d, toTokens } from './layers/signals.js';
import { crossEntropy } from './losses.js';
import { createNativeRuntime } from './node.js';
import { reduceSum } from './ops/broadcast.js';
import { add, multiply, relu, reverseGradient } from './ops/elementwise.js';
import { concat, reshape } from './ops/layout.js';
import { adamW, sgd } from './optimisers.js';
import type { Runtime } from './runtime.js';
import { createTrainer, type Trainer, type TrainingState } from './trainer.js';
import type { TrainingPlan } from './training-graph.js';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime({ threads: 1 });
});

const network: Network = (b, { x }) => {
  const h = relu(
    maxPool1d(batchNorm(b, 'norm', conv1d(b, 'conv', fromSignals(b, x), { channels: 8, kernel: 5 })), 2),
  );
  const { last } = lstm(b, 'lstm', toTokens(b, h), { units: 6, bidirectional: true });
  const features = dropout(b, 'dropout', concat([averageOverTime(b, h), last], 1), 0.3);
  return { logits: dense(b, 'head', features, { units: 3 }) };
};

const plan: TrainingPlan = {
  network,
  inputs: { x: ['N', 2, 24], targets: ['N', 3] },
  loss: ({ logits }, { targets }) => crossEntropy(logits, targets),
  optimiser: adamW(),
  batchSize: 16,
  clipNorm: 1,
  emaDecay: 0.9,
};

/** Three classes of noise with a bump at three places. */
function batch(seed: number) {
  const random = createRandom(seed);
  const x = Float32Array.from({ length: 16 * 2 * 24 }, () => 0.3 * random.normal());
  const targets = new Float32Array(16 * 3);
  for (let row = 0; row < 16; row++) {
    const label = random.integer(3);
    targets[row * 3 + label] = 1;
    for (let i = 0; i < 4; i++) x[row * 48 + 3 + 7 * label + i] += 2;
  }
  return { x, targets };
}

async function train(trainer: Trainer, from: number, to: number): Promise<number[]> {
  const losses: number[] = [];
  for (let step = from; step < to; step++) losses.push((await trainer.step(batch(step), 0.01)).loss);
  return losses;
}

function bytesOf(state: TrainingState): string {
  const arrays = [state.parameters, state.statistics, state.ema!, ...Object.values(state.slots)];
  return arrays
    .map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('hex'))
    .join();
}

describe('training', () => {
  it('learns, and repeats bit for bit with the same seed on any number of threads', async () => {
    const twoThreads = await createNativeRuntime({ threads: 2 });
    const trainers = [
      await createTrainer(runtime, plan, { seed: 5 }),
      await createTrainer(twoThreads, plan, { seed: 5 }),
      await createTrainer(runtime, plan, { seed: 6 }),
    ];
    const [first, second, other] = await Promise.all(trainers.map((trainer) => train(trainer, 0, 60)));
    expect(second).toEqual(first);
    expect(bytesOf(trainers[1].state())).toBe(bytesOf(trainers[0].state()));
    expect(other).not.toEqual(first);
    // Chance is log 3 = 1.1.
    expect(first.slice(-5).reduce((a, b) => a + b) / 5).toBeLessThan(0.4);
    for (const trainer of trainers) await trainer.release();
  });

  it('goes on from a saved state as if it had not stopped', async () => {
    const whole = await createTrainer(runtime, plan, { seed: 5 });
    await train(whole, 0, 12);
    const half = await createTrainer(runtime, plan, { seed: 5 });
    await train(half, 0, 7);
    const saved = structuredClone(half.state());
    const resumed = await createTrainer(runtime, plan, { seed: 99, state: saved });
    await train(resumed, 7, 12);
    expect(bytesOf(resumed.state())).toBe(bytesOf(whole.state()));
    // The dropout masks are part of it.
    const without = await createTrainer(runtime, plan, {
      seed: 99,
      state: { ...saved, random: [1, 2, 3, 4] },
    });
    await train(without, 7, 12);
    expect(bytesOf(without.state())).not.toBe(bytesOf(whole.state()));
    for (const trainer of [whole, half, resumed, without]) await trainer.release();
  });

  it('keeps its memory over 300 steps', async () => {
    // A leak of one vector of the 300,000 parameters a step would be 360 MB.
    const wide: TrainingPlan = {
      network: (b, { x }) => ({
        logits: dense(b, 'head', relu(dense(b, 'wide', x, { units: 3000 })), { units: 3 }),
      }),
      inputs: { x: ['N', 96], targets: ['N', 3] },
      loss: ({ logits }, { targets }) => crossEntropy(logits, targets),
      optimiser: sgd(),
      batchSize: 2,
    };
    const trainer = await createTrainer(runtime, wide, { seed: 1 });
    const inputs = { x: new Float32Array(2 * 96).fill(0.1), targets: Float32Array.of(1, 0, 0, 0, 1, 0) };
    const run = async (steps: number) => {
      for (let i = 0; i < steps; i++) await trainer.step(inputs, 1e-3);
      return process.memoryUsage().rss / 2 ** 20;
    };
    const before = await run(100);
    expect((await run(300)) - before).toBeLessThan(120);
    await trainer.release();
  });

  it('drops the wanted share, anew at each step, and keeps the mean', async () => {
    const trainer = await createTrainer(
      runtime,
      {
        network: (b, { x }) => ({
          y: dropout(b, 'dropout', multiply(x, b.parameter('p', [1], filled(1))), 0.3),
        }),
        inputs: { x: ['N', 100] },
        loss: ({ y }) => reshape(reduceSum(y), []),
        optimiser: sgd(),
        batchSize: 100,
        report: ['y'],
      },
      { seed: 1 },
    );
    const step = async () => (await trainer.step({ x: new Float32Array(1e4).fill(1) }, 0)).outputs['y'];
    const [first, second] = [await step(), await step()];
    const dropped = first.filter((y) => y === 0).length / 1e4;
    // Four standard errors of a share of 10,000.
    expect(Math.abs(dropped - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / 1e4));
    expect(Math.max(...first)).toBeCloseTo(1 / 0.7, 6);
    // Independent masks agree in 0.3² + 0.7² of the places.
    const agree = first.filter((y, i) => y === second[i]).length / 1e4;
    expect(Math.abs(agree - 0.58)).toBeLessThan(4 * Math.sqrt((0.58 * 0.42) / 1e4));
    await trainer.release();
  });

  it('feeds scalars, and reverses a gradient by one of them', async () => {
    const adversarial: TrainingPlan = {
      network: (b, { x, lambda }) => {
        const h = dense(b, 'shared', x, { units: 2 });
        return {
          own: dense(b, 'own', h, { units: 2 }),
          other: dense(b, 'other', reverseGradient(h, lambda), { units: 2 }),
        };
      },
      inputs: { x: ['N', 2], t: ['N', 2], lambda: [] },
      // The task's share is 0: only the reversed gradient reaches the shared layer.
      loss: ({ own, other }, { t }) => add(multiply(crossEntropy(own, t), 0), crossEntropy(other, t)),
      optimiser: sgd(),
      batchSize: 2,
    };
    const shared = async (lambda: number) => {
      const trainer = await createTrainer(runtime, adversarial, { seed: 3 });
      const before = trainer.state().parameters.slice(0, 4);
      const inputs = {
        x: Float32Array.of(1, 2, -1, 0.5),
        t: Float32Array.of(1, 0, 0, 1),
        lambda: Float32Array.of(lambda),
      };
      await trainer.step(inputs, 1);
      const after = trainer.state().parameters;
      await trainer.release();
      return Array.from(before, (p, i) => after[i] - p);
    };
    const [forward, backward] = [await shared(-1), await shared(2)];
    expect(Math.max(...forward.map(Math.abs))).toBeGreaterThan(1e-3);
    for (const [i, change] of forward.entries()) expect(backward[i]).toBeCloseTo(-2 * change, 5);
  });
});

describe('what a trainer refuses', () => {
  const make = (part: Partial<TrainingPlan>) => createTrainer(runtime, { ...plan, ...part }, { seed: 1 });

  it('two parts with one name', async () => {
    const twice: Network = (b, { x }) => {
      const h = dense(b, 'same', x, { units: 24 });
      return { logits: dense(b, 'same', h, { units: 3 }) };
    };
    await expect(make({ network: twice })).rejects.toThrow(/two parts of the network are called same/);
  });

  it('a network without parameters, an unknown report, a loss that is no scalar', async () => {
    await expect(make({ network: (_, { x }) => ({ logits: x }) })).rejects.toThrow(/no parameters/);
    await expect(make({ report: ['probability'] })).rejects.toThrow(/probability/);
    await expect(make({ loss: ({ logits }) => logits })).rejects.toThrow(/shape \[16,3\]/);
  });

  it('missing inputs, a state of another network, and a loss that is not finite', async () => {
    const trainer = await make({});
    const { x, targets } = batch(1);
    await expect(trainer.step({ x }, 0.1)).rejects.toThrow(/input targets of no numbers/);
    await expect(trainer.step({ x: x.slice(1), targets }, 0.1)).rejects.toThrow(/16,2,24/);
    const state = trainer.state();
    expect(() => trainer.restore({ ...state, parameters: new Float32Array(3) })).toThrow(/does not belong/);
    await expect(trainer.step({ x: x.map(() => Number.NaN), targets }, 0.1)).rejects.toThrow(
      /the loss is NaN/,
    );
    // The bad step left no trace.
    expect(bytesOf(trainer.state())).toBe(bytesOf(state));
    expect(trainer.state().random).toEqual(state.random);
    await trainer.release();
  });
});
