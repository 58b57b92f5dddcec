import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../core/index.js';
import { initialParameters, type Network } from './builder.js';
import { exportModel } from './export.js';
import { fileGradients, lastMaps } from './file-gradient.js';
import { conv1d } from './layers/convolution.js';
import { dense } from './layers/dense.js';
import { batchNorm, layerNorm } from './layers/normalisation.js';
import { gru, lstm } from './layers/recurrent.js';
import { averageOverTime, fromSignals, maximumOverTime, maxPool1d, toTokens } from './layers/signals.js';
import { createNativeRuntime } from './node.js';
import { gelu } from './ops/activations.js';
import { add, divide, leakyRelu, relu, sigmoid, tanh } from './ops/elementwise.js';
import { concat, reshape, slice } from './ops/layout.js';
import { quantiseModel } from './quantise/quantise-model.js';
import type { Runtime } from './runtime.js';
import { describeNetwork } from './training-graph.js';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime();
});

const [CHANNELS, LENGTH, FEATURES, CLASSES, BATCH] = [2, 12, 5, 3, 2];
const inputs = { waves: ['N', CHANNELS, LENGTH], features: ['N', FEATURES] } as const;

/** Two inputs, and what the released networks are made of. */
const network: Network = (b, { waves, features }) => {
  const first = maxPool1d(
    batchNorm(b, 'norm', conv1d(b, 'c0', fromSignals(b, waves), { channels: 4, kernel: 3 })),
    2,
  );
  const map = relu(conv1d(b, 'c1', gelu(first), { channels: 6, kernel: 3 }));
  const { sequence } = lstm(b, 'lstm', toTokens(b, map), { units: 4, bidirectional: true });
  const { last } = gru(b, 'gru', layerNorm(b, 'ln', sequence), { units: 3 });
  const some = batchNorm(b, 'some', slice(features, 1, 1, 4));
  const parts = [
    averageOverTime(b, map),
    maximumOverTime(b, map),
    last,
    some,
    reshape(slice(features, 1, 0, 2), [-1, 2]),
  ];
  const hidden = add(
    tanh(dense(b, 'd', concat(parts, 1), { units: 6 })),
    sigmoid(leakyRelu(dense(b, 'e', features, { units: 6 }))),
  );
  return { logits: divide(dense(b, 'head', hidden, { units: CLASSES }), 2) };
};

function release(net: Network): Uint8Array {
  const specs = describeNetwork(net, inputs, 2);
  const random = createRandom(4);
  const parameters = initialParameters(specs.parameters, 5).map((x, i) => x + 0.3 * Math.sin(i));
  const size = specs.statistics.reduce((sum, { channels }) => sum + 2 * channels, 0);
  const statistics = Float32Array.from({ length: size }, () => 0.5 + random.next());
  return exportModel({ network: net, inputs, parameters, statistics });
}

const random = createRandom(11);
const numbers = (n: number) => Float32Array.from({ length: n }, () => random.normal());
const example = {
  waves: { data: numbers(BATCH * CHANNELS * LENGTH), shape: [BATCH, CHANNELS, LENGTH] },
  features: { data: numbers(BATCH * FEATURES), shape: [BATCH, FEATURES] },
};
const weights = { data: numbers(BATCH * CLASSES), shape: [BATCH, CLASSES] };

describe('gradients of a file', () => {
  it('are the slopes of the file itself, by central differences', async () => {
    const bytes = release(network);
    const plain = await runtime.open(bytes);
    const session = await runtime.open(
      fileGradients(bytes, { of: 'logits', at: ['waves', 'features'], batchSize: BATCH }),
    );
    const out = await session.run({ ...example, 'logits.weights': weights });
    const [there] = Object.values(await plain.run(example));
    for (const [i, x] of out['logits'].data.entries()) expect(x).toBeCloseTo(there.data[i], 5);
    const value = async (feeds: typeof example) =>
      Array.from((await plain.run(feeds))['logits'].data).reduce((sum, x, i) => sum + x * weights.data[i], 0);
    let checked = 0;
    for (const name of ['waves', 'features'] as const) {
      const slopes = out[`${name}.gradient`].data;
      for (let i = 0; i < slopes.length; i++) {
        const at = async (step: number) => {
          const data = example[name].data.slice();
          data[i] += step;
          return value({ ...example, [name]: { ...example[name], data } });
        };
        const [up, down, up2, down2] = [await at(2e-3), await at(-2e-3), await at(4e-3), await at(-4e-3)];
        const narrow = (up - down) / 4e-3;
        // A kink (a maximum that changes hands) within the step has no slope to compare with.
        if (Math.abs(narrow - (up2 - down2) / 8e-3) > 2e-3) continue;
        checked++;
        expect(Math.abs(slopes[i] - narrow)).toBeLessThan(4e-3);
      }
      // Negative control: the slopes are not all so small that anything would do.
      expect(slopes.some((slope) => Math.abs(slope) > 4e-2)).toBe(true);
    }
    expect(checked).toBeGreaterThan(0.8 * (example.waves.data.length + example.features.data.length));
    await plain.release();
    await session.release();
  });

  it('finds the last map that an input goes through, after its activation', async () => {
    const bytes = release(network);
    const maps = lastMaps(bytes, 'logits', 'waves');
    expect(maps).toHaveLength(1);
    expect(lastMaps(bytes, 'logits', 'features')).toEqual([]);
    const session = await runtime.open(fileGradients(bytes, { of: 'logits', at: maps, batchSize: 1 }));
    const one = {
      waves: { data: example.waves.data.slice(0, CHANNELS * LENGTH), shape: [1, CHANNELS, LENGTH] },
      features: { data: example.features.data.slice(0, FEATURES), shape: [1, FEATURES] },
      'logits.weights': { data: weights.data.slice(0, CLASSES), shape: [1, CLASSES] },
    };
    const { [`${maps[0]}.value`]: map, [`${maps[0]}.gradient`]: slope } = await session.run(one);
    // Six channels of half the length, none negative after the ReLU.
    expect(map.shape).toEqual([1, 6, 1, LENGTH / 2]);
    expect(slope.shape).toEqual(map.shape);
    expect(Math.min(...map.data)).toBeGreaterThanOrEqual(0);
    await session.release();
  });

  it('refuses a quantised file and names that are not there', async () => {
    const bytes = release(network);
    const small = await quantiseModel(runtime, bytes, [example]);
    expect(() => fileGradients(small.bytes, { of: 'logits', at: ['waves'], batchSize: 1 })).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
    expect(() => fileGradients(bytes, { of: 'logits', at: ['x'], batchSize: 1 })).toThrow(
      expect.objectContaining({ code: 'bad-option' }),
    );
    const blind = release((b, { features }) => ({ logits: dense(b, 'head', features, { units: CLASSES }) }));
    expect(() => fileGradients(blind, { of: 'logits', at: ['waves'], batchSize: 1 })).toThrow(
      expect.objectContaining({ code: 'bad-option' }),
    );
    expect(() => fileGradients(new Uint8Array(9), { of: 'logits', at: ['x'], batchSize: 1 })).toThrow(
      expect.objectContaining({ code: 'bad-format' }),
    );
  });
});
