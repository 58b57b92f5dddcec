import { EcgError } from '../../core/index.js';
import { apply, type OpCase, type Rule, type Shape, type Value } from '../graph.js';
import { reduceSum } from './broadcast.js';
import { concat, pad, reshape, reverse, slice, transpose, transposeLast } from './layout.js';
import { matmul } from './matmul.js';

/** How a kernel moves over the last two axes. */
interface Window2d {
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

/**
 * The gradient of a convolution's image: at stride 1 a convolution with turned kernels, else the transposed one
 * (in rank 4, which ONNX Runtime computes in half the time of rank 3).
 */
function inputGradient(g: Value, w: Value, x: Shape, attributes: ConvolutionAttributes): Value {
  const { strides, dilations, pads, groups } = attributes;
  const reach = [0, 1].map((i) => (w.shape[2 + i] - 1) * dilations[i]);
  const turned = pads.map((p, i) => reach[i % 2] - p) as [number, number, number, number];
  if (strides[0] === 1 && strides[1] === 1 && turned.every((p) => p >= 0)) {
    const [o, c, kh, kw] = w.shape;
    const grouped = reshape(reverse(reverse(w, 3), 2), [groups, o / groups, c, kh * kw]);
    const kernels = reshape(transpose(grouped, [0, 2, 1, 3]), [groups * c, o / groups, kh, kw]);
    return conv(g, kernels, undefined, { dilations, groups, pads: turned });
  }
  const rest = [0, 1].map(
    (i) => x[2 + i] - ((g.shape[2 + i] - 1) * strides[i] + reach[i] + 1 - pads[i] - pads[i + 2]),
  ) as [number, number];
  // ConvTranspose refuses output padding of a stride or more: zeros do as well there, no kernel reached them.
  const small = rest.map((r, i) => Math.min(r, strides[i] - 1)) as [number, number];
  const image = convTranspose(g, w, attributes, small);
  return pad(pad(image, 2, 0, rest[0] - small[0]), 3, 0, rest[1] - small[1]);
}

/**
 * The gradient of a convolution's kernels [O, C / groups, kh, kw] from its image `x` and its output's gradient `g`.
 *
 * One large convolution: the batch becomes the channels, image rows are channels-last and fused,
 * and strides become dilations, so that moving by one entry moves by one channel.
 */
function weightGradient(x: Value, g: Value, kernels: Shape, attributes: ConvolutionAttributes): Value {
  if (x.shape[1] === 1) return oneChannelWeightGradient(x, g, kernels, attributes);
  if (kernels[2] === 1 && attributes.strides[0] === 1 && attributes.pads[0] === 0 && attributes.pads[2] === 0)
    return rowWeightGradient(x, g, kernels, attributes);
  const { strides, dilations, pads, groups } = attributes;
  const [n, , h, w] = x.shape;
  const o = g.shape[1];
  const [, cg, kh, kw] = kernels;
  const image = reshape(channelsLast(x, groups), [1, groups * n, h, w * cg]);
  const moved = conv(image, transpose(g, [1, 0, 2, 3]), undefined, {
    groups,
    dilations: [strides[0], strides[1] * cg],
    pads: [pads[0], pads[1] * cg, pads[2], pads[3] * cg],
  });
  // Rows and columns that only the rest of a stride, or a dilation, produced are dropped.
  const rows = slice(moved, 2, 0, (kh - 1) * dilations[0] + 1, dilations[0]);
  const columns = (rows.shape[3] / cg) | 0;
  const grid = reshape(rows, [o, kh, columns, cg]);
  const kept = slice(grid, 2, 0, (kw - 1) * dilations[1] + 1, dilations[1]);
  return transpose(kept, [0, 3, 1, 2]);
}

/** The same for kernels of height 1, whose rows are as independent as the batch. */
function rowWeightGradient(x: Value, g: Value, kernels: Shape, attributes: ConvolutionAttributes): Value {
  const { strides, dilations, pads, groups } = attributes;
  const [n, , h, l] = x.shape;
  const [, o, , lo] = g.shape;
  const [, cg, , k] = kernels;
  const image = reshape(channelsLast(x, groups), [1, groups * n * h, 1, l * cg]);
  const kernel = reshape(transpose(g, [1, 0, 2, 3]), [o, n * h, 1, lo]);
  const moved = conv(image, kernel, undefined, {
    groups,
    dilations: [1, strides[1] * cg],
    pads: [0, pads[1] * cg, 0, pads[3] * cg],
  });
  const grid = reshape(moved, [o, moved.shape[3] / cg, cg]);
  const kept = slice(grid, 1, 0, (k - 1) * dilations[1] + 1, dilations[1]);
  return reshape(transpose(kept, [0, 2, 1]), [o, cg, 1, k]);
}

/** With one input channel the convolution above would be thin: shifted copies and a product instead. */
function oneChannelWeightGradient(
  x: Value,
  g: Value,
  kernels: Shape,
  attributes: ConvolutionAttributes,
): Value {
  const { strides, dilations, pads } = attributes;
  const [n, o, gh, gw] = g.shape;
  const [, , kh, kw] = kernels;
  const padded = pad(pad(x, 2, pads[0], pads[2]), 3, pads[1], pads[3]);
  const shifted = Array.from({ length: kh * kw }, (_, i) => {
    const top = Math.floor(i / kw) * dilations[0];
    const left = (i % kw) * dilations[1];
    const rows = slice(padded, 2, top, top + (gh - 1) * strides[0] + 1, strides[0]);
    const part = slice(rows, 3, left, left + (gw - 1) * strides[1] + 1, strides[1]);
    return reshape(part, [n, 1, gh * gw]);
  });
  const each = matmul(reshape(g, [n, o, gh * gw]), transposeLast(concat(shifted, 1)));
  return reshape(reduceSum(each, [0]), [o, 1, kh, kw]);
}

/** [N, G · C, H, W] as [G, N, H · W, C]. ONNX Runtime moves one axis past one other ten times faster than past two. */
function channelsLast(x: Value, groups: number): Value {
  const [n, c, h, w] = x.shape;
  const each = c / groups;
  const flat = reshape(x, [n * groups, each, h * w]);
  const last = each === 1 ? flat : transpose(flat, [0, 2, 1]);
  return transpose(reshape(last, [n, groups, h * w, each]), [1, 0, 2, 3]);
}
