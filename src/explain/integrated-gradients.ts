import { EcgError } from '../core/index.js';
import { fileGradients, type Runtime, type Tensor } from '../nn/index.js';
import type { Example, ExampleShapes } from './example.js';

/** A network that is explained, as its file. */
export interface GradientNetwork {
  /** The bytes of an `.onnx` file in single precision. */
  readonly network: Uint8Array;
  /** The inputs that are explained: all that the output depends on. */
  readonly shapes: ExampleShapes;
  /** Numbers in an example's `logits`. */
  readonly classes: number;
}

/** How integrated gradients are computed. */
export interface IntegratedGradientsOptions extends GradientNetwork {
  /** Points of the path from baseline to example; 64 when omitted. More make `gap` smaller. */
  readonly steps?: number;
}

/** How much each number of an example moved the score away from that of the baseline. */
export interface Attribution {
  /** One number for each number of the example; they add up to `difference`, but for `gap`. */
  readonly values: Example;
  /** Score of the example minus score of the baseline. */
  readonly difference: number;
  /** |Σ values − difference|: what too few steps have missed. */
  readonly gap: number;
}

/** Says by how much each number of an example moves a score. */
export interface IntegratedGradients {
  /**
   * @param baseline  what stands for "nothing there": zeros, or the patient's sinus beat
   * @param weights   of the logits in the score, one a class: Σ weights · logits is explained
   * @throws EcgError `bad-shape` for an example, baseline or weights of another size
   */
  explain(example: Example, baseline: Example, weights: ArrayLike<number>): Promise<Attribution>;
  /** Frees the model's memory. */
  close(): Promise<void>;
}

/**
 * Integrated gradients of a network's file: (x − baseline) times the mean slope on the straight way between them, by
 * the midpoint rule.
 *
 * @throws EcgError `unsupported` for a quantised file; `bad-option` for inputs that the file does not have or steps
 *   below 1
 *
 * Source: Sundararajan, Taly & Yan, ICML 2017, arXiv:1703.01365, equation 3 and the axiom of completeness.
 * Departs: midpoints instead of the right ends of the steps.
 */
export async function createIntegratedGradients(
  runtime: Runtime,
  { network, shapes, classes, steps = 64 }: IntegratedGradientsOptions,
): Promise<IntegratedGradients> {
  if (!(Number.isInteger(steps) && steps >= 1))
    throw new EcgError('bad-option', `integrated gradients: ${steps} steps, give a whole number from 1`);
  const names = Object.keys(shapes);
  // The path's midpoints, then the example and the baseline themselves.
  const rows = steps + 2;
  const session = await runtime.open(fileGradients(network, { of: 'logits', at: names, batchSize: rows }));
  return {
    async explain(example, baseline, weights) {
      checkSizes(example, shapes, 'example');
      checkSizes(baseline, shapes, 'baseline');
      if (weights.length !== classes)
        throw new EcgError(
          'bad-shape',
          `integrated gradients: ${weights.length} weights for ${classes} classes`,
        );
      const feeds: Record<string, Tensor> = {};
      for (const name of names)
        feeds[name] = { data: path(example[name], baseline[name], steps), shape: [rows, ...shapes[name]] };
      const all = new Float32Array(rows * classes);
      for (let row = 0; row < rows; row++) all.set(weights, row * classes);
      feeds['logits.weights'] = { data: all, shape: [rows, classes] };
      const outputs = await session.run(feeds);
      const score = (row: number) => {
        let sum = 0;
        for (let k = 0; k < classes; k++) sum += weights[k] * outputs['logits'].data[row * classes + k];
        return sum;
      };
      const difference = score(steps) - score(steps + 1);
      let total = 0;
      const values: Record<string, Float32Array> = {};
      for (const name of names) {
        const slopes = outputs[`${name}.gradient`].data;
        const [x, from] = [example[name], baseline[name]];
        values[name] = Float32Array.from(x, (value, i) => {
          let slope = 0;
          for (let step = 0; step < steps; step++) slope += slopes[step * x.length + i];
          const part = ((value - from[i]) * slope) / steps;
          total += part;
          return part;
        });
      }
      return { values, difference, gap: Math.abs(total - difference) };
    },
    close: () => session.release(),
  };
}

/** The midpoints of `steps` steps from `b` to `x`, then `x` and `b`. */
function path(x: Float32Array, b: Float32Array, steps: number): Float32Array {
  const size = x.length;
  const out = new Float32Array((steps + 2) * size);
  for (let step = 0; step < steps; step++) {
    const share = (step + 0.5) / steps;
    for (let i = 0; i < size; i++) out[step * size + i] = b[i] + share * (x[i] - b[i]);
  }
  out.set(x, steps * size);
  out.set(b, (steps + 1) * size);
  return out;
}

/** @throws EcgError `bad-shape` unless each input has the size of its shape */
export function checkSizes(example: Example, shapes: ExampleShapes, what: string): void {
  for (const [name, shape] of Object.entries(shapes)) {
    const size = shape.reduce((product, n) => product * n, 1);
    if (example[name]?.length !== size)
      throw new EcgError(
        'bad-shape',
        `explain: the ${what} has ${example[name]?.length ?? 'no'} numbers of ${name}, the network reads ${size}`,
      );
  }
}
