import type { Shape, Value } from '../graph.js';
import { reduceSum } from './broadcast.js';
import { type ConvolutionAttributes, conv, convTranspose } from './convolution.js';
import { concat, pad, reshape, reverse, slice, transpose, transposeLast } from './layout.js';
import { matmul } from './matmul.js';

/**
 * The gradient of a convolution's image: at stride 1 a convolution with turned kernels, else the transposed one
 * (in rank 4, which ONNX Runtime computes in half the time of rank 3).
 */
export function inputGradient(g: Value, w: Value, x: Shape, attributes: ConvolutionAttributes): Value {
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
export function weightGradient(x: Value, g: Value, kernels: Shape, attributes: ConvolutionAttributes): Value {
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
