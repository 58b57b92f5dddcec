import { expect, it } from 'vitest';
import { exportModel } from '../export.js';
import { filled } from '../initialisers.js';
import { openModel } from '../model.js';
import { createNativeRuntime } from '../node.js';
import { reduceSum } from '../ops/broadcast.js';
import { multiply } from '../ops/elementwise.js';
import { reshape } from '../ops/layout.js';
import { sgd } from '../optimisers.js';
import { createTrainer, type TrainerOptions } from '../trainer.js';
import type { TrainingPlan } from '../training-graph.js';
import { dropPath } from './drop-path.js';

const BATCH = 2000;
const plan: TrainingPlan = {
  network: (b, { x }) => ({ y: dropPath(b, 'path', multiply(x, b.parameter('p', [1], filled(1))), 0.2) }),
  inputs: { x: ['N', 2, 1, 3] },
  loss: ({ y }) => reshape(reduceSum(y), []),
  optimiser: sgd(),
  batchSize: BATCH,
  report: ['y'],
};

it('leaves whole examples out, the wanted share and anew at each step, and keeps the mean', async () => {
  const runtime = await createNativeRuntime();
  const options: TrainerOptions = { seed: 1 };
  const trainer = await createTrainer(runtime, plan, options);
  const x = new Float32Array(BATCH * 6).fill(1);
  const step = async () => (await trainer.step({ x }, 0)).outputs['y'];
  const [first, second] = [await step(), await step()];
  await trainer.release();
  const kept = Array.from({ length: BATCH }, (_, row) => new Set(first.subarray(6 * row, 6 * row + 6)));
  expect(kept.every((values) => values.size === 1)).toBe(true);
  expect(new Set(first)).toEqual(new Set([0, Math.fround(1 / 0.8)]));
  const dropped = kept.filter((values) => values.has(0)).length / BATCH;
  // Four standard errors of a share of 2000.
  expect(Math.abs(dropped - 0.2)).toBeLessThan(4 * Math.sqrt((0.2 * 0.8) / BATCH));
  expect(second).not.toEqual(first);
});

it('leaves none out in inference', async () => {
  const runtime = await createNativeRuntime();
  const { network, inputs } = plan;
  const none = new Float32Array(0);
  const model = await openModel(
    runtime,
    exportModel({ network, inputs, parameters: Float32Array.of(1), statistics: none }),
  );
  const data = Float32Array.from({ length: 12 }, (_, i) => i);
  const { y } = await model.run({ x: { data, shape: [2, 2, 1, 3] } });
  expect(y.data).toEqual(data);
  await model.release();
});
