import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { exportModel } from '../export.js';
import { gradientsOf } from '../gradient.js';
import { openModel } from '../model.js';
import { createNativeRuntime } from '../node.js';
import { writeModel } from '../onnx/write.js';
import { reduceSum } from '../ops/broadcast.js';
import { multiply } from '../ops/elementwise.js';
import { constant, input } from '../ops/leaf.js';
import type { Runtime } from '../runtime.js';
import { globalResponseNorm } from './grn.js';

const SHAPE = [2, 3, 4, 5];
let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime();
});

/** The published formula, number by number: γ · (x · n) + β + x. */
function byHand(x: Float32Array, gamma: Float32Array, beta: Float32Array): number[] {
  const [images, height, width, channels] = SHAPE;
  const places = height * width;
  const y = new Array<number>(x.length);
  for (let n = 0; n < images; n++) {
    const norms = Array.from({ length: channels }, (_, c) => {
      let sum = 0;
      for (let p = 0; p < places; p++) sum += x[(n * places + p) * channels + c] ** 2;
      return Math.sqrt(sum);
    });
    const mean = norms.reduce((a, b) => a + b) / channels;
    for (let p = 0; p < places; p++)
      for (let c = 0; c < channels; c++) {
        const i = (n * places + p) * channels + c;
        y[i] = gamma[c] * (x[i] * (norms[c] / (mean + 1e-6))) + beta[c] + x[i];
      }
  }
  return y;
}

async function run(x: Float32Array, gamma: Float32Array, beta: Float32Array): Promise<ArrayLike<number>> {
  const bytes = exportModel({
    network: (b, inputs) => ({ y: globalResponseNorm(b, 'grn', inputs['x']) }),
    inputs: { x: ['N', ...SHAPE.slice(1)] },
    parameters: Float32Array.from([...gamma, ...beta]),
    statistics: new Float32Array(0),
  });
  const model = await openModel(runtime, bytes);
  const { y } = await model.run({ x: { data: x, shape: SHAPE } });
  await model.release();
  return y.data;
}

describe('global response normalisation', () => {
  const random = createRandom(1);
  const numbers = (length: number) => Float32Array.from({ length }, () => random.normal());
  const x = numbers(120);
  const gamma = numbers(5);
  const beta = numbers(5);
  const farthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a).reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i])), 0);

  it('is the published formula', async () => {
    const expected = byHand(x, gamma, beta);
    expect(farthest(await run(x, gamma, beta), expected)).toBeLessThan(1e-5);
    const wrong = gamma.map((g) => g * 1.001);
    expect(farthest(await run(x, wrong, beta), expected)).toBeGreaterThan(1e-5);
  });

  it('starts as the identity', async () => {
    expect(Array.from(await run(x, new Float32Array(5), new Float32Array(5)))).toEqual(Array.from(x));
  });

  it('has a finite slope where channels, or whole images, are 0', async () => {
    const dark = x.map((value, i) => (i < 60 || i % 5 === 0 ? 0 : value));
    const value = input('x', SHAPE);
    const parameters = [gamma, beta].map((data) => constant(data, [5]));
    const y = globalResponseNorm(
      {
        training: true,
        parameter: (name) => parameters[name.endsWith('scale') ? 0 : 1],
        statistics: () => ({ mean: parameters[0], variance: parameters[1] }),
        observe: () => {},
        mask: () => parameters[0],
      },
      'grn',
      value,
    );
    const [slope] = gradientsOf(reduceSum(multiply(y, y)), [value]);
    const session = await runtime.open(writeModel({ slope }));
    const result = await session.run({ x: { data: dark, shape: SHAPE } });
    await session.release();
    expect(result['slope'].data.every(Number.isFinite)).toBe(true);
    expect(result['slope'].data.some((s) => s !== 0)).toBe(true);
  });
});
