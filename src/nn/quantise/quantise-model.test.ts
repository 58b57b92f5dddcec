import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { type InputShapes, initialParameters, type Network } from '../builder.js';
import { exportModel } from '../export.js';
import { attention } from '../layers/attention.js';
import { conv1d } from '../layers/convolution.js';
import { dense } from '../layers/dense.js';
import { batchNorm, layerNorm } from '../layers/normalisation.js';
import { gru, lstm } from '../layers/recurrent.js';
import { fromSignals, maxPool1d, toFeatures, toTokens } from '../layers/signals.js';
import { openModel } from '../model.js';
import { createNativeRuntime, createWasmRuntime } from '../node.js';
import { encodeModel, type OnnxModel } from '../onnx/protobuf.js';
import { decodeModel } from '../onnx/read.js';
import { writeModel } from '../onnx/write.js';
import { gelu } from '../ops/activations.js';
import { add, relu } from '../ops/elementwise.js';
import { constant, input } from '../ops/leaf.js';
import { matmul } from '../ops/matmul.js';
import { reduceMean } from '../ops/reduce.js';
import type { Runtime } from '../runtime.js';
import { describeNetwork } from '../training-graph.js';
import { wholeRange } from './histogram.js';
import { quantiseModel } from './quantise-model.js';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime();
});

const inputs: InputShapes = { x: ['N', 2, 40] };

/** Convolutions with pooling before the ReLU, a residual sum, and dense layers. */
const convolutional: Network = (b, { x }) => {
  let h = conv1d(b, 'conv1', fromSignals(b, x), { channels: 16, kernel: 5, bias: false });
  h = relu(maxPool1d(batchNorm(b, 'norm1', h), 2));
  const inner = relu(conv1d(b, 'conv2', h, { channels: 16, kernel: 5 }));
  const map = relu(add(h, conv1d(b, 'conv3', inner, { channels: 16, kernel: 5 })));
  const hidden = relu(dense(b, 'hidden', toFeatures(b, map), { units: 32 }));
  return { logits: dense(b, 'head', hidden, { units: 4 }), map };
};

/** What has no integer kernels, between dense layers. */
const recurrent: Network = (b, { x }) => {
  let h = toTokens(b, conv1d(b, 'conv', fromSignals(b, x), { channels: 16, kernel: 4, stride: 4 }));
  h = lstm(b, 'lstm', gelu(h), { units: 16, bidirectional: true }).sequence;
  h = layerNorm(b, 'norm', add(h, attention(b, 'attention', h, { heads: 2 })));
  return { logits: dense(b, 'head', gru(b, 'gru', h, { units: 16 }).last, { units: 4 }) };
};

function exported(network: Network, change: (parameters: Float32Array) => void = () => {}): Uint8Array {
  const specs = describeNetwork(network, inputs, 2);
  const parameters = initialParameters(specs.parameters, 3);
  change(parameters);
  const size = specs.statistics.reduce((sum, { channels }) => sum + 2 * channels, 0);
  const statistics = new Float32Array(size).fill(0.5);
  return exportModel({ network, inputs, parameters, statistics, metadata: { card: 'of the network' } });
}

function examples(count: number, seed: number) {
  const random = createRandom(seed);
  const data = Float32Array.from({ length: count * 80 }, () => random.normal());
  return { x: { data, shape: [count, 2, 40] } };
}

async function logitsOf(on: Runtime, bytes: Uint8Array, batch = examples(64, 8)): Promise<Float32Array> {
  const model = await openModel(on, bytes);
  const { logits } = await model.run(batch);
  await model.release();
  return logits.data as Float32Array;
}

/** Root mean square of the differences, over that of the expected. */
function relativeError(found: Float32Array, expected: Float32Array): number {
  const square = (values: Float32Array) => values.reduce((sum, x) => sum + x * x, 0);
  return Math.sqrt(square(found.map((x, i) => x - expected[i])) / square(expected));
}

/** The model with one scale twice as large. */
function withWrongScale(bytes: Uint8Array, name: RegExp): Uint8Array {
  const model = decodeModel(bytes);
  const at = model.initializers.findIndex((tensor) => name.test(tensor.name));
  expect(at).toBeGreaterThanOrEqual(0);
  const doubled = new Float32Array(model.initializers[at].bytes.slice().buffer).map((x) => 2 * x);
  const changed = { ...model.initializers[at], bytes: new Uint8Array(doubled.buffer) };
  return encodeModel({ ...model, initializers: model.initializers.map((t, i) => (i === at ? changed : t)) });
}

const typesOf = (model: OnnxModel) => model.nodes.map((node) => node.type);

describe('a quantised network', () => {
  it('multiplies integers: exact where inputs and weights are integers, blind to less than a step', async () => {
    // Scales are 1: inputs go from 0 to 255, the largest weight of each column is 63.
    const weights = constant([63, -2, 7, 63], [2, 2], 'w');
    const network = writeModel({ logits: matmul(input('x', [1, 2], [0]), weights) });
    const calibration = [{ x: { data: Float32Array.of(0, 255), shape: [1, 2] } }];
    const { bytes } = await quantiseModel(runtime, network, calibration, { range: wholeRange });
    const batch = { x: { data: Float32Array.of(3, 10, 0.4, 7.4, 300, -5), shape: [3, 2] } };
    // 3 · 63 + 10 · 7 and −2 · 3 + 63 · 10; then [0, 7]; then [255, 0].
    expect([...(await logitsOf(runtime, bytes, batch))]).toEqual([259, 624, 49, 441, 16065, -510]);
  });

  it.each([
    ['convolutions, pooling and a residual sum', convolutional, /\.weight\.scale/, 0.04],
    ['recurrent layers, attention and a norm', recurrent, /\.weight\.scale/, 0.04],
  ])('gives nearly the logits of the original on both runtimes: %s', async (_, network, scale, most) => {
    const original = exported(network);
    const expected = await logitsOf(runtime, original);
    const { bytes } = await quantiseModel(runtime, original, [examples(64, 1), examples(64, 2)]);
    const native = await logitsOf(runtime, bytes);
    expect(relativeError(native, expected)).toBeLessThan(most);
    const web = await logitsOf(await createWasmRuntime(), bytes);
    expect(relativeError(web, expected)).toBeLessThan(most);
    expect(relativeError(web, native)).toBeLessThan(0.01);
    const wrong = await logitsOf(runtime, withWrongScale(bytes, scale));
    expect(relativeError(wrong, expected)).toBeGreaterThan(2 * most);
  });

  it('has bytes from convolution to convolution, and no ReLU between', async () => {
    const { bytes, report } = await quantiseModel(runtime, exported(convolutional), [examples(64, 1)]);
    const types = typesOf(decodeModel(bytes)).filter((type) => type !== 'DequantizeLinear');
    expect(types.slice(0, 10)).toEqual([
      'Reshape',
      'QuantizeLinear',
      ...['Conv', 'QuantizeLinear', 'MaxPool', 'QuantizeLinear'],
      ...['Conv', 'QuantizeLinear', 'Conv', 'QuantizeLinear'],
    ]);
    // Only that of the hidden layer is left.
    expect(types.filter((type) => type === 'Relu')).toHaveLength(1);
    expect(report.quantised).toHaveLength(5);
    expect(report.skipped).toEqual([]);
    const model = await openModel(runtime, bytes);
    const { map } = await model.run(examples(3, 4));
    expect(map.shape).toEqual([3, 16, 1, 20]);
    expect(Math.min(...map.data)).toBe(0);
    await model.release();
  });

  it('is a quarter of the size', async () => {
    const wide: Network = (b, { x }) => {
      const h = conv1d(b, 'conv', fromSignals(b, x), { channels: 64, kernel: 5 });
      const map = relu(conv1d(b, 'conv2', h, { channels: 128, kernel: 5 }));
      const mean = reduceMean(toTokens(b, map), [1]);
      return { logits: dense(b, 'head', dense(b, 'hidden', mean, { units: 256 }), { units: 4 }) };
    };
    const { bytes, report } = await quantiseModel(runtime, exported(wide), [examples(8, 1)]);
    expect(report.bytesAfter).toBe(bytes.length);
    expect(bytes.length / report.bytesBefore).toBeGreaterThan(0.25);
    expect(bytes.length / report.bytesBefore).toBeLessThan(0.3);
  });

  it('stores recurrent weights as integers and says so', async () => {
    const { bytes, report } = await quantiseModel(runtime, exported(recurrent), [examples(8, 1)]);
    expect(report.stored).toEqual(['lstm.input', 'lstm.recurrent', 'gru.input', 'gru.recurrent']);
    expect(typesOf(decodeModel(bytes))).toContain('LSTM');
    expect(report.quantised).toContain('conv.weight');
    expect(report.skipped).toEqual([]);
  });

  it('survives channels of zeros and inputs that never change', async () => {
    const dead = exported(convolutional, (parameters) => parameters.fill(0, 0, 10));
    const still = { x: { data: new Float32Array(160), shape: [2, 2, 40] } };
    for (const calibration of [examples(64, 1), still]) {
      const { bytes } = await quantiseModel(runtime, dead, [calibration]);
      expect((await logitsOf(runtime, bytes)).every(Number.isFinite)).toBe(true);
    }
    const { bytes } = await quantiseModel(runtime, dead, [examples(64, 1)]);
    expect(relativeError(await logitsOf(runtime, bytes), await logitsOf(runtime, dead))).toBeLessThan(0.04);
  });

  it('keeps the weights it is told to, and the metadata', async () => {
    const original = exported(convolutional);
    const keep = ['conv1.weight', 'head.weight'];
    const { bytes, report } = await quantiseModel(runtime, original, [examples(8, 1)], { keep });
    expect(report.skipped).toEqual(keep.map((weight) => ({ weight, reason: 'it is to be kept' })));
    const [before, after] = [original, bytes].map((file) =>
      decodeModel(file).initializers.filter((tensor) => keep.includes(tensor.name)),
    );
    expect(after).toEqual(before);
    expect(decodeModel(bytes).metadata).toEqual({ card: 'of the network' });
  });

  it('is closer to the original with 8 bits a weight than with 7', async () => {
    const original = exported(convolutional);
    const expected = await logitsOf(runtime, original);
    const errors = await Promise.all(
      ([7, 8] as const).map(async (weightBits) => {
        const { bytes } = await quantiseModel(runtime, original, [examples(64, 1)], { weightBits });
        return relativeError(await logitsOf(runtime, bytes), expected);
      }),
    );
    expect(errors[1]).toBeLessThan(errors[0]);
  });
});

describe('quantiseModel refuses', () => {
  it('what is no network, or is quantised already', async () => {
    await expect(quantiseModel(runtime, Uint8Array.of(1, 2, 3), [examples(1, 1)])).rejects.toMatchObject({
      code: 'bad-format',
    });
    const { bytes } = await quantiseModel(runtime, exported(convolutional), [examples(4, 1)]);
    await expect(quantiseModel(runtime, bytes, [examples(4, 1)])).rejects.toThrow(/quantised already/);
  });

  it('an empty calibration set, one that does not fit, an unknown weight, and stops when told', async () => {
    const original = exported(convolutional);
    await expect(quantiseModel(runtime, original, [])).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining('calibration set is empty'),
    });
    const short = { x: { data: new Float32Array(39), shape: [1, 1, 39] } };
    await expect(quantiseModel(runtime, original, [short])).rejects.toMatchObject({ code: 'bad-shape' });
    await expect(
      quantiseModel(runtime, original, [examples(1, 1)], { keep: ['tail.weight'] }),
    ).rejects.toThrow(/no weight tail.weight/);
    await expect(
      quantiseModel(runtime, original, [examples(1, 1)], { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});
