import { beforeAll, describe, expect, it } from 'vitest';
import { gradientsOf } from './gradient.js';
import type { Value } from './graph.js';
import {
  binaryCrossEntropy,
  type CrossEntropyOptions,
  crossEntropy,
  meanAbsoluteError,
  meanSquaredError,
} from './losses.js';
import { createNativeRuntime } from './node.js';
import { writeModel } from './onnx/write.js';
import { constant, input } from './ops/leaf.js';
import type { Runtime } from './runtime.js';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createNativeRuntime();
});

const logits = [
  [1, -0.5, 0.2],
  [0.1, 0.3, 2],
];

async function value(loss: (logits: Value) => Value): Promise<number> {
  const session = await runtime.open(writeModel({ loss: loss(input('x', [2, 3])) }, { precision: 'double' }));
  const results = await session.run({ x: { data: Float64Array.from(logits.flat()), shape: [2, 3] } });
  await session.release();
  return results['loss'].data[0];
}

const targets = [
  [1, 0, 0],
  [0, 1, 0],
];
const entropy = (options?: CrossEntropyOptions, of = targets) =>
  value((x) => crossEntropy(x, constant(of.flat(), [2, 3]), options));

/** The definition, row by row. */
function rows(classWeights: readonly number[], gamma: number): number[] {
  return logits.map((row, i) => {
    const sum = row.reduce((total, z) => total + Math.exp(z), 0);
    return row.reduce((loss, z, k) => {
      const p = Math.exp(z) / sum;
      return loss - classWeights[k] * targets[i][k] * (1 - p) ** gamma * Math.log(p);
    }, 0);
  });
}

describe('crossEntropy', () => {
  // Origin: torch.nn.functional.cross_entropy of PyTorch 1.13, plain and with label_smoothing=0.1.
  it('follows PyTorch', async () => {
    expect(await entropy()).toBeCloseTo((0.5142950728206315 + 1.9868708509571082) / 2, 9);
    expect(await entropy({ labelSmoothing: 0.1 })).toBeCloseTo(1.2639162952222034, 9);
  });

  it('weighs rows, and a row of weight 0 counts for nothing', async () => {
    const weighted = (w: number[]) => entropy({ weights: constant(w, [2]) });
    expect(await weighted([3, 1])).toBeCloseTo((3 * 0.5142950728206315 + 1.9868708509571082) / 4, 9);
    expect(await weighted([1, 0])).toBeCloseTo(0.5142950728206315, 9);
  });

  it('weighs classes and focuses on the hard, by the definition', async () => {
    const [a, b] = rows([1, 3, 1], 2);
    expect(await entropy({ classWeights: [1, 3, 1], focalGamma: 2 })).toBeCloseTo((a + b) / 2, 9);
    const [c, d] = rows([1, 1, 1], 0);
    expect(Math.abs(a + b - c - d)).toBeGreaterThan(0.1);
  });

  it('has a finite gradient where the focal factor vanishes', async () => {
    const x = input('x', [2, 3]);
    const loss = crossEntropy(x, constant(targets.flat(), [2, 3]), { focalGamma: 0.5 });
    const session = await runtime.open(writeModel({ g: gradientsOf(loss, [x])[0] }));
    const { g } = await session.run({ x: { data: Float32Array.of(80, 0, 0, 0, 80, 0), shape: [2, 3] } });
    expect([...g.data].every(Number.isFinite)).toBe(true);
    await session.release();
  });

  it('refuses targets of another shape', () => {
    expect(() => crossEntropy(input('x', [2, 3]), input('t', [2]))).toThrow(/targets \[2\]/);
  });
});

describe('the other losses', () => {
  it('binary cross-entropy follows PyTorch', async () => {
    // Origin: torch.nn.functional.binary_cross_entropy_with_logits of PyTorch 1.13. Softplus has no double kernel.
    const t = constant([1, 0, 0.5, 0, 1, 1], [2, 3]);
    const session = await runtime.open(writeModel({ loss: binaryCrossEntropy(input('x', [2, 3]), t) }));
    const { loss } = await session.run({ x: { data: Float32Array.from(logits.flat()), shape: [2, 3] } });
    expect(loss.data[0]).toBeCloseTo(0.4851929094441653, 6);
    await session.release();
  });

  it('mean square and mean size, by hand', async () => {
    const zero = constant([0, 0, 0, 0, 0, 0], [2, 3]);
    expect(await value((x) => meanSquaredError(x, zero))).toBeCloseTo(
      (1 + 0.25 + 0.04 + 0.01 + 0.09 + 4) / 6,
      9,
    );
    expect(await value((x) => meanAbsoluteError(x, zero))).toBeCloseTo(
      (1 + 0.5 + 0.2 + 0.1 + 0.3 + 2) / 6,
      9,
    );
  });
});
