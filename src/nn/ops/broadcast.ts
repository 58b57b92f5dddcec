import { EcgError } from '../../core/index.js';
import {
  apply,
  broadcastShape,
  isMadeBy,
  normalAxis,
  type Rule,
  type Shape,
  sameShape,
  sizeOf,
  type Value,
} from '../graph.js';
import { reshape } from './layout.js';

/** `x` repeated along its axes of size 1 and new leading axes. */
export const expandRule: Rule<{ shape: Shape }> = {
  name: 'expand',
  shape: ([x], { shape }) => {
    if (!sameShape(broadcastShape(x, shape, 'expand'), shape))
      throw new EcgError('bad-shape', `nn.expand: [${x}] does not expand to [${shape}]`);
    return [shape];
  },
  gradient: (_, [g]) => [g],
  onnx: (emit, node, [x]) => emit.node('Expand', [x, emit.integers(node.attributes.shape)]),
  cases: [{ name: 'two axes', inputs: [[3, 1]], build: (x) => expand(x, [2, 3, 4]) }],
};

/** Sums over axes; they stay with size 1. */
export const reduceSumRule: Rule<{ axes: readonly number[] }> = {
  name: 'reduceSum',
  shape: ([x], { axes }) => [x.map((n, i) => (axes.includes(i) ? 1 : n))],
  gradient: (node, [g]) => [g && expand(g, node.inputs[0].shape)],
  onnx: (emit, node, [x]) =>
    emit.node('ReduceSum', [x, emit.integers(node.attributes.axes)], { keepdims: { int: 1 } }),
  cases: [
    { name: 'last axis', inputs: [[3, 4]], build: (x) => reduceSum(x, [1]) },
    { name: 'first and last', inputs: [[2, 3, 4]], build: (x) => reduceSum(x, [0, 2]) },
  ],
};

/** `x` repeated to `shape`. */
export function expand(x: Value, shape: Shape): Value {
  return sameShape(x.shape, shape) ? x : apply(expandRule, [x], { shape });
}

/** Sums over axes (all when omitted); they stay with size 1. */
export function reduceSum(x: Value, axes?: readonly number[]): Value {
  const wanted = (axes ?? x.shape.map((_, i) => i)).map((a) => normalAxis(a, x.shape.length, 'reduceSum'));
  const real = wanted.filter((a) => x.shape[a] !== 1);
  return real.length === 0 ? x : apply(reduceSumRule, [x], { axes: real });
}

/** The gradient of an array that was broadcast, summed back to its shape. */
export function unbroadcast(gradient: Value, shape: Shape): Value {
  if (sameShape(gradient.shape, shape)) return gradient;
  const lead = gradient.shape.length - shape.length;
  const axes = gradient.shape.flatMap((n, i) => (i < lead || (shape[i - lead] === 1 && n !== 1) ? [i] : []));
  return reshape(reduceSum(gradient, axes), shape);
}

/** What `x` repeats, where `other` alone gives the same shape; elementwise ops then need not copy it. */
export function unexpanded(x: Value, other: Shape): Value {
  if (!isMadeBy(x.node, expandRule)) return x;
  const source = x.node.inputs[0];
  const wide = sizeOf(source.shape) < sizeOf(x.shape) && broadcasts(source.shape, other);
  return wide && sameShape(broadcastShape(source.shape, other, 'expand'), x.shape) ? source : x;
}

function broadcasts(a: Shape, b: Shape): boolean {
  return a.every((n, i) => {
    const m = b[i - a.length + b.length] ?? 1;
    return n === m || n === 1 || m === 1;
  });
}
