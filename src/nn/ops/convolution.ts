import { EcgError } from '../../core/index.js';
import { apply, type OpCase, type Rule, type Shape, type Value } from '../graph.js';
import { reduceSum } from './broadcast.js';
import { inputGradient, weightGradient } from './convolution-gradient.js';
import { reshape } from './layout.js';

/** How a kernel moves over the last two axes. */
export interface Window2d {
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  /** Zeros before the rows, before the columns, after the rows, after the columns. */
  readonly pads: readonly [number, number, number, number];
}

export interface ConvolutionAttributes extends Window2d {
  readonly groups: number;
}

/**
 * Cross-correlation of an image [N, C, H, W] with kernels [O, C / groups, kh, kw] and an optional bias [O].
 * One-dimensional signals are images of height 1, or [1, C, N, L] with the batch as height.
 */
export const convRule: Rule<ConvolutionAttributes> = {
  name: 'conv',
  shape: ([x, w, b], attributes) => {
    const { groups } = attributes;
    if (x.length !== 4 || w.length !== 4 || x[1] !== w[1] * groups || w[0] % groups !== 0)
      throw new EcgError(
        'bad-shape',
        `nn.conv: kernels [${w}] in ${groups} groups do not fit an image [${x}]`,
      );
    if (b && (b.length !== 1 || b[0] !== w[0]))
      throw new EcgError('bad-shape', `nn.conv: bias [${b}] for ${w[0]} kernels, give one number a kernel`);
    return [[x[0], w[0], outputLength(x, w, attributes, 0), outputLength(x, w, attributes, 1)]];
  },
  gradient: (node, [g]) => {
    if (!g) return [];
    const [x, w, b] = node.inputs;
    return [
      inputGradient(g, w, x.shape, node.attributes),
      weightGradient(x, g, w.shape, node.attributes),
      b && biasGradient(g),
    ];
  },
  onnx: (emit, node, inputs) =>
    emit.node('Conv', inputs, onnxAttributes(node.attributes, node.inputs[1].shape)),
  cases: [
    convCase('stride 1, padded', [2, 3, 1, 7], [4, 3, 1, 3], { pads: [0, 1, 0, 1] }),
    convCase('batch as height', [1, 2, 3, 9], [4, 2, 1, 5], { pads: [0, 2, 0, 2], strides: [1, 2] }),
    convCase('uneven stride and rest', [2, 2, 1, 10], [3, 2, 1, 3], { strides: [1, 3], pads: [0, 1, 0, 0] }),
    convCase('dilated', [2, 2, 1, 9], [2, 2, 1, 3], { dilations: [1, 2], pads: [0, 2, 0, 2] }),
    convCase('dilated with stride', [1, 2, 2, 11], [2, 2, 1, 3], { dilations: [1, 2], strides: [1, 2] }),
    convCase('more padding than kernel', [1, 2, 1, 4], [2, 2, 1, 2], { pads: [0, 3, 0, 2] }),
    convCase('one channel', [2, 1, 1, 8], [3, 1, 1, 3], { pads: [0, 1, 0, 1] }),
    convCase('two groups', [2, 4, 1, 6], [6, 2, 1, 3], { pads: [0, 1, 0, 1] }, 2),
    convCase('depthwise', [2, 3, 1, 6], [3, 1, 1, 3], { strides: [1, 2] }, 3),
    convCase('image', [2, 2, 5, 4], [3, 2, 3, 3], { pads: [1, 1, 1, 1] }),
    convCase('image, one channel', [2, 1, 5, 4], [3, 1, 3, 3], { pads: [1, 1, 1, 1] }),
    convCase('image with strides', [2, 2, 6, 5], [2, 2, 3, 2], { strides: [2, 2], pads: [1, 0, 1, 1] }),
    convCase('image, dilated, groups', [1, 2, 6, 5], [2, 1, 2, 2], { dilations: [2, 1], strides: [2, 1] }, 2),
  ],
};

/**
 * The adjoint of `convRule` over its image: [N, O, H, W] spread by kernels [O, C / groups, kh, kw] to [N, C, …].
 * `outputPadding` lengthens the result, where a stride left a rest.
 */
export const convTransposeRule: Rule<ConvolutionAttributes & { outputPadding: readonly [number, number] }> = {
  name: 'convTranspose',
  shape: ([x, w], { groups, strides, dilations, pads, outputPadding }) => {
    if (x.length !== 4 || w.length !== 4 || x[1] !== w[0] || w[0] % groups !== 0)
      throw new EcgError('bad-shape', `nn.convTranspose: kernels [${w}] do not fit an image [${x}]`);
    const length = (i: 0 | 1) =>
      (x[2 + i] - 1) * strides[i] +
      (w[2 + i] - 1) * dilations[i] +
      1 -
      pads[i] -
      pads[i + 2] +
      outputPadding[i];
    return [[x[0], w[1] * groups, length(0), length(1)]];
  },
  gradient: (node, [g]) => {
    if (!g) return [];
    const [x, w] = node.inputs;
    return [conv(g, w, undefined, node.attributes), weightGradient(g, x, w.shape, node.attributes)];
  },
  onnx: (emit, node, inputs) =>
    emit.node('ConvTranspose', inputs, {
      ...onnxAttributes(node.attributes, node.inputs[1].shape),
      output_padding: { ints: node.attributes.outputPadding },
    }),
  cases: [
    transposeCase('stride 2', [2, 3, 1, 4], [3, 2, 1, 3], { strides: [1, 2], pads: [0, 1, 0, 1] }, [0, 1]),
    transposeCase('image, two groups', [1, 4, 3, 2], [4, 1, 2, 2], { strides: [2, 1] }, [0, 0], 2),
  ],
};

/** Cross-correlation; see `convRule`. */
export function conv(
  x: Value,
  kernels: Value,
  bias: Value | undefined,
  window: Partial<ConvolutionAttributes> = {},
): Value {
  return apply(convRule, bias ? [x, kernels, bias] : [x, kernels], complete(window));
}

/** The adjoint of cross-correlation; see `convTransposeRule`. */
export function convTranspose(
  x: Value,
  kernels: Value,
  window: Partial<ConvolutionAttributes> = {},
  outputPadding: readonly [number, number] = [0, 0],
): Value {
  return apply(convTransposeRule, [x, kernels], { ...complete(window), outputPadding });
}

function complete(window: Partial<ConvolutionAttributes>): ConvolutionAttributes {
  return {
    strides: window.strides ?? [1, 1],
    dilations: window.dilations ?? [1, 1],
    pads: window.pads ?? [0, 0, 0, 0],
    groups: window.groups ?? 1,
  };
}

function outputLength(x: Shape, w: Shape, { strides, dilations, pads }: Window2d, i: 0 | 1): number {
  const padded = x[2 + i] + pads[i] + pads[i + 2];
  const reach = (w[2 + i] - 1) * dilations[i] + 1;
  if (reach > padded)
    throw new EcgError(
      'too-short',
      `nn.conv: a kernel that reaches over ${reach} in an image [${x}], pad or lengthen it`,
    );
  return Math.floor((padded - reach) / strides[i]) + 1;
}

function onnxAttributes({ strides, dilations, pads, groups }: ConvolutionAttributes, kernels: Shape) {
  return {
    kernel_shape: { ints: kernels.slice(2) },
    strides: { ints: strides },
    dilations: { ints: dilations },
    pads: { ints: pads },
    group: { int: groups },
  };
}

// ONNX Runtime convolves in single precision only; the cases are linear in each input, so wide steps are exact.
function convCase(name: string, x: Shape, w: Shape, window: Partial<Window2d>, groups = 1): OpCase {
  const build = (...v: Value[]) => conv(v[0], v[1], v[2], { ...window, groups });
  return { name, inputs: [x, w, [w[0]]], build, single: true };
}

function transposeCase(
  name: string,
  x: Shape,
  w: Shape,
  window: Partial<Window2d>,
  outputPadding: readonly [number, number],
  groups = 1,
): OpCase {
  const build = (a: Value, b: Value) => convTranspose(a, b, { ...window, groups }, outputPadding);
  return { name, inputs: [x, w], build, single: true };
}

/** The sum over all but the channels: an inner sum over the contiguous axes first. */
function biasGradient(g: Value): Value {
  const [n, o, h, w] = g.shape;
  return reshape(reduceSum(reshape(reduceSum(reshape(g, [n, o, h * w]), [2]), [n, o]), [0]), [o]);
}
