import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../core/index.js';
import { type Builder, initialParameters, type Network, totalSize } from './builder.js';
import { exportModel } from './export.js';
import { exportGradient } from './export-gradient.js';
import type { Value } from './graph.js';
import { attention } from './layers/attention.js';
import { conv1d } from './layers/convolution.js';
import { dense } from './layers/dense.js';
import { batchNorm, dropout } from './layers/normalisation.js';
import { gru, lstm } from './layers/recurrent.js';
import { fromSignals, toSignals } from './layers/signals.js';
import { createNativeRuntime } from './node.js';
import { relu, tanh } from './ops/elementwise.js';
import { reshape, transpose } from './ops/layout.js';
import type { Runtime } from './runtime.js';
import { describeNetwork } from './training-graph.js';

const [CHANNELS, TIMES, CLASSES] = [4, 9, 3];
let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime();
});

/** What follows the map [N, C, 1, T], with everything that differs between training and inference. */
function tail(b: Builder, map: Value): Value {
  const tokens = transpose(reshape(map, [-1, CHANNELS, TIMES]), [0, 2, 1]);
  const { sequence } = lstm(b, 'lstm', tokens, { units: 5, bidirectional: true });
  const looked = attention(b, 'attention', sequence, { heads: 2 });
  const { last } = gru(b, 'gru', looked, { units: 4 });
  const hidden = dropout(b, 'drop', tanh(batchNorm(b, 'norm', last)), 0.5);
  return dense(b, 'head', hidden, { units: CLASSES });
}

const whole: Network = (b, { x }) => {
  const h = batchNorm(b, 'first', conv1d(b, 'conv', fromSignals(b, x), { channels: CHANNELS, kernel: 3 }));
  // Not a reshaped copy: reshapes melt together, and the copy would lie beside the path.
  const map = relu(reshape(toSignals(b, h), [-1, CHANNELS, 1, TIMES]));
  return { logits: tail(b, map), map };
};
const after: Network = (b, { map }) => ({ logits: tail(b, map) });
const inputs = { x: ['N', 1, TIMES] as const };
const mapInputs = { map: ['N', CHANNELS, 1, TIMES] as const };

const specs = describeNetwork(whole, inputs, 2);
const parameters = initialParameters(specs.parameters, 5).map((x, i) => x + 0.3 * Math.sin(i));
const random = createRandom(4);
// Running statistics far from those of the batch.
const statistics = Float32Array.from(
  { length: specs.statistics.reduce((sum, { channels }) => sum + 2 * channels, 0) },
  () => 0.5 + random.next(),
);

/** The vectors of the part after the map, by name. */
function ofTail() {
  const own = describeNetwork(after, mapInputs, 2);
  const pick = new Float32Array(totalSize(own.parameters));
  for (const { name, offset, shape } of own.parameters) {
    const from = specs.parameters.find((spec) => spec.name === name)!;
    const size = shape.reduce((a, n) => a * n, 1);
    pick.set(parameters.subarray(from.offset, from.offset + size), offset);
  }
  const norm = specs.statistics.find(({ name }) => name === 'norm')!;
  return {
    parameters: pick,
    statistics: statistics.slice(norm.offset, norm.offset + 2 * norm.channels),
  };
}

describe('exportGradient', () => {
  it('equals central differences of the exported network, through LSTM, GRU, attention and batch norm', async () => {
    const model = await runtime.open(
      exportGradient({
        network: whole,
        inputs,
        parameters,
        statistics,
        of: 'logits',
        at: 'map',
        batchSize: 2,
      }),
    );
    const rest = await runtime.open(exportModel({ network: after, inputs: mapInputs, ...ofTail() }));
    const x = Float32Array.from({ length: 2 * TIMES }, () => random.normal());
    for (let k = 0; k < CLASSES; k++) {
      const weights = Float32Array.from({ length: 2 * CLASSES }, (_, i) => Number(i % CLASSES === k));
      const out = await model.run({
        x: { data: x, shape: [2, 1, TIMES] },
        'logits.weights': { data: weights, shape: [2, CLASSES] },
      });
      const { map } = out;
      expect(map.shape).toEqual([2, CHANNELS, 1, TIMES]);
      const gradient = out['map.gradient'].data;
      const straight = await rest.run({ map });
      out['logits'].data.forEach((logit, i) => {
        expect(logit).toBeCloseTo(straight['logits'].data[i], 5);
      });
      // Copies of the map, one entry each moved by ± h, all in one batch.
      const size = CHANNELS * TIMES;
      const h = 0.02;
      const moved = new Float32Array(2 * size * size);
      for (let i = 0; i < size; i++)
        for (const [side, sign] of [1, -1].entries()) {
          const at = (2 * i + side) * size;
          moved.set(map.data.subarray(0, size), at);
          moved[at + i] += sign * h;
        }
      const { logits } = await rest.run({ map: { data: moved, shape: [2 * size, CHANNELS, 1, TIMES] } });
      const differences = Float64Array.from(
        { length: size },
        (_, i) => (logits.data[2 * i * CLASSES + k] - logits.data[(2 * i + 1) * CLASSES + k]) / (2 * h),
      );
      const largest = Math.max(...differences.map(Math.abs));
      let apart = 0;
      let reversed = 0;
      differences.forEach((difference, i) => {
        apart = Math.max(apart, Math.abs(difference - gradient[i]));
        reversed = Math.max(reversed, Math.abs(difference - gradient[size - 1 - i]));
      });
      expect(apart).toBeLessThan(2e-3 * largest);
      // Negative control: another entry's gradient is told apart.
      expect(reversed).toBeGreaterThan(0.1 * largest);
    }
  });

  it('refuses outputs that are not there or do not depend on each other', () => {
    const options = { network: whole, inputs, parameters, statistics, batchSize: 1 };
    const refused = (of: string, at: string) =>
      expect(() => exportGradient({ ...options, of, at })).toThrow(
        expect.objectContaining({ code: 'bad-option' }),
      );
    refused('scores', 'map');
    refused('logits', 'features');
    refused('map', 'logits');
  });
});
