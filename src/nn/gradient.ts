import { EcgError } from '../core/index.js';
import { type Gradient, isMadeBy, type Node, sameShape, sizeOf, topological, type Value } from './graph.js';
import { unbroadcast } from './ops/broadcast.js';
import { add } from './ops/elementwise.js';
import { concat, transposeLast, transposeRule } from './ops/layout.js';
import { constant } from './ops/leaf.js';
import { matmul, matmulRule } from './ops/matmul.js';

/**
 * The gradients of a scalar loss with respect to `wrt`, as values of the same graph; zeros where none flows.
 * They are made of table ops, so gradients of gradients can be taken.
 *
 * @throws EcgError `bad-shape` when the loss is not a scalar
 */
export function gradientsOf(loss: Value, wrt: readonly Value[]): Value[] {
  if (sizeOf(loss.shape) !== 1)
    throw new EcgError(
      'bad-shape',
      `nn.gradientsOf: a loss of shape [${loss.shape}], reduce it to one number`,
    );
  const one = constant([1], loss.shape.length === 0 ? [] : loss.shape);
  return gradients([loss], [one], wrt).map(
    (g, i) => g ?? constant(new Float32Array(sizeOf(wrt[i].shape)), wrt[i].shape),
  );
}

/** The gradients of Σ outputs · outputGradients with respect to `wrt`: the whole backward pass. */
export function gradients(
  outputs: readonly Value[],
  outputGradients: readonly Value[],
  wrt: readonly Value[],
): Gradient[] {
  const order = topological(outputs);
  const wanted = new Set(wrt);
  const reached = new Set<Node>();
  const matters = (value: Value) => wanted.has(value) || reached.has(value.node);
  for (const node of order) if (node.inputs.some(matters)) reached.add(node);

  const pending = new Map<Value, Value[]>();
  const push = (value: Value, g: Value) => {
    const list = pending.get(value);
    if (list) list.push(g);
    else pending.set(value, [g]);
  };
  for (const [i, output] of outputs.entries()) push(output, outputGradients[i]);
  for (const node of order.reverse()) {
    if (!reached.has(node)) continue;
    const incoming = node.outputs.map((output) => total(pending, output));
    if (incoming.every((g) => g === undefined)) continue;
    const outgoing = node.rule.gradient(node, incoming);
    for (const [i, input] of node.inputs.entries()) {
      const g = outgoing[i];
      if (g && matters(input)) push(input, unbroadcast(g, input.shape));
    }
  }
  return wrt.map((value) => total(pending, value));
}

/** All that has arrived at a value, added up; the sum replaces its parts. */
function total(pending: Map<Value, Value[]>, value: Value): Gradient {
  const parts = pending.get(value);
  if (!parts) return undefined;
  const sum = parts.length === 1 ? parts[0] : (oneProduct(parts) ?? parts.reduce((a, b) => add(a, b)));
  pending.set(value, [sum]);
  return sum;
}

/**
 * A sum of products as one product, [A₁ A₂ …] · [B₁; B₂; …]: what makes the recurrent weights' gradient one
 * large product over all steps.
 */
function oneProduct(parts: readonly Value[]): Value | undefined {
  if (parts.length < 3 || !parts.every((part) => isMadeBy(part.node, matmulRule))) return undefined;
  const lefts = parts.map((part) => part.node.inputs[0]);
  const rights = parts.map((part) => part.node.inputs[1]);
  const batch = (value: Value) => value.shape.slice(0, -2);
  if (![...lefts, ...rights].every((value) => sameShape(batch(value), batch(lefts[0])))) return undefined;
  const rank = lefts[0].shape.length;
  const swaps = lefts.every(
    ({ node }) =>
      isMadeBy(node, transposeRule) &&
      node.attributes.axes.every((a, i) => a === (i < rank - 2 ? i : 2 * rank - 3 - i)),
  );
  const left = swaps
    ? transposeLast(
        concat(
          lefts.map(({ node }) => node.inputs[0]),
          rank - 2,
        ),
      )
    : concat(lefts, rank - 1);
  return matmul(left, concat(rights, rank - 2));
}
