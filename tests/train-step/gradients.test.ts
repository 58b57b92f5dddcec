import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { WORKLOADS, type WorkloadName, workload } from '../../benchmarks/train-step/workloads.js';
import { createTrainer, type Optimiser, type ParameterSpec, type Runtime } from '../../src/nn/index.js';
import { createNativeRuntime, createWasmRuntime } from '../../src/nn/node.js';

interface Reference {
  readonly shape: readonly number[];
  readonly loss: number;
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

interface Stored extends Omit<Reference, 'gradients'> {
  /** Numbers between spaces. */
  readonly gradients: Readonly<Record<string, string>>;
}

// Origin: PyTorch 1.13 in float64, by make_gradients.py beside this file.
const stored = JSON.parse(readFileSync(new URL('pytorch-gradients.json', import.meta.url), 'utf8')) as Record<
  WorkloadName,
  Stored
>;
const read = ({ gradients, ...rest }: Stored): Reference => ({
  ...rest,
  gradients: Object.fromEntries(
    Object.entries(gradients).map(([name, list]) => [name, list.split(' ').map(Number)]),
  ),
});
const reference = Object.fromEntries(WORKLOADS.map((name) => [name, read(stored[name])])) as Record<
  WorkloadName,
  Reference
>;

/** Leaves the gradient where the parameters were. */
const gradientItself: Optimiser = {
  name: 'gradient',
  slots: [],
  scalars: () => ({}),
  update: ({ gradient }) => ({ parameters: gradient, slots: {} }),
};

const lengths: Record<WorkloadName, number> = {
  cnn: 18,
  'cnn-bilstm': 27,
  cnn2d: 16,
  'cnn-bigru': 27,
  'cnn-attention': 27,
  'deep-cnn2d': 16,
  'convnext-v2': 64,
};

/** The loss and the gradient of each parameter, at the parameters that make_gradients.py sets. */
async function ourGradients(runtime: Runtime, name: WorkloadName, formula = parameterFormula) {
  const { shape } = reference[name];
  const { plan, classes } = workload(name, {
    batch: shape[0],
    length: lengths[name],
    // Of one channel or two, as a sixteenth or an eighth would be, layer norm leaves nothing to learn.
    divisor: name === 'convnext-v2' ? 4 : 16,
    dropout: 0,
  });
  const trainer = await createTrainer(runtime, { ...plan, optimiser: gradientItself }, { seed: 1 });
  const start = trainer.state();
  for (const [t, spec] of trainer.parameters.entries()) formula(start.parameters, spec, t);
  trainer.restore(start);
  const size = shape.reduce((a, b) => a * b, 1);
  const x = Float32Array.from({ length: size }, (_, j) => Math.sin(j * j * 0.013 + j * 0.7));
  const targets = new Float32Array(shape[0] * classes);
  for (let row = 0; row < shape[0]; row++) targets[row * classes + (row % classes)] = 1;
  const { loss } = await trainer.step({ x, targets }, 1);
  const after = trainer.state().parameters;
  const gradients = trainer.parameters.map((spec) => {
    const length = spec.shape.reduce((a, b) => a * b, 1);
    return [spec.name, after.subarray(spec.offset, spec.offset + length)] as const;
  });
  await trainer.release();
  return { loss, gradients };
}

function parameterFormula(flat: Float32Array, { name, shape, offset }: ParameterSpec, t: number): void {
  const size = shape.reduce((a, b) => a * b, 1);
  const base = name.endsWith('.scale') ? 1 : 0;
  for (let j = 0; j < size; j++) flat[offset + j] = base + 0.4 * Math.sin((j + 1) * (t + 1) * 0.7123);
}

/** The largest error of a tensor's gradient over its largest entry, in the worst tensor. */
function worstError(name: WorkloadName, gradients: readonly (readonly [string, Float32Array])[]): number {
  const largestOfAll = Math.max(...Object.values(reference[name].gradients).flat().map(Math.abs));
  return Math.max(
    ...gradients.map(([parameter, ours]) => {
      const theirs = reference[name].gradients[parameter];
      const every = ours.length > 500 ? 7 : 1;
      expect(Math.ceil(ours.length / every), parameter).toBe(theirs.length);
      // A bias before a batch norm has no gradient but rounding: such tensors are measured by the largest of all.
      const own = Math.max(...theirs.map(Math.abs));
      const scale = own < 1e-6 * largestOfAll ? largestOfAll : own;
      return Math.max(...theirs.map((g, i) => Math.abs(g - ours[i * every]))) / scale;
    }),
  );
}

/** Single precision through a dozen layers, or through sixty. */
const toleranceOf = (name: WorkloadName) => (name === 'convnext-v2' ? 5e-5 : 2e-5);

describe('the gradients of the benchmark networks are those of PyTorch in float64', () => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await createNativeRuntime();
  });

  it.each(WORKLOADS)('%s', async (name) => {
    const { loss, gradients } = await ourGradients(runtime, name);
    expect(gradients.map(([parameter]) => parameter)).toEqual(Object.keys(reference[name].gradients));
    expect(Math.abs(loss / reference[name].loss - 1)).toBeLessThan(1e-6);
    expect(worstError(name, gradients)).toBeLessThan(toleranceOf(name));
  });

  it.each(['cnn', 'convnext-v2'] as const)(
    'which notices one parameter of %s that is 0.1 %% off',
    async (name) => {
      const { gradients } = await ourGradients(runtime, name, (flat, spec, t) => {
        parameterFormula(flat, spec, t);
        if (t === 0) flat[spec.offset] *= 1.001;
      });
      expect(worstError(name, gradients)).toBeGreaterThan(toleranceOf(name));
    },
  );
});

describe('onnxruntime-web trains the same graphs', () => {
  it.each(WORKLOADS)('%s', async (name) => {
    const { gradients } = await ourGradients(await createWasmRuntime(), name);
    expect(worstError(name, gradients)).toBeLessThan(toleranceOf(name));
  });
});
