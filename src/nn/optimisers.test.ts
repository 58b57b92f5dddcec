import { beforeAll, describe, expect, it } from 'vitest';
import type { Network } from './builder.js';
import { createNativeRuntime } from './node.js';
import { reduceSum } from './ops/broadcast.js';
import { multiply } from './ops/elementwise.js';
import { reshape } from './ops/layout.js';
import { adamW, type Optimiser, sgd } from './optimisers.js';
import type { Runtime } from './runtime.js';
import { createTrainer } from './trainer.js';
import type { TrainingPlan } from './training-graph.js';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime();
});

/** Two parameters whose gradient is the input. */
const network: Network = (b) => ({ p: b.parameter('p', [2], () => Float32Array.of(0.5, -0.3)) });

async function trajectory(
  optimiser: Optimiser,
  gradients: readonly (readonly [number, number])[],
  options: Partial<TrainingPlan> = {},
  rate = 0.05,
) {
  const plan: TrainingPlan = {
    network,
    inputs: { g: [2] },
    loss: ({ p }, { g }) => reshape(reduceSum(multiply(p, g)), []),
    optimiser,
    batchSize: 1,
    ...options,
  };
  const trainer = await createTrainer(runtime, plan, { seed: 1 });
  const path: { parameters: number[]; ema: number[]; norm: number }[] = [];
  for (const g of gradients) {
    const { gradientNorm } = await trainer.step({ g: Float32Array.from(g) }, rate);
    const state = trainer.state();
    path.push({ parameters: [...state.parameters], ema: [...(state.ema ?? [])], norm: gradientNorm });
  }
  await trainer.release();
  return path;
}

function expectClose(ours: readonly number[], theirs: readonly number[]) {
  for (const [i, x] of theirs.entries()) expect(ours[i]).toBeCloseTo(x, 6);
}

// Origin: torch.optim of PyTorch 1.13 in float64, from [0.5, −0.3] at rate 0.05 with the gradients
// [sin(t + 1), cos(2t) − 0.2], t = 0…4.
const gradients = Array.from({ length: 5 }, (_, t) => [Math.sin(t + 1), Math.cos(2 * t) - 0.2] as const);

describe('the optimisers follow PyTorch', () => {
  it('AdamW(weight_decay=0.1, betas=(0.8, 0.95))', async () => {
    const path = await trajectory(adamW({ weightDecay: 0.1, beta1: 0.8, beta2: 0.95 }), gradients);
    const theirs = [
      [0.447500001, -0.348499999],
      [0.39513461, -0.347688526],
      [0.352638955, -0.323578938],
      [0.342246779, -0.324014099],
      [0.353160552, -0.316567107],
    ];
    for (const [t, { parameters }] of path.entries()) expectClose(parameters, theirs[t]);
  });

  it('SGD(weight_decay=0.1, momentum=0.9, nesterov=True)', async () => {
    const path = await trajectory(sgd({ weightDecay: 0.1, momentum: 0.9, nesterov: true }), gradients);
    const theirs = [
      [0.415310256, -0.37315],
      [0.288876979, -0.342256126],
      [0.201723577, -0.259509844],
      [0.200915725, -0.29474314],
      [0.256229409, -0.257790674],
    ];
    for (const [t, { parameters }] of path.entries()) expectClose(parameters, theirs[t]);
  });

  it('SGD(momentum=0.9)', async () => {
    const path = await trajectory(sgd({ momentum: 0.9 }), gradients);
    expectClose(path[4].parameters, [0.272071606, -0.297130016]);
  });
});

describe('what surrounds the optimiser', () => {
  it('shortens a gradient of length 5 to length 1, and leaves a short one', async () => {
    // By hand: 3–4–5; the bound is divided by 5 + 1e-6.
    const path = await trajectory(
      sgd(),
      [
        [3, 4],
        [0.3, 0.4],
      ],
      { clipNorm: 1 },
      1,
    );
    expect(path[0].norm).toBeCloseTo(5, 6);
    expectClose(path[0].parameters, [0.5 - 0.6, -0.3 - 0.8]);
    expectClose(path[1].parameters, [0.5 - 0.6 - 0.3, -0.3 - 0.8 - 0.4]);
  });

  it('averages the weights, quickly at first', async () => {
    // By hand: the share of the old is min(0.5, (1 + t) / (10 + t)): 2/11, then 3/12.
    const path = await trajectory(
      sgd(),
      [
        [1, 0],
        [1, 0],
      ],
      { emaDecay: 0.5 },
      0.1,
    );
    const first = 0.5 * (2 / 11) + 0.4 * (9 / 11);
    expectClose(path[0].ema, [first, -0.3]);
    expectClose(path[1].ema, [first * (3 / 12) + 0.3 * (9 / 12), -0.3]);
  });

  it('decays only what asks for it', async () => {
    const path = await trajectory(adamW({ weightDecay: 0.5 }), [[0, 0]], {
      network: (b) => ({ p: b.parameter('p', [2], () => Float32Array.of(0.5, -0.3), { decay: false }) }),
    });
    expectClose(path[0].parameters, [0.5, -0.3]);
    expectClose((await trajectory(adamW({ weightDecay: 0.5 }), [[0, 0]]))[0].parameters, [0.4875, -0.2925]);
  });
});
