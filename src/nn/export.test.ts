import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../core/index.js';
import type { InputShapes, Network } from './builder.js';
import { exportModel } from './export.js';
import { sizeOf } from './graph.js';
import { attention } from './layers/attention.js';
import { conv1d, conv2d } from './layers/convolution.js';
import { dense } from './layers/dense.js';
import { batchNorm, layerNorm } from './layers/normalisation.js';
import { gru, lstm } from './layers/recurrent.js';
import {
  averageOverTime,
  flattenImages,
  fromSignals,
  maximumOverTime,
  maxPool1d,
  toFeatures,
  toSignals,
  toTokens,
} from './layers/signals.js';
import { meanSquaredError } from './losses.js';
import { openModel } from './model.js';
import { createNativeRuntime, createWasmRuntime } from './node.js';
import { gelu, selu, silu } from './ops/activations.js';
import { add, elu, leakyRelu, relu, softplus, tanh } from './ops/elementwise.js';
import { concat, reshape } from './ops/layout.js';
import { averagePool, maxPool } from './ops/pooling.js';
import { reduceMean } from './ops/reduce.js';
import { sgd } from './optimisers.js';
import type { Runtime, Tensor } from './runtime.js';
import { createTrainer, type TrainingState } from './trainer.js';
import { shapesFor, type TrainingPlan } from './training-graph.js';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime();
});

const signals: InputShapes = { x: ['N', 3, 20], t: ['N', 4] };
const head = (b: Parameters<Network>[0], h: Parameters<typeof dense>[2]) => ({
  y: dense(b, 'head', h, { units: 4 }),
});

const networks: Record<string, { inputs: InputShapes; network: Network }> = {
  'convolution, batch norm and pooling': {
    inputs: signals,
    network: (b, { x }) => {
      let h = conv1d(b, 'conv1', fromSignals(b, x), { channels: 6, kernel: 5, stride: 2 });
      h = leakyRelu(maxPool1d(batchNorm(b, 'norm1', h), 2));
      h = conv1d(b, 'conv2', h, { channels: 6, kernel: 3, dilation: 2, groups: 3, bias: false });
      h = silu(batchNorm(b, 'norm2', elu(batchNorm(b, 'norm3', h))));
      return head(b, concat([toFeatures(b, h), averageOverTime(b, h), maximumOverTime(b, h)], 1));
    },
  },
  'LSTM in both directions': {
    inputs: signals,
    network: (b, { x }) => {
      const { sequence, last } = lstm(b, 'lstm', toTokens(b, fromSignals(b, x)), {
        units: 5,
        bidirectional: true,
      });
      return head(b, concat([last, reshape(reduceMean(tanh(sequence), [1]), [-1, 10])], 1));
    },
  },
  'GRU, one over the other': {
    inputs: signals,
    network: (b, { x }) => {
      const first = gru(b, 'gru1', toTokens(b, fromSignals(b, x)), { units: 5, bidirectional: true });
      return head(b, gru(b, 'gru2', first.sequence, { units: 4 }).last);
    },
  },
  'attention and layer norm': {
    inputs: signals,
    network: (b, { x }) => {
      const tokens = dense(b, 'embed', toTokens(b, fromSignals(b, x)), { units: 8 });
      const mixed = layerNorm(b, 'norm', add(tokens, attention(b, 'attention', tokens, { heads: 2 })));
      return head(b, reshape(reduceMean(gelu(mixed), [1]), [-1, 8]));
    },
  },
  images: {
    inputs: { x: ['N', 2, 8, 9], t: ['N', 4] },
    network: (b, { x }) => {
      const h = selu(
        maxPool(batchNorm(b, 'norm', conv2d(b, 'conv1', x, { channels: 4, kernel: [3, 3] })), [2, 2]),
      );
      const small = averagePool(softplus(conv2d(b, 'conv2', h, { channels: 4, kernel: [3, 2] })), [2, 2]);
      return head(b, relu(flattenImages(small)));
    },
  },
  'signals and back': {
    inputs: signals,
    network: (b, { x }) =>
      head(b, reshape(toSignals(b, conv1d(b, 'c', fromSignals(b, x), { channels: 2, kernel: 3 })), [-1, 40])),
  },
};

/** The outputs of the training graph, and a state whose running statistics are exactly those of its batch. */
async function trained(inputs: InputShapes, network: Network) {
  const batchSize = 6;
  const plan: TrainingPlan = {
    network,
    inputs,
    loss: ({ y }, { t }) => meanSquaredError(y, t),
    optimiser: sgd(),
    batchSize,
    report: ['y'],
  };
  const trainer = await createTrainer(runtime, plan, { seed: 4 });
  const random = createRandom(8);
  const x = Float32Array.from(
    { length: sizeOf(shapesFor(inputs, batchSize)['x']) },
    () => 2 * random.normal() + 0.5,
  );
  const before = trainer.state();
  const { outputs } = await trainer.step({ x, t: new Float32Array(batchSize * 4) }, 0);
  await trainer.release();
  return { x, y: outputs['y'], before, after: trainer.state(), batchSize };
}

/** Running statistics as after endless repetition of one batch, from one update with momentum 0.1 and n − 1 ≈ n. */
function settled(before: TrainingState, after: TrainingState, unbias: (i: number) => number): Float32Array {
  return after.statistics.map((s, i) => ((s - 0.9 * before.statistics[i]) / 0.1) * unbias(i));
}

function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));
}

const tensors = (x: Float32Array, shape: readonly number[]): Record<string, Tensor> => ({
  x: { data: x, shape },
});

describe.each(Object.entries(networks))('the export of %s', (name, { inputs, network }) => {
  it('gives what the training graph gives, for any batch size, natively and in WebAssembly', async () => {
    const { x, y, before, after, batchSize } = await trained(inputs, network);
    // Values a channel at each batch norm of these networks: variances come out as those of a sample.
    const counts = name === 'images' ? [6 * 72] : [6 * 10, 6 * 5, 6 * 5];
    const layout = (name === 'images' ? [4] : [6, 6, 6]).flatMap((channels, k) => [
      ...new Array<number>(channels).fill(1),
      ...new Array<number>(channels).fill((counts[k] - 1) / counts[k]),
    ]);
    const statistics = settled(before, after, (i) => layout[i]);
    const bytes = exportModel({
      network,
      inputs,
      parameters: before.parameters,
      statistics,
      metadata: { card: '{}' },
    });
    const shape = shapesFor(inputs, batchSize)['x'];
    for (const runner of [runtime, await createWasmRuntime()]) {
      const model = await openModel(runner, bytes);
      expect(model.inputs).toEqual(['x']);
      expect(model.metadata).toEqual({ card: '{}' });
      const whole = (await model.run(tensors(x, shape)))['y'];
      expect(whole.shape).toEqual([batchSize, 4]);
      expect(worst(whole.data, y)).toBeLessThan(1e-5);
      const row = x.subarray(sizeOf(shape.slice(1)), 2 * sizeOf(shape.slice(1)));
      const one = (await model.run(tensors(row, [1, ...shape.slice(1)])))['y'];
      expect(worst(one.data, y.subarray(4, 8))).toBeLessThan(1e-5);
      await model.release();
    }
    // Were a parameter misplaced, the outputs would differ by more than the tolerance.
    const swapped = before.parameters.slice().reverse();
    const other = await openModel(runtime, exportModel({ network, inputs, parameters: swapped, statistics }));
    expect(worst((await other.run(tensors(x, shape)))['y'].data, y)).toBeGreaterThan(1e-3);
    await other.release();
  });
});

describe('exportModel', () => {
  it('folds a batch norm into the convolution before it', async () => {
    const network: Network = (b, { x }) => ({
      y: batchNorm(b, 'norm', conv1d(b, 'conv', fromSignals(b, x), { channels: 2, kernel: 3 })),
    });
    const bytes = exportModel({
      network,
      inputs: { x: ['N', 1, 8] },
      parameters: new Float32Array(2 * 3 + 2 + 4).fill(1),
      statistics: new Float32Array(4).fill(1),
    });
    const text = new TextDecoder('latin1').decode(bytes);
    expect(text).toContain('Conv');
    expect(text).not.toContain('BatchNormalization');
  });

  it('refuses a network that fixes the batch, and vectors of another size', () => {
    const inputs: InputShapes = { x: ['N', 4] };
    const fixed: Network = (b, { x }) => ({ y: reshape(dense(b, 'd', x, { units: 2 }), [x.shape[0] * 2]) });
    const statistics = new Float32Array();
    const parameters = new Float32Array(10);
    expect(() => exportModel({ network: fixed, inputs, parameters, statistics })).toThrow(
      /fixes the size of the batch/,
    );
    const good: Network = (b, { x }) => ({ y: dense(b, 'd', x, { units: 2 }) });
    expect(() => exportModel({ network: good, inputs, parameters: new Float32Array(9), statistics })).toThrow(
      /9 parameters/,
    );
  });
});
