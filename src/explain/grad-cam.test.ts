import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../core/index.js';
import { buildNetwork, type NetworkConfig } from '../models/index.js';
import {
  conv2d,
  createTrainer,
  crossEntropy,
  dense,
  type Network,
  type Runtime,
  relu,
  reshape,
  sgd,
} from '../nn/index.js';
import { createNativeRuntime } from '../nn/node.js';
import { createGradCam } from './grad-cam.js';
import { upsample } from './upsample.js';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime();
});

/** The numbers a network begins with, moved a little so that no bias is 0. */
async function begin(network: Network, shape: readonly number[], classes: number) {
  const trainer = await createTrainer(
    runtime,
    {
      network,
      inputs: { x: ['N', ...shape], targets: ['N', classes] },
      loss: ({ logits }, { targets }) => crossEntropy(logits, targets),
      optimiser: sgd({}),
      batchSize: 2,
    },
    { seed: 3 },
  );
  const { parameters, statistics } = trainer.state();
  await trainer.release();
  return { parameters: parameters.map((p, i) => p + 0.1 * Math.sin(i)), statistics };
}

describe('createGradCam', () => {
  // Two channels, x and −x behind a ReLU, and two logits: the sum of the first channel over time, and that of the second.
  const split: Network = (b, { x }) => {
    const image = reshape(x, [-1, 1, 1, 4]);
    const map = relu(conv2d(b, 'conv', image, { channels: 2, kernel: [1, 1], bias: false }));
    const features = reshape(map, [-1, 8]);
    return { logits: dense(b, 'head', features, { units: 2, bias: false }), map };
  };
  // conv: channel 0 is 1 · x, channel 1 is −1 · x. Head [8, 2]: rows are the entries of channel 0, then of channel 1.
  const numbers = (head: number[][]) => Float32Array.from([1, -1, ...head.flat()]);
  const open = (parameters: Float32Array) =>
    createGradCam(runtime, {
      network: split,
      shape: [1, 4],
      classes: 2,
      parameters,
      statistics: new Float32Array(0),
    });

  it('is what the definition gives, by hand', async () => {
    const own = [1, 0];
    const other = [0, 1];
    const cam = await open(numbers([own, own, own, own, other, other, other, other]));
    const x = Float32Array.from([3, -2, 1.5, -8]);
    // Class 0: slopes 1 and 0, map relu(x) = 3 0 1.5 0, over its largest. Class 1: relu(−x) = 0 2 0 8.
    expect([...(await cam.explain(x, 0))]).toEqual([1, 0, 0.5, 0]);
    expect([...(await cam.explain(x, 1))]).toEqual([0, 0.25, 0, 1]);
    // Nothing speaks for class 0 where x is below 0 everywhere.
    expect([
      ...(await cam.explain(
        x.map((v) => -Math.abs(v)),
        0,
      )),
    ]).toEqual([0, 0, 0, 0]);
    await cam.close();
  });

  it('weights a channel by its mean slope, against it where that is negative', async () => {
    // Class 0: channel 0 has slopes 4 0 0 0 (mean 1), channel 1 slopes −1 −1 −1 −5 (mean −2); class 1 has none.
    const cam = await open(
      numbers([
        [4, 0],
        [0, 0],
        [0, 0],
        [0, 0],
        [-1, 0],
        [-1, 0],
        [-1, 0],
        [-5, 0],
      ]),
    );
    // Channel 1 is off at 1, 2 and 4 and takes nothing there; at the third it is −2 · 1 and is cut to 0.
    expect([...(await cam.explain(Float32Array.from([2, 1, -1, 4]), 0))]).toEqual([0.5, 0.25, 0, 1]);
    expect([...(await cam.explain(Float32Array.from([2, 1, -1, 4]), 1))]).toEqual([0, 0, 0, 0]);
    await cam.close();
  });

  const dropout = 0.5;
  const convs = [
    { channels: 4, kernel: 5, pool: 2 },
    { channels: 6, kernel: 3, pool: 2 },
  ];
  const recurrent = { layers: 1, units: 5, bidirectional: true };
  const gru = { layers: 1, units: 5, bidirectional: false };
  const NETWORKS: readonly NetworkConfig[] = [
    { kind: 'screening-cnn', convs, hidden: 8, dropout },
    { kind: 'cnn-bilstm', convs, units: 5, readout: 'last', hidden: 8, dropout },
    {
      kind: 'resnet-1d',
      stem: { channels: 4, kernel: 7, stride: 1, pool: 2 },
      kernel: 3,
      stages: [
        { channels: 4, blocks: 1 },
        { channels: 6, blocks: 1 },
      ],
      dropout,
    },
    {
      kind: 'cnn-gru-attention-2d',
      colours: 1,
      reduce: 1,
      convs,
      recurrent: gru,
      attention: { kind: 'additive', units: 4 },
      hidden: 8,
      dropout,
    },
    {
      kind: 'convnext-v2',
      stem: 2,
      stages: [
        { depth: 1, width: 4 },
        { depth: 1, width: 6 },
      ],
      dropPath: 0.2,
      dropout,
    },
    { kind: 'cnn-1d', convs, hidden: 8, dropout },
    { kind: 'lstm-1d', frame: 4, embedding: 7, recurrent, readout: 'mean-max', hidden: 8, dropout },
    { kind: 'cnn-lstm-1d', convs, recurrent, readout: 'mean-max', hidden: 8, dropout },
    {
      kind: 'cnn-lstm-attention-1d',
      convs,
      recurrent,
      attention: { kind: 'additive', units: 4 },
      hidden: 8,
      dropout,
    },
  ];
  for (const config of NETWORKS) {
    it(`explains ${config.kind}, another class otherwise`, async () => {
      const shape = /2d|convnext/.test(config.kind) ? [1, 16, 20] : [1, 40];
      const size = shape.reduce((product, n) => product * n);
      const network = buildNetwork(config, { shape, classes: 5 });
      const cam = await createGradCam(runtime, {
        network,
        shape,
        classes: 5,
        ...(await begin(network, shape, 5)),
      });
      const random = createRandom(9);
      const x = Float32Array.from({ length: size }, () => random.normal());
      const all = await Promise.all([0, 1, 2, 3, 4].map((k) => cam.explain(x, k)));
      const shown = all.filter((importance) => Math.max(...importance) > 0);
      // A class may have nothing that speaks for it; most have.
      expect(shown.length).toBeGreaterThan(2);
      for (const importance of shown) {
        expect(importance.length).toBe(size);
        expect(Math.min(...importance)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...importance)).toBeLessThanOrEqual(1);
      }
      expect(new Set(shown.map(String)).size).toBe(shown.length);
      expect(await cam.explain(x, 1)).toEqual(all[1]);
      await cam.close();
    });
  }

  it('finds in a picture the corner that a class is made of', async () => {
    // One map, the picture; class 0 is the mean of all of it: importance is the picture itself.
    const network: Network = (b, { x }) => {
      const map = relu(conv2d(b, 'conv', x, { channels: 1, kernel: [1, 1], bias: false }));
      const features = reshape(map, [-1, 6]);
      return { logits: dense(b, 'head', features, { units: 1, bias: false }), map };
    };
    const cam = await createGradCam(runtime, {
      network,
      shape: [1, 2, 3],
      classes: 1,
      parameters: new Float32Array(7).fill(1),
      statistics: new Float32Array(0),
    });
    expect([...(await cam.explain(Float32Array.from([0, 1, 2, 3, 4, 8]), 0))]).toEqual([
      0, 0.125, 0.25, 0.375, 0.5, 1,
    ]);
    await cam.close();
  });

  it('refuses what it cannot explain', async () => {
    const cam = await open(numbers(Array.from({ length: 8 }, () => [1, 1])));
    await expect(cam.explain(new Float32Array(5), 0)).rejects.toMatchObject({ code: 'bad-shape' });
    await expect(cam.explain(new Float32Array(4), 2)).rejects.toMatchObject({ code: 'bad-option' });
    await cam.close();
    const blind: Network = (b, inputs) => ({ logits: split(b, inputs)['logits'] });
    await expect(
      createGradCam(runtime, {
        network: blind,
        shape: [1, 4],
        classes: 2,
        parameters: new Float32Array(18),
        statistics: new Float32Array(0),
      }),
    ).rejects.toMatchObject({ code: 'bad-option' });
  });
});

describe('upsample', () => {
  it('is linear between the centres of cells and level beyond', () => {
    // Centres of two cells over eight samples lie at 1.5 and 5.5.
    expect([...upsample([0, 1], 1, 2, 1, 8)]).toEqual([0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1]);
    expect([...upsample([1, 2, 3], 1, 3, 1, 3)]).toEqual([1, 2, 3]);
    expect([...upsample([0, 4, 8, 12], 2, 2, 4, 2)]).toEqual([0, 4, 2, 6, 6, 10, 8, 12]);
    expect([...upsample([5], 1, 1, 2, 2)]).toEqual([5, 5, 5, 5]);
  });
});
