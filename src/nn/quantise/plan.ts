import { EcgError } from '../../core/index.js';
import type { OnnxModel, OnnxNode, OnnxTensor } from '../onnx/protobuf.js';

/** What becomes 8-bit in a model. */
export interface QuantisationPlan {
  /** The nodes that stay; a ReLU that the bytes' lower end does is not among them. */
  readonly nodes: readonly OnnxNode[];
  /** Nodes whose products are of integers. */
  readonly integer: ReadonlySet<OnnxNode>;
  /** Nodes whose weights are only kept as integers. */
  readonly stored: ReadonlySet<OnnxNode>;
  /** Activations that are bytes for all their readers, and the activation of the old model whose range they have. */
  readonly bytes: ReadonlyMap<string, string>;
  /** Activations that are bytes for the integer nodes only. */
  readonly bytesForProducts: ReadonlySet<string>;
  /** Nodes with weights that stay as they are, and why. */
  readonly skipped: readonly { readonly weight: string; readonly reason: string }[];
}

/** Operations that only move bytes about or choose among them: their result has the steps of their input. */
const MOVES: ReadonlySet<string> = new Set([
  'MaxPool',
  'Resize',
  'Reshape',
  'Transpose',
  'Flatten',
  'Squeeze',
  'Unsqueeze',
]);
const FLOAT = 1;

/**
 * What becomes 8-bit: convolutions with their results, products with constant matrices, sums of two byte
 * activations and what moves bytes; recurrent weights are stored so. The rest stays in single precision.
 *
 * @param keep  names of weights that stay in single precision
 */
export function planQuantisation(model: OnnxModel, keep: ReadonlySet<string>): QuantisationPlan {
  const constants = new Map(model.initializers.map((tensor) => [tensor.name, tensor]));
  for (const name of keep)
    if (!constants.has(name))
      throw new EcgError(
        'bad-option',
        `nn.quantiseModel: there is no weight ${name} to keep, give one of the file`,
      );
  const given = new Set(model.outputs.map((output) => output.name));
  const readers = new Map<string, OnnxNode[]>();
  for (const node of model.nodes)
    for (const name of node.inputs) readers.set(name, [...(readers.get(name) ?? []), node]);
  const onlyReader = (name: string) => {
    const all = given.has(name) ? [] : (readers.get(name) ?? []);
    return all.length === 1 ? all[0] : undefined;
  };

  const integer = new Set<OnnxNode>();
  const stored = new Set<OnnxNode>();
  const bytes = new Map<string, string>();
  const bytesForProducts = new Set<string>();
  const skipped: { weight: string; reason: string }[] = [];
  const removed = new Set<OnnxNode>();
  const renamed = new Map<string, string>();

  /** A result becomes bytes; a ReLU behind it, or behind pooling of it, is what bytes from 0 on do anyway. */
  const makeBytes = (name: string) => {
    let last = name;
    let reader = onlyReader(last);
    while (reader?.type === 'MaxPool' && reader.outputs.length === 1) {
      last = reader.outputs[0];
      reader = onlyReader(last);
    }
    if (reader?.type !== 'Relu') {
      bytes.set(name, name);
      return;
    }
    const positive = reader.outputs[0];
    removed.add(reader);
    renamed.set(last, positive);
    bytes.set(renamed.get(name) ?? name, positive);
  };

  for (const node of model.nodes) {
    if (removed.has(node)) continue;
    const inputs = node.inputs.map((name) => renamed.get(name) ?? name);
    const output = node.outputs[0];
    const weight = node.inputs[1];
    const reason = unfit(node, constants, keep);
    if (node.type === 'LSTM' || node.type === 'GRU') {
      if (reason === undefined) stored.add(node);
    } else if (node.type === 'Conv' || node.type === 'MatMul') {
      if (reason === undefined) {
        integer.add(node);
        if (!bytes.has(inputs[0])) bytesForProducts.add(inputs[0]);
        if (node.type === 'Conv') makeBytes(output);
      }
    } else if (node.type === 'Add' && inputs[0] !== inputs[1] && inputs.every((name) => bytes.has(name))) {
      makeBytes(output);
    } else if (MOVES.has(node.type) && node.outputs.length === 1 && bytes.has(inputs[0])) {
      bytes.set(renamed.get(output) ?? output, bytes.get(inputs[0])!);
    }
    // Products of two activations, as in attention, have no weights.
    const weighty = WITH_WEIGHTS.has(node.type) && (node.type !== 'MatMul' || constants.has(weight));
    if (reason !== undefined && weighty) skipped.push({ weight, reason });
  }

  const rename = (node: OnnxNode): OnnxNode => ({
    ...node,
    inputs: node.inputs.map((name) => renamed.get(name) ?? name),
    outputs: node.outputs.map((name) => renamed.get(name) ?? name),
  });
  const nodes: OnnxNode[] = [];
  const [integerNow, storedNow] = [new Set<OnnxNode>(), new Set<OnnxNode>()];
  for (const node of model.nodes) {
    if (removed.has(node)) continue;
    const now = rename(node);
    nodes.push(now);
    if (integer.has(node)) integerNow.add(now);
    if (stored.has(node)) storedNow.add(now);
  }
  return { nodes, integer: integerNow, stored: storedNow, bytes, bytesForProducts, skipped };
}

const WITH_WEIGHTS: ReadonlySet<string> = new Set(['Conv', 'ConvTranspose', 'MatMul', 'Gemm', 'LSTM', 'GRU']);

/** Why a node's weights cannot become integers; undefined when they can. */
function unfit(
  node: OnnxNode,
  constants: ReadonlyMap<string, OnnxTensor>,
  keep: ReadonlySet<string>,
): string | undefined {
  const weight = constants.get(node.inputs[1]);
  if (!weight) return 'its weights are computed';
  if (keep.has(weight.name)) return 'it is to be kept';
  if (weight.type !== FLOAT) return 'its weights are not in single precision';
  if (node.type === 'MatMul')
    return weight.shape.length === 2 ? undefined : 'it multiplies by more than one matrix';
  if (node.type === 'Conv')
    return node.inputs.length < 3 || constants.has(node.inputs[2]) ? undefined : 'its bias is computed';
  if (node.type === 'LSTM' || node.type === 'GRU')
    return constants.has(node.inputs[2]) ? undefined : 'its weights are computed';
  return `${node.type} has no integer kernel`;
}
