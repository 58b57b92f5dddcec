import { EcgError } from '../../core/index.js';
import { apply, normalAxis, type Rule, type Value } from '../graph.js';
import { reshape, transpose } from './layout.js';
import { constant } from './leaf.js';
import { matmul } from './matmul.js';

/** The entries at fixed indices along one axis. */
export const gatherRule: Rule<{ axis: number; indices: readonly number[] }> = {
  name: 'gather',
  shape: ([x], { axis, indices }) => {
    if (!indices.every((i) => Number.isInteger(i) && i >= 0 && i < x[axis]))
      throw new EcgError('bad-shape', `nn.gather: an index lies outside axis ${axis} of [${x}]`);
    return [x.map((n, i) => (i === axis ? indices.length : n))];
  },
  gradient: (node, [g]) => {
    const { axis, indices } = node.attributes;
    const size = node.inputs[0].shape[axis];
    if (!g) return [undefined];
    // A product with rows of the unit matrix adds up what was taken more than once.
    const unit = new Float32Array(indices.length * size);
    for (const [row, index] of indices.entries()) unit[row * size + index] = 1;
    const swap = g.shape.map((_, i) =>
      i === axis ? g.shape.length - 1 : i === g.shape.length - 1 ? axis : i,
    );
    const wide = g.shape.length === 1 ? [1, g.shape[0]] : undefined;
    const last = wide ? reshape(g, wide) : transpose(g, swap);
    const sum = matmul(last, constant(unit, [indices.length, size]));
    return [wide ? reshape(sum, [size]) : transpose(sum, swap)];
  },
  onnx: (emit, node, [x]) =>
    emit.node('Gather', [x, emit.integers(node.attributes.indices)], { axis: { int: node.attributes.axis } }),
  cases: [
    { name: 'with repeats', inputs: [[2, 4, 3]], build: (x) => gather(x, 1, [3, 1, 1]) },
    { name: 'of a vector', inputs: [[4]], build: (x) => gather(x, 0, [2, 2, 0]) },
  ],
};

/** The entries of `x` at fixed indices along one axis. */
export function gather(x: Value, axis: number, indices: readonly number[]): Value {
  return apply(gatherRule, [x], { axis: normalAxis(axis, x.shape.length, 'gather'), indices });
}
