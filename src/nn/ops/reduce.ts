import { apply, normalAxis, type Rule, sizeOf, type Value } from '../graph.js';
import { expand, reduceSum } from './broadcast.js';
import { divide, equal, multiply } from './elementwise.js';

type Reduction = Rule<{ axes: readonly number[] }>;

/** Means over axes; they stay with size 1. */
export const reduceMeanRule: Reduction = {
  name: 'reduceMean',
  shape: ([x], { axes }) => [x.map((n, i) => (axes.includes(i) ? 1 : n))],
  gradient: (node, [g]) => {
    const { shape } = node.inputs[0];
    const count = sizeOf(node.attributes.axes.map((a) => shape[a]));
    return [g && expand(multiply(g, 1 / count), shape)];
  },
  onnx: (emit, node, [x]) =>
    emit.node('ReduceMean', [x], { axes: { ints: node.attributes.axes }, keepdims: { int: 1 } }),
  cases: [{ name: 'first and last', inputs: [[2, 3, 4]], build: (x) => reduceMean(x, [0, -1]) }],
};

/** Sums of squares over axes; they stay with size 1. */
export const reduceSumSquareRule: Reduction = {
  name: 'reduceSumSquare',
  shape: ([x], { axes }) => [x.map((n, i) => (axes.includes(i) ? 1 : n))],
  gradient: (node, [g]) => [g && multiply(node.inputs[0], multiply(g, 2))],
  onnx: (emit, node, [x]) =>
    emit.node('ReduceSumSquare', [x], { axes: { ints: node.attributes.axes }, keepdims: { int: 1 } }),
  cases: [{ name: 'last axis', inputs: [[3, 4]], build: (x) => reduceSumSquare(x, [1]) }],
};

/** Maxima over axes; they stay with size 1. Equal maxima share the gradient. */
export const reduceMaxRule: Reduction = {
  name: 'reduceMax',
  shape: ([x], { axes }) => [x.map((n, i) => (axes.includes(i) ? 1 : n))],
  gradient: (node, [g]) => {
    if (!g) return [undefined];
    const mask = equal(node.inputs[0], node.outputs[0]);
    return [multiply(mask, divide(g, reduceSum(mask, node.attributes.axes)))];
  },
  onnx: (emit, node, [x]) =>
    emit.node('ReduceMax', [x], { axes: { ints: node.attributes.axes }, keepdims: { int: 1 } }),
  cases: [{ name: 'two axes', inputs: [[2, 3, 4]], build: (x) => reduceMax(x, [1, 2]) }],
};

/** Means over axes (all when omitted); they stay with size 1. */
export function reduceMean(x: Value, axes?: readonly number[]): Value {
  return apply(reduceMeanRule, [x], { axes: allAxes(x, axes, 'reduceMean') });
}

/** Sums of squares over axes (all when omitted); they stay with size 1. */
export function reduceSumSquare(x: Value, axes?: readonly number[]): Value {
  return apply(reduceSumSquareRule, [x], { axes: allAxes(x, axes, 'reduceSumSquare') });
}

/** Maxima over axes (all when omitted); they stay with size 1. */
export function reduceMax(x: Value, axes?: readonly number[]): Value {
  return apply(reduceMaxRule, [x], { axes: allAxes(x, axes, 'reduceMax') });
}

function allAxes(x: Value, axes: readonly number[] | undefined, where: string): readonly number[] {
  return (axes ?? x.shape.map((_, i) => i)).map((a) => normalAxis(a, x.shape.length, where));
}
