import { apply, type Rule, type Value } from '../graph.js';
import { add, elu, erf, exp, multiply, sigmoid, subtract } from './elementwise.js';

/** x · Φ(x), the exact form; a rule of its own, for its slope takes fewer passes than that of its parts. */
export const geluRule: Rule<Record<never, never>> = {
  name: 'gelu',
  shape: ([x]) => [x],
  gradient: (node, [g]) => {
    if (!g) return [];
    // Φ(x) + x φ(x) with u = x / √2; ONNX Runtime takes u and erf(u) from the forward pass.
    const u = multiply(node.inputs[0], Math.SQRT1_2);
    const density = exp(subtract(-0.5 * Math.log(Math.PI), multiply(u, u)));
    return [multiply(g, add(multiply(add(erf(u), 1), 0.5), multiply(u, density)))];
  },
  onnx: (emit, _, [x]) => {
    const number = (value: number) => emit.floats([value], []);
    const [half] = emit.node('Mul', [number(0.5), x]);
    const [u] = emit.node('Mul', [x, number(Math.SQRT1_2)]);
    const [error] = emit.node('Erf', [u]);
    const [both] = emit.node('Add', [error, number(1)]);
    return emit.node('Mul', [half, both]);
  },
  cases: [{ name: 'a matrix', inputs: [[2, 4]], build: (x) => gelu(x), single: true }],
};

/** x · Φ(x), the exact form. Source: Hendrycks & Gimpel, arXiv:1606.08415. */
export const gelu = (x: Value): Value => apply(geluRule, [x], {});

/** x · sigmoid(x), also called swish. Source: Elfwing et al., Neural Networks 107:3, 2018, doi:10.1016/j.neunet.2017.12.012. */
export function silu(x: Value): Value {
  return multiply(x, sigmoid(x));
}

/** The self-normalising ELU. Source: Klambauer et al., NeurIPS 2017, arXiv:1706.02515. */
export function selu(x: Value): Value {
  return multiply(1.0507009873554805, elu(x, 1.6732632423543772));
}
