import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../core/index.js';
import { gradientsOf } from './gradient.js';
import { apply, type OpCase, type Rule, type Shape, sizeOf, type Value } from './graph.js';
import { createNativeRuntime } from './node.js';
import { writeModel } from './onnx/write.js';
import { gelu } from './ops/activations.js';
import { reduceSum } from './ops/broadcast.js';
import { conv } from './ops/convolution.js';
import { multiply, tanh } from './ops/elementwise.js';
import { reshape, slice } from './ops/layout.js';
import { constant, input } from './ops/leaf.js';
import { matmul } from './ops/matmul.js';
import { layerNorm } from './ops/normalisation.js';
import { averagePool } from './ops/pooling.js';
import { unrollLstm } from './ops/recurrent.js';
import { logSoftmax } from './ops/softmax.js';
import { OPS } from './ops/table.js';
import type { Runtime, Tensor } from './runtime.js';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime();
});

/** Values evenly spaced over the domain in a shuffled order: no two are close, none lies on a kink. */
function spread(size: number, [low, high]: readonly [number, number], seed: number): Float64Array {
  const random = createRandom(seed);
  const order = Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return Float64Array.from(order, (rank) => low + ((high - low) * (rank + 0.5 + 0.07 * seed)) / (size + 0.5));
}

/** The largest difference between the gradient and central differences, relative to the largest slope. */
async function gradientError(opCase: OpCase): Promise<number> {
  const domain = opCase.domain ?? ([-1.5, 1.5] as const);
  const shapes: readonly Shape[] = opCase.inputs;
  const values = shapes.map((shape, i) => input(`x${i}`, shape));
  const y = opCase.build(...values);
  // Random weights: a plain sum would hide gradients that cancel, a softmax's for one.
  const weights = constant(spread(sizeOf(y.shape), [-1, 1], 9), y.shape);
  const loss = reduceSum(multiply(y, weights));
  const slopes = gradientsOf(loss, values);
  const named = Object.fromEntries(slopes.map((g, i) => [`g${i}`, g]));
  const precision = opCase.single ? 'float' : 'double';
  const at = shapes.map((shape, i) => spread(sizeOf(shape), domain, i + 1));
  const forward = await runtime.open(writeModel({ loss: withInputs(loss, values) }, { precision }));
  const backward = await runtime.open(
    writeModel({ ...named, loss: withInputs(loss, values) }, { precision }),
  );
  const feeds = () =>
    Object.fromEntries(
      shapes.map((shape, i): [string, Tensor] => [
        `x${i}`,
        { data: opCase.single ? Float32Array.from(at[i]) : Float64Array.from(at[i]), shape },
      ]),
    );
  const analytic = await backward.run(feeds());
  const h = opCase.single ? 2 ** -7 : 2 ** -17;
  let worst = 0;
  let largest = 1e-3;
  for (const [i, x] of at.entries())
    for (let k = 0; k < x.length; k++) {
      const centre = x[k];
      x[k] = centre + h;
      const above = (await forward.run(feeds()))['loss'].data[0];
      x[k] = centre - h;
      const below = (await forward.run(feeds()))['loss'].data[0];
      x[k] = centre;
      const expected = ((opCase.slope ?? 1) * (above - below)) / (2 * h);
      largest = Math.max(largest, Math.abs(expected));
      worst = Math.max(worst, Math.abs(analytic[`g${i}`].data[k] - expected));
    }
  await forward.release();
  await backward.release();
  return worst / largest;
}

/** A loss that reads every input, so that a session has them all. */
function withInputs(loss: Value, inputs: readonly Value[]): Value {
  return inputs.reduce((sum, x) => apply(OPS.add, [sum, multiply(reduceSum(x), 0)], {}), loss);
}

// Double: a step of 2⁻¹⁷ leaves an error near 1e-9. Single: rounding of the loss over a step of 2⁻⁷, near 1e-4.
const tolerance = (opCase: OpCase) => (opCase.single ? 2e-3 : 1e-6);

describe.each(Object.entries<Rule>(OPS))('the gradient of %s', (_, rule) => {
  it.each(rule.cases.map((opCase) => [opCase.name, opCase] as const))('%s', async (_name, opCase) => {
    expect(await gradientError(opCase)).toBeLessThan(tolerance(opCase));
  });
});

describe('the op table', () => {
  it('has each op under its own name, with cases', () => {
    for (const [name, rule] of Object.entries<Rule>(OPS)) {
      expect(rule.name).toBe(name);
      expect(rule.cases.length, name).toBeGreaterThan(0);
    }
  });
});

describe('the gradient of a gradient', () => {
  // The penalty |∂f/∂x|² of a small network, as a loss of its weights: central differences through both passes.
  it('is right through convolution, activations, normalisation, pooling and products', async () => {
    const build = (x: Value, kernels: Value, matrix: Value) => {
      const h = averagePool(tanh(conv(x, kernels, undefined, { pads: [0, 1, 0, 1] })), [1, 2]);
      const features = layerNorm(
        reshape(h, [2, 9]),
        constant(new Float64Array(9).fill(1), [9]),
        constant(new Float64Array(9), [9]),
        0.1,
      );
      const f = reduceSum(logSoftmax(matmul(gelu(features), matrix)), [0]);
      const [slope] = gradientsOf(reshape(slice(f, 1, 0, 1), []), [x]);
      return reduceSum(multiply(slope, slope));
    };
    const opCase: OpCase = {
      name: 'penalty',
      inputs: [
        [2, 1, 1, 6],
        [3, 1, 1, 3],
        [9, 2],
      ],
      build,
      single: true,
    };
    expect(await gradientError(opCase)).toBeLessThan(5e-3);
    expect(await gradientError({ ...opCase, slope: 1.05 })).toBeGreaterThan(5e-3);
  });

  it('is right through an unrolled LSTM', async () => {
    const build = (x: Value, w: Value, r: Value) => {
      const { last } = unrollLstm(x, w, r, constant(new Float64Array(16), [1, 16]));
      const [slope] = gradientsOf(reduceSum(last), [x]);
      return reduceSum(multiply(slope, slope));
    };
    const inputs = [
      [1, 4, 2],
      [1, 8, 2],
      [1, 8, 2],
    ];
    expect(await gradientError({ name: 'penalty', inputs, build })).toBeLessThan(1e-6);
  });
});

describe('the check itself', () => {
  it('notices a gradient that is 1 % off, in either precision', async () => {
    for (const { opCase, rule } of [
      { rule: OPS.tanh as Rule, opCase: OPS.tanh.cases[0] },
      { rule: OPS.conv as Rule, opCase: OPS.conv.cases[0] },
    ]) {
      const wrong: Rule = {
        ...rule,
        gradient: (node, g) => rule.gradient(node, g).map((each) => each && multiply(each, 1.01)),
      };
      const build = (...inputs: Value[]) => {
        const { node } = opCase.build(...inputs);
        return apply(wrong, node.inputs, node.attributes);
      };
      expect(await gradientError({ ...opCase, build })).toBeGreaterThan(tolerance(opCase));
    }
  });
});
