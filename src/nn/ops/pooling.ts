import { EcgError } from '../../core/index.js';
import { apply, type Rule, type Shape, sizeOf, type Value } from '../graph.js';
import { add, equal, greaterOrEqual, multiply, subtract } from './elementwise.js';
import { concat, pad, reshape, slice, spreadOut } from './layout.js';
import { reduceMean } from './reduce.js';

export interface PoolingAttributes {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
}

/** The maximum in each window over the last two axes, without padding. */
export const maxPoolRule: Rule<PoolingAttributes> = {
  name: 'maxPool',
  shape: ([x], attributes) => [pooledShape(x, attributes, 'maxPool')],
  gradient: (node, [g]) => {
    const [x] = node.inputs;
    const { kernel, strides } = node.attributes;
    if (!g) return [undefined];
    if (kernel[0] === 1 && kernel[1] === 2 && strides[1] === 2)
      return [pairGradient(x, node.outputs[0], g, 3)];
    if (kernel[0] === 2 && kernel[1] === 1 && strides[0] === 2)
      return [pairGradient(x, node.outputs[0], g, 2)];
    return [windowGradient(x, node.outputs[0], g, node.attributes)];
  },
  onnx: (emit, node, [x]) => emit.node('MaxPool', [x], windowAttributes(node.attributes)),
  cases: [
    { name: 'pairs in a row', inputs: [[2, 2, 1, 7]], build: (x) => maxPool(x, [1, 2]) },
    { name: 'pairs in a column', inputs: [[2, 1, 5, 3]], build: (x) => maxPool(x, [2, 1]) },
    { name: 'threes overlapping', inputs: [[1, 2, 1, 9]], build: (x) => maxPool(x, [1, 3], [1, 2]) },
    { name: 'squares', inputs: [[2, 2, 4, 6]], build: (x) => maxPool(x, [2, 2]) },
  ],
};

/** The mean in each window over the last two axes, without padding. */
export const averagePoolRule: Rule<PoolingAttributes> = {
  name: 'averagePool',
  shape: ([x], attributes) => [pooledShape(x, attributes, 'averagePool')],
  gradient: (node, [g]) => {
    const [x] = node.inputs;
    const { kernel } = node.attributes;
    if (!g) return [undefined];
    const share = multiply(g, 1 / sizeOf(kernel));
    const offsets = windowOffsets(kernel);
    return [
      offsets.map((at) => scatter(share, at, x.shape, node.attributes)).reduce((sum, part) => add(sum, part)),
    ];
  },
  onnx: (emit, node, [x]) => emit.node('AveragePool', [x], windowAttributes(node.attributes)),
  cases: [
    { name: 'pairs in a row', inputs: [[2, 2, 1, 7]], build: (x) => averagePool(x, [1, 2]), single: true },
    {
      name: 'overlapping image',
      inputs: [[1, 2, 5, 6]],
      build: (x) => averagePool(x, [3, 2], [1, 2]),
      single: true,
    },
  ],
};

/** The maximum in each window over the last two axes; `strides` are the kernel's sizes when omitted. */
export function maxPool(x: Value, kernel: readonly [number, number], strides = kernel): Value {
  // Squares of two are two steps of pairs: a pair's gradient is cheap.
  if (kernel.every((k) => k === 2) && strides.every((s) => s === 2))
    return maxPool(maxPool(x, [2, 1]), [1, 2]);
  return apply(maxPoolRule, [x], { kernel, strides });
}

/** The mean in each window over the last two axes; `strides` are the kernel's sizes when omitted. */
export function averagePool(x: Value, kernel: readonly [number, number], strides = kernel): Value {
  return apply(averagePoolRule, [x], { kernel, strides });
}

/** The mean over the last two axes, [N, C, 1, 1]. */
export function globalAveragePool(x: Value): Value {
  return reduceMean(x, [2, 3]);
}

function pooledShape(x: Shape, { kernel, strides }: PoolingAttributes, where: string): Shape {
  if (x.length !== 4 || x[2] < kernel[0] || x[3] < kernel[1])
    throw new EcgError('bad-shape', `nn.${where}: windows of ${kernel} do not fit an image [${x}]`);
  return [x[0], x[1], ...[0, 1].map((i) => Math.floor((x[2 + i] - kernel[i]) / strides[i]) + 1)];
}

function windowAttributes({ kernel, strides }: PoolingAttributes) {
  return { kernel_shape: { ints: kernel }, strides: { ints: strides } };
}

/** Pairs: where the first equals the maximum it takes the gradient, elsewhere the second does. */
function pairGradient(x: Value, y: Value, g: Value, axis: 2 | 3): Value {
  const pairs = g.shape[axis];
  const open = [...g.shape.slice(0, axis + 1), 1, ...g.shape.slice(axis + 1)];
  const first = slice(x, axis, 0, 2 * pairs - 1, 2);
  const toFirst = multiply(g, greaterOrEqual(first, y));
  const both = concat([reshape(toFirst, open), reshape(subtract(g, toFirst), open)], axis + 1);
  const joined = reshape(both, [...g.shape.slice(0, axis), 2 * pairs, ...g.shape.slice(axis + 1)]);
  return pad(joined, axis, 0, x.shape[axis] - 2 * pairs);
}

/** Any window: the first entry that equals the maximum takes the gradient. */
function windowGradient(x: Value, y: Value, g: Value, attributes: PoolingAttributes): Value {
  let left: Value | undefined;
  const parts = windowOffsets(attributes.kernel).map((at) => {
    const here = equal(gatherWindow(x, at, y.shape, attributes), y);
    const mask = left ? multiply(here, left) : here;
    left = left ? subtract(left, mask) : subtract(1, mask);
    return scatter(multiply(g, mask), at, x.shape, attributes);
  });
  return parts.reduce((sum, part) => add(sum, part));
}

function windowOffsets([height, width]: readonly [number, number]): [number, number][] {
  return Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width]);
}

/** The entry at one offset of every window. */
function gatherWindow(
  x: Value,
  at: readonly [number, number],
  y: Shape,
  { strides }: PoolingAttributes,
): Value {
  const rows = slice(x, 2, at[0], at[0] + (y[2] - 1) * strides[0] + 1, strides[0]);
  return slice(rows, 3, at[1], at[1] + (y[3] - 1) * strides[1] + 1, strides[1]);
}

/** The adjoint of `gatherWindow`. */
function scatter(g: Value, at: readonly [number, number], x: Shape, { strides }: PoolingAttributes): Value {
  return [0, 1].reduce((wide, i) => {
    const axis = 2 + i;
    const spread = spreadOut(
      wide,
      axis,
      strides[i],
      Math.min(wide.shape[axis] * strides[i], x[axis] - at[i]),
    );
    return pad(spread, axis, at[i], x[axis] - at[i] - spread.shape[axis]);
  }, g);
}
