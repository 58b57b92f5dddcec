import { EcgError } from '../core/index.js';
import { gradients } from './gradient.js';
import { type Node, sameShape, topological, type Value } from './graph.js';
import { decodeModel } from './onnx/read.js';
import { readGraph } from './onnx/read-graph.js';
import { writeModel } from './onnx/write.js';
import { convRule } from './ops/convolution.js';
import { input } from './ops/leaf.js';

/** What is derived of a network's file, and with respect to what. */
export interface FileGradientOptions {
  /** Name of the output that is derived. */
  readonly of: string;
  /** Names of inputs, or of values inside the file. */
  readonly at: readonly string[];
  /** Examples at a time; fixed. */
  readonly batchSize: number;
}

/**
 * A network's file turned into one that also gives gradients: the released network itself, nothing is trained or
 * built again.
 *
 * Inputs: the file's, and `<of>.weights` in the shape of that output. Outputs: `of`, and for each of `at` its
 * `<at>.gradient` of Σ weights · `of` and, where it lies inside the file, itself
 * as `<at>.value`.
 *
 * @throws EcgError `bad-option` for a name the file does not have, or when `of` does not depend on it; `unsupported`
 *   for a quantised file; `bad-format` for bytes that are no network
 */
export function fileGradients(bytes: Uint8Array, { of, at, batchSize }: FileGradientOptions): Uint8Array {
  const { inputs, values } = readGraph(decodeModel(bytes), batchSize);
  const named = (name: string): Value => {
    const value = values.get(name);
    if (value === undefined)
      throw new EcgError(
        'bad-option',
        `nn.fileGradients: the file has no value ${name}; its inputs are ${Object.keys(inputs).join(', ')}`,
      );
    return value;
  };
  const output = named(of);
  const wanted = at.map(named);
  const slopes = gradients([output], [input(`${of}.weights`, output.shape)], wanted);
  const outputs: Record<string, Value> = { [of]: output };
  for (const [i, name] of at.entries()) {
    const slope = slopes[i];
    if (slope === undefined)
      throw new EcgError(
        'bad-option',
        `nn.fileGradients: ${of} does not depend on ${name}, give another value`,
      );
    if (inputs[name] === undefined) outputs[`${name}.value`] = wanted[i];
    outputs[`${name}.gradient`] = slope;
  }
  return writeModel(outputs);
}

/**
 * The names of the maps that Grad-CAM weighs: of every branch that an input goes through, the last convolution's
 * result, after the activation and pooling that follow it.
 *
 * @returns empty when no convolution reads the input
 * @throws EcgError as `fileGradients`
 */
export function lastMaps(bytes: Uint8Array, of: string, at: string): string[] {
  const model = decodeModel(bytes);
  const { inputs, values } = readGraph(model, 1);
  const source = inputs[at];
  const target = values.get(of);
  if (source === undefined || target === undefined)
    throw new EcgError('bad-option', `nn.lastMaps: the file has no input ${at} or no output ${of}`);
  const order = topological([target]);
  const fed = new Set<object>([source.node]);
  for (const node of order) if (node.inputs.some((value) => fed.has(value.node))) fed.add(node);
  // Nodes with another convolution of this input after them.
  const followed = new Set<object>();
  for (const node of [...order].reverse()) {
    const passes = followed.has(node) || ((node.rule as object) === convRule && fed.has(node));
    if (passes) for (const value of node.inputs) followed.add(value.node);
  }
  const last = order.filter(
    (node) => (node.rule as object) === convRule && fed.has(node) && !followed.has(node),
  );
  const nameOf = new Map<object, string>();
  for (const [name, value] of values) if (!nameOf.has(value.node)) nameOf.set(value.node, name);
  return last.map((node) => {
    let map = node;
    for (;;) {
      const readers = order.filter((other) => other.inputs.some((value) => value.node === map));
      if (readers.length !== 1 || !keepsMap(readers[0])) return nameOf.get(map) as string;
      map = readers[0];
    }
  });
}

/** Whether what a map goes through leaves a map: an activation, pooling, a reshape to its own shape. */
function keepsMap({ rule, inputs, outputs }: Node): boolean {
  return rule.name === 'reshape' ? sameShape(inputs[0].shape, outputs[0].shape) : KEEPS_MAP.has(rule.name);
}

const KEEPS_MAP: ReadonlySet<string> = new Set([
  'maxPool',
  'averagePool',
  'relu',
  'leakyRelu',
  'elu',
  'tanh',
  'sigmoid',
  'softplus',
]);
