import type { OnnxModel, OnnxNode, OnnxTensor } from '../onnx/protobuf.js';
import { type Affine, quantiseBias, quantiseWeights, scaleForBias } from './affine.js';
import type { QuantisationPlan } from './plan.js';

const TYPES = { float: 1, uint8: 2, int8: 3, int32: 6 } as const;

/**
 * The model with the plan's activations and weights as integers between QuantizeLinear and DequantizeLinear, which
 * runtimes melt into integer kernels.
 *
 * @param steps   of every activation of the plan, by the name under which its range was seen
 * @param levels  largest integer of a weight
 */
export function rewriteModel(
  model: OnnxModel,
  plan: QuantisationPlan,
  steps: ReadonlyMap<string, Affine>,
  levels: number,
): OnnxModel {
  const constants = new Map(model.initializers.map((tensor) => [tensor.name, tensor]));
  const added: OnnxTensor[] = [];
  const nodes: OnnxNode[] = [];
  const done = new Set<string>();
  const store = (name: string, type: keyof typeof TYPES, shape: readonly number[], data: ArrayBufferView) => {
    if (!done.has(name))
      added.push({
        name,
        type: TYPES[type],
        shape,
        bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      });
    done.add(name);
    return name;
  };
  /** `from` as bytes and back as `to`. */
  const roundTrip = (from: string, to: string, { scale, zeroPoint }: Affine) => {
    const parameters = [
      store(`${to}.scale`, 'float', [], Float32Array.of(scale)),
      store(`${to}.zero`, 'uint8', [], Uint8Array.of(zeroPoint)),
    ];
    nodes.push(
      { type: 'QuantizeLinear', inputs: [from, ...parameters], outputs: [`${to}.bytes`], attributes: {} },
      { type: 'DequantizeLinear', inputs: [`${to}.bytes`, ...parameters], outputs: [to], attributes: {} },
    );
  };
  const stepsOf = (name: string) => steps.get(plan.bytes.get(name) ?? name)!;
  /** Integers of a constant, dequantised under a new name. */
  const dequantise = (
    name: string,
    type: 'int8' | 'int32',
    shape: readonly number[],
    axis: number,
    { values, scales }: { values: Int8Array | Int32Array; scales: Float32Array },
  ) => {
    const zeros = type === 'int8' ? new Int8Array(scales.length) : new Int32Array(scales.length);
    const inputs = [
      store(`${name}.integers`, type, shape, values),
      store(`${name}.scale`, 'float', [scales.length], scales),
      store(`${name}.zero`, type, [scales.length], zeros),
    ];
    nodes.push({ type: 'DequantizeLinear', inputs, outputs: [name], attributes: { axis: { int: axis } } });
    return name;
  };

  /** The node with integer weights and, of a convolution, an integer bias. */
  const withIntegers = (node: OnnxNode): OnnxNode => {
    const [x, weightName, biasName] = node.inputs;
    const weight = constants.get(weightName)!;
    const axis = node.type === 'Conv' ? 0 : 1;
    const { scale } = stepsOf(x);
    const bias = biasName === undefined ? undefined : numbersOf(constants.get(biasName)!);
    const least = bias && scaleForBias(bias, scale);
    const quantised = quantiseWeights(numbersOf(weight), weight.shape, axis, levels, least);
    // Under the node's own name: another node may read the same weights with another least scale.
    const name = `${node.outputs[0]}.weight`;
    const inputs = [
      plan.bytes.has(x) ? x : `${x}.products`,
      dequantise(name, 'int8', weight.shape, axis, quantised),
    ];
    if (bias) {
      const { values, steps } = quantiseBias(bias, scale, quantised.scales);
      const shape = [values.length];
      inputs.push(dequantise(`${node.outputs[0]}.bias`, 'int32', shape, 0, { values, scales: steps }));
    }
    return { ...node, inputs };
  };
  const withStoredIntegers = (node: OnnxNode): OnnxNode => ({
    ...node,
    inputs: node.inputs.map((name, i) => {
      if (i !== 1 && i !== 2) return name;
      const weight = constants.get(name)!;
      const quantised = quantiseWeights(numbersOf(weight), weight.shape, 1, 127);
      return dequantise(`${node.outputs[0]}.weight${i}`, 'int8', weight.shape, 1, quantised);
    }),
  });

  const finish = (name: string) => {
    if (plan.bytesForProducts.has(name) && !plan.bytes.has(name))
      roundTrip(name, `${name}.products`, stepsOf(name));
  };
  for (const { name } of model.inputs) finish(name);
  for (const node of plan.nodes) {
    const now = plan.integer.has(node)
      ? withIntegers(node)
      : plan.stored.has(node)
        ? withStoredIntegers(node)
        : node;
    nodes.push({
      ...now,
      outputs: now.outputs.map((name) => (plan.bytes.has(name) ? `${name}.float` : name)),
    });
    for (const name of now.outputs) {
      if (plan.bytes.has(name)) roundTrip(`${name}.float`, name, stepsOf(name));
      finish(name);
    }
  }
  const read = new Set(nodes.flatMap((node) => node.inputs));
  const kept = model.initializers.filter((tensor) => read.has(tensor.name));
  return { ...model, nodes, initializers: [...kept, ...added] };
}

function numbersOf(tensor: OnnxTensor): Float32Array {
  return new Float32Array(tensor.bytes.slice().buffer);
}
