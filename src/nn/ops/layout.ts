import { EcgError } from '../../core/index.js';
import {
  apply,
  applyAll,
  isMadeBy,
  normalAxis,
  type Rule,
  type Shape,
  sameShape,
  sizeOf,
  type Value,
} from '../graph.js';
import { zeros } from './leaf.js';

/** The same numbers in another shape; one size may be −1 and follows from the others (the batch, at run time). */
export const reshapeRule: Rule<{ shape: Shape }> = {
  name: 'reshape',
  shape: ([x], { shape }) => {
    const known = sizeOf(shape.filter((n) => n !== -1));
    const resolved = shape.map((n) => (n === -1 ? sizeOf(x) / known : n));
    if (sizeOf(resolved) !== sizeOf(x) || !resolved.every(Number.isInteger))
      throw new EcgError('bad-shape', `nn.reshape: [${x}] does not fill [${shape}]`);
    return [resolved];
  },
  gradient: (node, [g]) => [g && reshape(g, node.inputs[0].shape)],
  onnx: (emit, node, [x]) => emit.node('Reshape', [x, emit.integers(node.attributes.shape)]),
  cases: [{ name: '2×6 to 3×4', inputs: [[2, 6]], build: (x) => reshape(x, [-1, 4]) }],
};

/**
 * An array as a matrix that keeps its first axis. ONNX Runtime joins transpositions across a Reshape into one of
 * several axes, which takes several times as long as the two; this keeps them apart.
 */
export const flattenRule: Rule<Record<never, never>> = {
  name: 'flatten',
  shape: ([x]) => [[x[0], sizeOf(x.slice(1))]],
  gradient: (node, [g]) => [g && reshape(flatten(g), node.inputs[0].shape)],
  onnx: (emit, _, [x]) => emit.node('Flatten', [x], { axis: { int: 1 } }),
  cases: [{ name: 'three axes', inputs: [[2, 3, 2]], build: (x) => flatten(x) }],
};

/** `x` with its axes in the order `axes`. */
export const transposeRule: Rule<{ axes: readonly number[] }> = {
  name: 'transpose',
  shape: ([x], { axes }) => {
    if (
      axes.length !== x.length ||
      new Set(axes).size !== x.length ||
      !axes.every((a) => a >= 0 && a < x.length)
    )
      throw new EcgError('bad-shape', `nn.transpose: [${axes}] is no order of the axes of [${x}]`);
    return [axes.map((a) => x[a])];
  },
  gradient: (node, [g]) => {
    const { axes } = node.attributes;
    return [
      g &&
        transpose(
          g,
          axes.map((_, i) => axes.indexOf(i)),
        ),
    ];
  },
  onnx: (emit, node, [x]) => emit.node('Transpose', [x], { perm: { ints: node.attributes.axes } }),
  cases: [{ name: 'three axes rotated', inputs: [[2, 3, 4]], build: (x) => transpose(x, [2, 0, 1]) }],
};

/** Every `step`-th entry from `start` (inclusive) to `end` (exclusive) along one axis. */
export const sliceRule: Rule<{ axis: number; start: number; end: number; step: number }> = {
  name: 'slice',
  shape: ([x], { axis, start, end, step }) => {
    if (start < 0 || end > x[axis] || end <= start || step < 1)
      throw new EcgError(
        'bad-shape',
        `nn.slice: ${start}…${end} by ${step} is not within axis ${axis} of [${x}]`,
      );
    return [x.map((n, i) => (i === axis ? Math.ceil((end - start) / step) : n))];
  },
  gradient: (node, [g]) => {
    const { axis, start, step } = node.attributes;
    const full = node.inputs[0].shape[axis];
    if (!g) return [undefined];
    const spread = spreadOut(g, axis, step, Math.min(full - start, g.shape[axis] * step));
    return [pad(spread, axis, start, full - start - spread.shape[axis])];
  },
  onnx: (emit, node, [x]) => {
    const { axis, start, end, step } = node.attributes;
    return emit.node('Slice', [x, ...[start, end, axis, step].map((n) => emit.integers([n]))]);
  },
  cases: [
    { name: 'a run', inputs: [[2, 7]], build: (x) => slice(x, 1, 2, 5) },
    { name: 'every third', inputs: [[2, 8]], build: (x) => slice(x, 1, 1, 8, 3) },
    { name: 'every second of the first axis', inputs: [[5, 2]], build: (x) => slice(x, 0, 0, 5, 2) },
  ],
};

/** The entries along one axis in reverse order. */
export const reverseRule: Rule<{ axis: number }> = {
  name: 'reverse',
  shape: ([x]) => [x],
  gradient: (node, [g]) => [g && reverse(g, node.attributes.axis)],
  onnx: (emit, node, [x]) => {
    const first = -Number.MAX_SAFE_INTEGER;
    return emit.node('Slice', [x, ...[-1, first, node.attributes.axis, -1].map((n) => emit.integers([n]))]);
  },
  cases: [{ name: 'middle axis', inputs: [[2, 3, 2]], build: (x) => reverse(x, 1) }],
};

/** Arrays joined along one axis. */
export const concatRule: Rule<{ axis: number }> = {
  name: 'concat',
  shape: (inputs, { axis }) => {
    for (const shape of inputs)
      if (shape.length !== inputs[0].length || shape.some((n, i) => i !== axis && n !== inputs[0][i]))
        throw new EcgError(
          'bad-shape',
          `nn.concat: [${inputs[0]}] and [${shape}] differ beside axis ${axis}, make them equal there`,
        );
    return [inputs[0].map((n, i) => (i === axis ? inputs.reduce((sum, s) => sum + s[axis], 0) : n))];
  },
  gradient: (node, [g]) =>
    g
      ? split(
          g,
          node.attributes.axis,
          node.inputs.map((value) => value.shape[node.attributes.axis]),
        )
      : node.inputs.map(() => undefined),
  onnx: (emit, node, inputs) => emit.node('Concat', inputs, { axis: { int: node.attributes.axis } }),
  cases: [
    {
      name: 'three parts',
      inputs: [
        [2, 1],
        [2, 3],
        [2, 2],
      ],
      build: (...parts) => concat(parts, 1),
    },
  ],
};

/** An array cut along one axis into parts of the given sizes. */
export const splitRule: Rule<{ axis: number; sizes: readonly number[] }> = {
  name: 'split',
  shape: ([x], { axis, sizes }) => {
    if (sizes.reduce((sum, n) => sum + n, 0) !== x[axis])
      throw new EcgError('bad-shape', `nn.split: parts of ${sizes} do not add up to axis ${axis} of [${x}]`);
    return sizes.map((size) => x.map((n, i) => (i === axis ? size : n)));
  },
  gradient: (node, gradients) => {
    const { axis } = node.attributes;
    return [
      concat(
        gradients.map((g, i) => g ?? zeros(node.outputs[i].shape)),
        axis,
      ),
    ];
  },
  onnx: (emit, node, [x]) => {
    const { axis, sizes } = node.attributes;
    return emit.node('Split', [x, emit.integers(sizes)], { axis: { int: axis } }, sizes.length);
  },
  cases: [
    {
      name: 'two of three parts',
      inputs: [[2, 6]],
      build: (x) => concat([split(x, 1, [1, 2, 3])[2], split(x, 1, [1, 2, 3])[0]], 1),
    },
  ],
};

/** Zeros added before and after the entries of one axis. */
export const padRule: Rule<{ axis: number; before: number; after: number }> = {
  name: 'pad',
  shape: ([x], { axis, before, after }) => {
    if (before < 0 || after < 0)
      throw new EcgError(
        'bad-shape',
        `nn.pad: ${before} and ${after} must not be negative, use slice to shorten`,
      );
    return [x.map((n, i) => (i === axis ? before + n + after : n))];
  },
  gradient: (node, [g]) => {
    const { axis, before } = node.attributes;
    return [g && slice(g, axis, before, before + node.inputs[0].shape[axis])];
  },
  onnx: (emit, node, [x]) => {
    const { axis, before, after } = node.attributes;
    const pads = new Array<number>(2 * node.inputs[0].shape.length).fill(0);
    pads[axis] = before;
    pads[axis + pads.length / 2] = after;
    return emit.node('Pad', [x, emit.integers(pads)], { mode: { string: 'constant' } });
  },
  cases: [{ name: 'both sides', inputs: [[2, 3]], build: (x) => pad(x, 1, 2, 1) }],
};

/** The same numbers in another shape. */
export function reshape(x: Value, shape: Shape): Value {
  const source = isMadeBy(x.node, reshapeRule) ? x.node.inputs[0] : x;
  return sameShape(source.shape, shape) ? source : apply(reshapeRule, [source], { shape });
}

/** `x` with its axes in the order `axes`. */
export function transpose(x: Value, axes: readonly number[]): Value {
  if (isMadeBy(x.node, transposeRule)) {
    const before = x.node.attributes.axes;
    return transpose(
      x.node.inputs[0],
      axes.map((a) => before[a]),
    );
  }
  // Exchanging an axis of one entry moves nothing.
  const moving = axes.filter((a) => x.shape[a] !== 1);
  if (moving.every((a, i) => i === 0 || a > moving[i - 1]))
    return axes.every((a, i) => a === i)
      ? x
      : reshape(
          x,
          axes.map((a) => x.shape[a]),
        );
  return apply(transposeRule, [x], { axes });
}

/** `x` as a matrix that keeps its first axis; unlike `reshape`, nothing is moved across it. See `flattenRule`. */
export function flatten(x: Value): Value {
  return apply(flattenRule, [x], {});
}

/** `x` with its last two axes exchanged. */
export function transposeLast(x: Value): Value {
  const rank = x.shape.length;
  return transpose(
    x,
    x.shape.map((_, i) => (i < rank - 2 ? i : 2 * rank - 3 - i)),
  );
}

/** Every `step`-th entry of an axis, from `start` to before `end`. */
export function slice(x: Value, axis: number, start: number, end: number, step = 1): Value {
  const normal = normalAxis(axis, x.shape.length, 'slice');
  if (start === 0 && end === x.shape[normal] && step === 1) return x;
  return apply(sliceRule, [x], { axis: normal, start, end, step });
}

/** `x` with one axis reversed. */
export function reverse(x: Value, axis: number): Value {
  return x.shape[axis] === 1
    ? x
    : apply(reverseRule, [x], { axis: normalAxis(axis, x.shape.length, 'reverse') });
}

/** Arrays joined along an axis. */
export function concat(parts: readonly Value[], axis: number): Value {
  if (parts.length === 0)
    throw new EcgError('bad-shape', 'nn.concat: nothing to join, give at least one array');
  if (parts.length === 1) return parts[0];
  return apply(concatRule, parts, { axis: normalAxis(axis, parts[0].shape.length, 'concat') });
}

/** `x` cut along an axis into parts of the given sizes. */
export function split(x: Value, axis: number, sizes: readonly number[]): Value[] {
  if (sizes.length === 1) return [x];
  return applyAll(splitRule, [x], { axis: normalAxis(axis, x.shape.length, 'split'), sizes });
}

/** `x` with zeros before and after an axis. */
export function pad(x: Value, axis: number, before: number, after: number): Value {
  if (before === 0 && after === 0) return x;
  return apply(padRule, [x], { axis: normalAxis(axis, x.shape.length, 'pad'), before, after });
}

/** `x` with `step − 1` zeros after each entry of an axis, cut to `length`. */
export function spreadOut(x: Value, axis: number, step: number, length: number): Value {
  if (step === 1) return x;
  const { shape } = x;
  const open = reshape(x, [...shape.slice(0, axis + 1), 1, ...shape.slice(axis + 1)]);
  const wide = reshape(
    pad(open, axis + 1, 0, step - 1),
    shape.map((n, i) => (i === axis ? n * step : n)),
  );
  return slice(wide, axis, 0, length);
}
