import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/index.js';
import { buildNetwork, type NetworkConfig } from '../models/index.js';
import {
  add,
  createTrainer,
  crossEntropy,
  dense,
  divide,
  exportModel,
  type Network,
  scoped,
  sgd,
} from '../nn/index.js';
import { createNativeRuntime } from '../nn/node.js';
import { createFileGradCam } from './file-grad-cam.js';
import { createGradCam } from './grad-cam.js';

const [LENGTH, CLASSES] = [40, 5];
const shape = [1, LENGTH];
const config: NetworkConfig = {
  kind: 'cnn-1d',
  convs: [
    { channels: 4, kernel: 5, pool: 2 },
    { channels: 6, kernel: 3, pool: 2 },
  ],
  hidden: 8,
  dropout: 0.5,
};
const network = buildNetwork(config, { shape, classes: CLASSES });
const inputs = { x: ['N', 1, LENGTH] } as const;

async function begin(net: Network) {
  const runtime = await createNativeRuntime();
  const trainer = await createTrainer(
    runtime,
    {
      network: net,
      inputs: { ...inputs, targets: ['N', CLASSES] },
      loss: ({ logits }, { targets }) => crossEntropy(logits, targets),
      optimiser: sgd({}),
      batchSize: 2,
    },
    { seed: 5 },
  );
  const { parameters, statistics } = trainer.state();
  await trainer.release();
  return { runtime, parameters: parameters.map((p, i) => p + 0.1 * Math.sin(i)), statistics };
}

const random = createRandom(9);
const x = Float32Array.from({ length: LENGTH }, () => random.normal());
const oneHot = (k: number) => Float32Array.from({ length: CLASSES }, (_, i) => (i === k ? 1 : 0));

describe('Grad-CAM out of a file', () => {
  it('is that of the network the file was made of', async () => {
    const { runtime, parameters, statistics } = await begin(network);
    const file = exportModel({
      network: (b, values) => ({ logits: network(b, values)['logits'] }),
      ...{ inputs, parameters, statistics },
    });
    const built = await createGradCam(runtime, { network, shape, classes: CLASSES, parameters, statistics });
    const read = await createFileGradCam(
      runtime,
      { network: file, shapes: { x: shape }, classes: CLASSES },
      'x',
    );
    const maps: Float32Array[] = [];
    for (let k = 0; k < CLASSES; k++) {
      const expected = await built.explain(x, k);
      maps.push(await read.explain({ x }, oneHot(k)));
      for (const [i, value] of maps[k].entries()) expect(value).toBeCloseTo(expected[i], 4);
    }
    // Negative control: the classes' maps differ.
    expect(new Set(maps.map(String)).size).toBeGreaterThan(2);
    await built.close();
    await read.close();
  });

  it('adds the members of an average', async () => {
    const both: Network = (b, values) => {
      const [one, other] = ['one', 'other'].map((name) => network(scoped(b, name), values)['logits']);
      return { logits: divide(add(one, other), 2) };
    };
    const { runtime, parameters, statistics } = await begin(both);
    const file = exportModel({ network: both, inputs, parameters, statistics });
    const cam = await createFileGradCam(
      runtime,
      { network: file, shapes: { x: shape }, classes: CLASSES },
      'x',
    );
    const map = await cam.explain({ x }, oneHot(1));
    expect(map.length).toBe(LENGTH);
    expect(Math.max(...map)).toBeLessThanOrEqual(1);
    expect(Math.max(...map)).toBeGreaterThan(0.5);
    await expect(cam.explain({ x: x.slice(1) }, oneHot(1))).rejects.toMatchObject({ code: 'bad-shape' });
    await cam.close();
  });

  it('refuses a network without convolutions', async () => {
    const flat: Network = (b, values) => ({ logits: dense(b, 'head', values['x'], { units: CLASSES }) });
    const file = exportModel({
      network: flat,
      inputs: { x: ['N', LENGTH] },
      parameters: new Float32Array(LENGTH * CLASSES + CLASSES),
      statistics: new Float32Array(0),
    });
    const runtime = await createNativeRuntime();
    await expect(
      createFileGradCam(runtime, { network: file, shapes: { x: [LENGTH] }, classes: CLASSES }, 'x'),
    ).rejects.toMatchObject({ code: 'unsupported' });
  });
});
