import { EcgError } from '../core/index.js';
import type { Emitter } from './onnx/emitter.js';

/** Sizes along each axis; `[]` is a scalar. */
export type Shape = readonly number[];

/** One array in the graph: output `index` of `node`. Nothing is computed until a session runs the graph. */
export interface Value {
  readonly node: Node;
  readonly index: number;
  readonly shape: Shape;
}

/** One operation applied to values. */
export interface Node<A extends object = object> {
  readonly rule: Rule<A>;
  readonly inputs: readonly Value[];
  readonly attributes: A;
  readonly outputs: readonly Value[];
}

/** A gradient, or nothing where none flows. */
export type Gradient = Value | undefined;

/** A small graph on which the gradient test compares an operation with finite differences. */
export interface OpCase {
  readonly name: string;
  /** Shapes of the inputs, filled with distinct, well separated values. */
  readonly inputs: readonly Shape[];
  readonly build: (...inputs: Value[]) => Value;
  /** Where the inputs' values lie; −1.5…1.5 when omitted. */
  readonly domain?: readonly [number, number];
  /** ONNX Runtime has no double kernel for it: test in single precision. */
  readonly single?: true;
  /** What the gradient is, as a multiple of the true slope; 1 when omitted (−λ for gradient reversal). */
  readonly slope?: number;
}

/** All the engine knows of one operation. */
export interface Rule<A extends object = object> {
  readonly name: string;
  /** Shapes of the outputs; throws `bad-shape`. */
  shape(inputs: readonly Shape[], attributes: A): readonly Shape[];
  /** Gradients of the inputs from those of the outputs, in ops of the table; broadcasting is undone by the walker. */
  gradient(node: Node<A>, gradients: readonly Gradient[]): readonly Gradient[];
  /** Writes the operation; the names of its outputs. */
  onnx(emit: Emitter, node: Node<A>, inputs: readonly string[]): readonly string[];
  readonly cases: readonly OpCase[];
}

/** The outputs of an operation, their shapes inferred and checked. */
export function applyAll<A extends object>(rule: Rule<A>, inputs: readonly Value[], attributes: A): Value[] {
  const shapes = rule.shape(
    inputs.map((input) => input.shape),
    attributes,
  );
  const outputs: Value[] = [];
  const node: Node<A> = { rule, inputs, attributes, outputs };
  for (const [index, shape] of shapes.entries()) outputs.push({ node: node as Node, index, shape });
  return outputs;
}

/** The only output of an operation. */
export function apply<A extends object>(rule: Rule<A>, inputs: readonly Value[], attributes: A): Value {
  return applyAll(rule, inputs, attributes)[0];
}

/** Whether `value` was made by `rule`, which then types its attributes. */
export function isMadeBy<A extends object>(node: Node, rule: Rule<A>): node is Node<A> & Node {
  return (node.rule as object) === rule;
}

/** Every node the targets depend on, each after its inputs. Iterative: unrolled networks are thousands deep. */
export function topological(targets: readonly Value[]): Node[] {
  const order: Node[] = [];
  const state = new Map<Node, number>();
  const stack = targets.map((target) => target.node).reverse();
  while (stack.length > 0) {
    const node = stack[stack.length - 1];
    const next = state.get(node) ?? 0;
    if (next === Number.POSITIVE_INFINITY) {
      stack.pop();
    } else if (next < node.inputs.length) {
      state.set(node, next + 1);
      const input = node.inputs[next].node;
      if (!state.has(input)) stack.push(input);
    } else {
      state.set(node, Number.POSITIVE_INFINITY);
      order.push(node);
      stack.pop();
    }
  }
  return order;
}

/** How many numbers a shape holds. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, n) => product * n, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}

/** An axis counted from the end when negative, as 0…rank−1. */
export function normalAxis(axis: number, rank: number, where: string): number {
  const normal = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(normal) || normal < 0 || normal >= rank)
    throw new EcgError('bad-shape', `nn.${where}: axis ${axis} does not exist in an array of rank ${rank}`);
  return normal;
}

/** The shape two shapes broadcast to, by NumPy's rule. */
export function broadcastShape(a: Shape, b: Shape, where: string): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const m = a[i - rank + a.length] ?? 1;
    const n = b[i - rank + b.length] ?? 1;
    if (m !== n && m !== 1 && n !== 1)
      throw new EcgError('bad-shape', `nn.${where}: shapes [${a}] and [${b}] do not broadcast`);
    return m === 1 ? n : m;
  });
}
