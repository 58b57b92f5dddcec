import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import {
  adamW,
  createTrainer,
  crossEntropy,
  exportModel,
  openModel,
  type Runtime,
  reshape,
} from '../../nn/index.js';
import { createNativeRuntime } from '../../nn/node.js';
import { type UNet1dConfig, unet1d } from './unet-1d.js';

const config: UNet1dConfig = { kind: 'unet-1d', stem: 5, channels: [4, 6, 8], depth: [0, 1, 2], kernel: 3 };
const [BATCH, LENGTH, CLASSES] = [8, 64, 2];
const network = unet1d(config, { shape: [1, LENGTH], classes: CLASSES });
const inputs = { x: ['N', 1, LENGTH], targets: ['N', LENGTH, CLASSES] } as const;
let runtime: Runtime;

beforeAll(async () => {
  runtime = await createNativeRuntime({ threads: 1 });
});

const trainerOf = () =>
  createTrainer(
    runtime,
    {
      network,
      inputs,
      loss: ({ logits }, { targets }) =>
        crossEntropy(reshape(logits, [BATCH * LENGTH, CLASSES]), reshape(targets, [BATCH * LENGTH, CLASSES])),
      optimiser: adamW(),
      batchSize: BATCH,
    },
    { seed: 3 },
  );

/** Noise with a plateau somewhere; the plateau's samples are of class 1. */
function batch(seed: number) {
  const random = createRandom(seed);
  const x = Float32Array.from({ length: BATCH * LENGTH }, () => 0.2 * random.normal());
  const targets = new Float32Array(BATCH * LENGTH * CLASSES);
  for (let row = 0; row < BATCH; row++) {
    const from = random.integer(LENGTH - 12);
    for (let i = 0; i < LENGTH; i++) {
      const inside = i >= from && i < from + 12;
      if (inside) x[row * LENGTH + i] += 1;
      targets[(row * LENGTH + i) * CLASSES + (inside ? 1 : 0)] = 1;
    }
  }
  return { x, targets };
}

describe('unet-1d', () => {
  it('has the parameters counted by hand', async () => {
    const trainer = await trainerOf();
    const count = trainer.parameters.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    const norm = (channels: number) => 2 * channels;
    const conv = (inner: number, outer: number, kernel: number) => inner * outer * kernel;
    const down = conv(1, 4, 5) + norm(4) + conv(4, 6, 3) + norm(6) + conv(6, 8, 3) + norm(8);
    const deep = conv(6, 6, 3) + norm(6) + 2 * (conv(8, 8, 3) + norm(8));
    const up =
      conv(8, 6, 1) + norm(6) + conv(6, 6, 3) + norm(6) + conv(6, 4, 1) + norm(4) + conv(4, 4, 3) + norm(4);
    expect(count).toBe(down + deep + up + conv(4, 2 * CLASSES, 3) + 2 * CLASSES);
    await trainer.release();
  });

  it('learns what each sample belongs to, and says it for any number of signals', async () => {
    const trainer = await trainerOf();
    for (let step = 0; step < 150; step++) await trainer.step(batch(step), 0.01);
    const { parameters, statistics } = trainer.state();
    const model = await openModel(
      runtime,
      exportModel({ network, inputs: { x: inputs.x }, parameters, statistics }),
    );
    const { x, targets } = batch(1000);
    const { logits } = await model.run({ x: { data: x, shape: [BATCH, 1, LENGTH] } });
    expect(logits.shape).toEqual([BATCH, LENGTH, CLASSES]);
    const values = logits.data as Float32Array;
    let right = 0;
    for (let i = 0; i < BATCH * LENGTH; i++) {
      if (values[i * CLASSES + 1] > values[i * CLASSES] === (targets[i * CLASSES + 1] === 1)) right++;
    }
    // All background would be right in 52 of 64.
    expect(right / (BATCH * LENGTH)).toBeGreaterThan(0.95);
    // Each signal alone says the same as among others.
    const alone = await model.run({ x: { data: x.slice(LENGTH, 2 * LENGTH), shape: [1, 1, LENGTH] } });
    (alone['logits'].data as Float32Array).forEach((value, i) => {
      expect(value).toBeCloseTo(values[LENGTH * CLASSES + i], 4);
    });
    await model.release();
    await trainer.release();
  });

  it('refuses lengths that its levels do not halve evenly, and pictures', () => {
    const builder = { shape: [1, 60], classes: 2 };
    expect(() =>
      exportModel({
        network: unet1d(config, builder),
        inputs: { x: ['N', 1, 60] },
        parameters: new Float32Array(0),
        statistics: new Float32Array(0),
      }),
    ).toThrow(expect.objectContaining({ code: 'bad-shape' }));
    expect(() => unet1d(config, { shape: [1, 8, 8], classes: 2 })).toThrow(
      expect.objectContaining({ code: 'bad-shape' }),
    );
  });
});
