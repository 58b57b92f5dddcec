import { EcgError } from '../../core/index.js';
import { isMadeBy, type Shape, topological, type Value } from '../graph.js';
import { inputRule } from '../ops/leaf.js';
import type { Emitter } from './emitter.js';
import { encodeModel, type OnnxNode, type OnnxTensor, type OnnxValueInfo } from './protobuf.js';

/** How a graph becomes a file. */
export interface WriteOptions {
  /** Floating type of the whole graph; `float` when omitted. */
  readonly precision?: 'float' | 'double';
  /** Entries of the file's metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
}

const ONNX_INT64 = 7;

/**
 * The bytes of an ONNX file that computes `outputs`; it holds what they depend on, nothing else.
 * @throws EcgError `bad-option` when two inputs share a name
 */
export function writeModel(outputs: Readonly<Record<string, Value>>, options: WriteOptions = {}): Uint8Array {
  const elementType = options.precision === 'double' ? 11 : 1;
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const known = new Map<string, string>();
  let count = 0;
  const fresh = () => `v${count++}`;
  const store = (type: number, shape: Shape, data: ArrayBufferView, name?: string) => {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const key = bytes.length <= 64 && name === undefined ? `${type} ${shape} ${bytes}` : undefined;
    const before = key === undefined ? undefined : known.get(key);
    if (before !== undefined) return before;
    const stored = name ?? fresh();
    initializers.push({ name: stored, type, shape, bytes });
    if (key !== undefined) known.set(key, stored);
    return stored;
  };
  const emitter: Emitter = {
    elementType,
    node(type, inputs, attributes = {}, outputCount = 1) {
      const names = Array.from({ length: outputCount }, fresh);
      nodes.push({ type, inputs, outputs: names, attributes });
      return names;
    },
    integers: (values) => store(ONNX_INT64, [values.length], BigInt64Array.from(values, BigInt)),
    floats: (data, shape, name) =>
      store(elementType, shape, elementType === 1 ? Float32Array.from(data) : Float64Array.from(data), name),
  };

  const inputs: OnnxValueInfo[] = [];
  const names = new Map<Value, string>();
  const targets = Object.values(outputs);
  for (const node of topological(targets)) {
    const written = node.rule.onnx(
      emitter,
      node,
      node.inputs.map((value) => names.get(value)!),
    );
    for (const [i, name] of written.entries()) names.set(node.outputs[i], name);
    if (isMadeBy(node, inputRule)) {
      const { name, shape, dynamic } = node.attributes;
      if (inputs.some((other) => other.name === name))
        throw new EcgError('bad-option', `nn.writeModel: two inputs are called ${name}, rename one`);
      inputs.push({
        name,
        type: elementType,
        shape: shape.map((n, i) => (dynamic.includes(i) ? 'batch' : n)),
      });
    }
  }
  const outputInfos = Object.entries(outputs).map(
    ([name, value]): OnnxValueInfo => ({
      name,
      type: elementType,
      shape: value.shape.map((_, i) => `${name}.${i}`),
    }),
  );
  return encodeModel({
    ...nameOutputs(
      nodes,
      targets.map((value) => names.get(value)!),
      Object.keys(outputs),
    ),
    initializers,
    inputs,
    outputs: outputInfos,
    metadata: options.metadata ?? {},
  });
}

/**
 * The nodes with the outputs called as wanted. What no node computes (an input, a constant), or is wanted twice, takes
 * a copy.
 */
function nameOutputs(nodes: readonly OnnxNode[], inner: readonly string[], outer: readonly string[]) {
  const computed = new Set(nodes.flatMap((node) => node.outputs));
  const renamed = new Map<string, string>();
  const copies: OnnxNode[] = [];
  for (const [i, name] of inner.entries()) {
    if (computed.has(name) && !renamed.has(name)) renamed.set(name, outer[i]);
    else
      copies.push({
        type: 'Identity',
        inputs: [renamed.get(name) ?? name],
        outputs: [outer[i]],
        attributes: {},
      });
  }
  const rename = (list: readonly string[]) => list.map((name) => renamed.get(name) ?? name);
  const named = nodes.map((node) => ({
    ...node,
    inputs: rename(node.inputs),
    outputs: rename(node.outputs),
  }));
  return { nodes: [...named, ...copies] };
}
