import { EcgError } from '../../core/index.js';
import { apply, applyAll, type Rule, type Shape, type Value } from '../graph.js';
import { expand, reduceSum } from '../ops/broadcast.js';
import { conv, convTranspose } from '../ops/convolution.js';
import { gather } from '../ops/gather.js';
import { concat, flatten, pad, reshape, reverse, slice, split, transpose } from '../ops/layout.js';
import { constant, input } from '../ops/leaf.js';
import { matmul } from '../ops/matmul.js';
import { batchNormInference, layerNorm } from '../ops/normalisation.js';
import { averagePoolRule, maxPoolRule } from '../ops/pooling.js';
import { reduceMax, reduceMean, reduceSumSquare } from '../ops/reduce.js';
import { OPS } from '../ops/table.js';
import { upsample } from '../ops/upsample.js';
import type { OnnxModel, OnnxNode, OnnxTensor } from './protobuf.js';

/** The graph in a file: what is fed, and every value by the name it has there. */
export interface FileGraph {
  readonly inputs: Readonly<Record<string, Value>>;
  readonly values: ReadonlyMap<string, Value>;
}

/**
 * The graph of a network's file as values of the op table, at a fixed size of the batch: what `writeModel` wrote,
 * so that gradients of a released network can be taken from its file alone.
 *
 * @throws EcgError `unsupported` for an operator that no op of the table writes, as in a quantised file
 */
export function readGraph(model: OnnxModel, batchSize: number): FileGraph {
  const values = new Map<string, Value>();
  const integers = new Map<string, number[]>();
  for (const tensor of model.initializers) {
    if (tensor.type === INT64) integers.set(tensor.name, Array.from(numbersOf(tensor)));
    else if (tensor.type === FLOAT || tensor.type === DOUBLE)
      values.set(tensor.name, constant(numbersOf(tensor), tensor.shape));
  }
  const inputs: Record<string, Value> = {};
  for (const { name, shape } of model.inputs) {
    const sizes = shape?.map((n) => (typeof n === 'number' ? n : batchSize));
    if (!sizes) throw new EcgError('unsupported', `onnx: input ${name} has no shape, export it with one`);
    inputs[name] = input(name, sizes);
    values.set(name, inputs[name]);
  }
  for (const node of model.nodes) {
    const read = READERS[node.type];
    const known = node.inputs.map((name) => values.get(name));
    if (!read || known.some((value, i) => value === undefined && !integers.has(node.inputs[i])))
      throw new EcgError(
        'unsupported',
        `onnx: no gradient goes through ${node.type} (output ${node.outputs[0]}); explain a quantised file by occlusion`,
      );
    const outputs = read({
      node,
      values: known as Value[],
      integers: (i) => integers.get(node.inputs[i]) ?? [],
    });
    for (const [i, name] of node.outputs.entries()) values.set(name, outputs[i]);
  }
  return { inputs, values };
}

const FLOAT = 1;
const INT64 = 7;
const DOUBLE = 11;

/** One node's operands: its values, and its constant integers by their place among the inputs. */
interface Operands {
  readonly node: OnnxNode;
  readonly values: readonly Value[];
  integers(at: number): readonly number[];
}

type NodeReader = (operands: Operands) => readonly Value[];

function ints({ attributes }: OnnxNode, name: string, otherwise: readonly number[]): readonly number[] {
  const attribute = attributes[name];
  return attribute && 'ints' in attribute ? attribute.ints : otherwise;
}

function int({ attributes }: OnnxNode, name: string, otherwise: number): number {
  const attribute = attributes[name];
  return attribute && 'int' in attribute ? attribute.int : otherwise;
}

function float({ attributes }: OnnxNode, name: string, otherwise: number): number {
  const attribute = attributes[name];
  return attribute && 'float' in attribute ? attribute.float : otherwise;
}

type Pair = readonly [number, number];
type Four = readonly [number, number, number, number];

const windowOf = (node: OnnxNode) => ({
  strides: ints(node, 'strides', [1, 1]) as Pair,
  dilations: ints(node, 'dilations', [1, 1]) as Pair,
  pads: ints(node, 'pads', [0, 0, 0, 0]) as Four,
  groups: int(node, 'group', 1),
});

const poolOf = (node: OnnxNode) => ({
  kernel: ints(node, 'kernel_shape', []) as Pair,
  strides: ints(node, 'strides', [1, 1]) as Pair,
});

const plain =
  (rule: Rule<Record<never, never>>): NodeReader =>
  ({ values }) => [apply(rule, values, {})];

/** How each operator that `writeModel` writes is read back. */
const READERS: Readonly<Record<string, NodeReader | undefined>> = {
  Identity: ({ values }) => values,
  Add: plain(OPS.add),
  Sub: plain(OPS.subtract),
  Mul: plain(OPS.multiply),
  Div: plain(OPS.divide),
  Max: plain(OPS.maximum),
  Min: plain(OPS.minimum),
  Greater: plain(OPS.greater),
  GreaterOrEqual: plain(OPS.greaterOrEqual),
  Equal: plain(OPS.equal),
  // Only masks are cast, and those are numbers here already.
  Cast: ({ values }) => values,
  Neg: plain(OPS.negate),
  Exp: plain(OPS.exp),
  Log: plain(OPS.log),
  Sqrt: plain(OPS.sqrt),
  Abs: plain(OPS.abs),
  Sign: plain(OPS.sign),
  Sin: plain(OPS.sin),
  Cos: plain(OPS.cos),
  Tanh: plain(OPS.tanh),
  Sigmoid: plain(OPS.sigmoid),
  Erf: plain(OPS.erf),
  Relu: plain(OPS.relu),
  Softplus: plain(OPS.softplus),
  LeakyRelu: ({ node, values }) => [apply(OPS.leakyRelu, values, { slope: float(node, 'alpha', 0.01) })],
  Elu: ({ node, values }) => [apply(OPS.elu, values, { scale: float(node, 'alpha', 1) })],
  Pow: ({ values: [x, exponent] }) => {
    const { data } = exponent.node.attributes as { data?: ArrayLike<number> };
    if (data?.length !== 1) throw new EcgError('unsupported', 'onnx: Pow to a power that is no constant');
    return [apply(OPS.power, [x], { exponent: data[0] })];
  },
  Reshape: ({ values: [x], integers }) => [reshape(x, sizesOf(x, integers(1)))],
  Flatten: ({ values: [x] }) => [flatten(x)],
  Transpose: ({ node, values: [x] }) => [transpose(x, ints(node, 'perm', []))],
  Slice: ({ values: [x], integers }) => {
    const [[start], [end], [axis], [step]] = [1, 2, 3, 4].map(integers);
    return [step === -1 ? reverse(x, axis) : slice(x, axis, start, end, step)];
  },
  Concat: ({ node, values }) => [concat(values, int(node, 'axis', 0))],
  Split: ({ node, values: [x], integers }) => split(x, int(node, 'axis', 0), integers(1)),
  Pad: ({ values: [x], integers }) => {
    const pads = integers(1);
    const rank = x.shape.length;
    return [x.shape.reduce((y, _, axis) => pad(y, axis, pads[axis], pads[axis + rank]), x)];
  },
  Gather: ({ node, values: [x], integers }) => [gather(x, int(node, 'axis', 0), integers(1))],
  Expand: ({ values: [x], integers }) => [expand(x, integers(1))],
  ReduceSum: ({ values: [x], integers }) => [reduceSum(x, integers(1))],
  ReduceMean: ({ node, values: [x] }) => [reduceMean(x, ints(node, 'axes', []))],
  ReduceMax: ({ node, values: [x] }) => [reduceMax(x, ints(node, 'axes', []))],
  ReduceSumSquare: ({ node, values: [x] }) => [reduceSumSquare(x, ints(node, 'axes', []))],
  MatMul: ({ values: [a, b] }) => [matmul(a, b)],
  Conv: ({ node, values: [x, w, b] }) => [conv(x, w, b, windowOf(node))],
  ConvTranspose: ({ node, values: [x, w] }) => [
    convTranspose(x, w, windowOf(node), ints(node, 'output_padding', [0, 0]) as Pair),
  ],
  MaxPool: ({ node, values }) => [apply(maxPoolRule, values, poolOf(node))],
  AveragePool: ({ node, values }) => [apply(averagePoolRule, values, poolOf(node))],
  Resize: ({ values: [x, , scales] }) => {
    const { data } = scales.node.attributes as { data: ArrayLike<number> };
    return [upsample(x, [data[2], data[3]])];
  },
  BatchNormalization: ({ node, values: [x, scale, bias, mean, variance] }) => [
    batchNormInference(x, scale, bias, mean, variance, float(node, 'epsilon', 1e-5)),
  ],
  LayerNormalization: ({ node, values: [x, scale, bias] }) => [
    layerNorm(x, scale, bias, float(node, 'epsilon', 1e-5)),
  ],
  Softmax: plain(OPS.softmax),
  LogSoftmax: plain(OPS.logSoftmax),
  LSTM: ({ values }) => applyAll(OPS.lstm, values, {}),
  GRU: ({ values }) => applyAll(OPS.gru, values, {}),
};

function numbersOf({ type, bytes }: OnnxTensor): ArrayLike<number> {
  const { buffer } = bytes.slice();
  if (type === INT64) return Array.from(new BigInt64Array(buffer), Number);
  return type === FLOAT ? new Float32Array(buffer) : new Float64Array(buffer);
}

/** ONNX's shape of a Reshape: 0 keeps the size of that axis, −1 follows from the others. */
function sizesOf(x: Value, shape: readonly number[]): Shape {
  return shape.map((n, axis) => (n === 0 ? x.shape[axis] : n));
}
