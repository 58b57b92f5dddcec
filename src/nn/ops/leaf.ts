import { EcgError } from '../../core/index.js';
import { apply, type Rule, type Shape, sizeOf, type Value } from '../graph.js';

/** What a session feeds under `name`. */
export const inputRule: Rule<{ name: string; shape: Shape; dynamic: readonly number[] }> = {
  name: 'input',
  shape: (_, { shape }) => [shape],
  gradient: () => [],
  onnx: (_, node) => [node.attributes.name],
  cases: [{ name: 'the input itself', inputs: [[3]], build: (x) => x }],
};

/** Numbers that travel in the model. */
export const constantRule: Rule<{ data: ArrayLike<number>; shape: Shape; name?: string }> = {
  name: 'constant',
  shape: (_, { data, shape }) => {
    if (data.length !== sizeOf(shape))
      throw new EcgError('bad-shape', `nn.constant: ${data.length} numbers do not fill [${shape}]`);
    return [shape];
  },
  gradient: () => [],
  onnx: (emit, { attributes: { data, shape, name } }) => {
    // A large array of one number is written as that number.
    const uniform = data.length > 64 && Array.prototype.every.call(data, (x) => x === data[0]);
    if (!uniform || name !== undefined) return [emit.floats(data, shape, name)];
    return emit.node('Expand', [emit.floats([data[0]], []), emit.integers(shape)]);
  },
  cases: [{ name: 'has no slope', inputs: [[2]], build: () => constant([1, 2], [2]) }],
};

/**
 * A value fed at each run.
 * @param dynamic axes whose size may differ from `shape` at run time
 */
export function input(name: string, shape: Shape, dynamic: readonly number[] = []): Value {
  return apply(inputRule, [], { name, shape, dynamic });
}

/** Fixed numbers, row major; a scalar when `shape` is omitted. */
export function constant(data: ArrayLike<number> | number, shape: Shape = [], name?: string): Value {
  const numbers = typeof data === 'number' ? [data] : data;
  return apply(
    constantRule,
    [],
    name === undefined ? { data: numbers, shape } : { data: numbers, shape, name },
  );
}

/** A value, or a number as a scalar constant. */
export function toValue(x: Value | number): Value {
  return typeof x === 'number' ? constant(x) : x;
}

/** An array of zeros. */
export function zeros(shape: Shape): Value {
  return constant(new Float32Array(sizeOf(shape)), shape);
}
