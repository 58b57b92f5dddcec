import { apply, type Rule, type Value } from '../graph.js';
import { reduceSum } from './broadcast.js';
import { exp, multiply, subtract } from './elementwise.js';

/** Shares that add up to 1 over the last axis. */
export const softmaxRule: Rule<Record<never, never>> = {
  name: 'softmax',
  shape: ([x]) => [x],
  gradient: (node, [g]) => {
    const [y] = node.outputs;
    return [g && multiply(y, subtract(g, reduceSum(multiply(g, y), [-1])))];
  },
  onnx: (emit, _, [x]) => emit.node('Softmax', [x], { axis: { int: -1 } }),
  cases: [{ name: 'rows', inputs: [[3, 4]], build: (x) => softmax(x) }],
};

/** Logarithms of the softmax over the last axis. */
export const logSoftmaxRule: Rule<Record<never, never>> = {
  name: 'logSoftmax',
  shape: ([x]) => [x],
  gradient: (node, [g]) => [g && subtract(g, multiply(exp(node.outputs[0]), reduceSum(g, [-1])))],
  onnx: (emit, _, [x]) => emit.node('LogSoftmax', [x], { axis: { int: -1 } }),
  cases: [{ name: 'rows', inputs: [[3, 4]], build: (x) => logSoftmax(x) }],
};

/** Shares that add up to 1 over the last axis. */
export const softmax = (x: Value): Value => apply(softmaxRule, [x], {});

/** Logarithms of the softmax over the last axis. */
export const logSoftmax = (x: Value): Value => apply(logSoftmaxRule, [x], {});
