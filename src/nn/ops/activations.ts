import type { Value } from '../graph.js';
import { add, elu, erf, multiply, sigmoid } from './elementwise.js';

/** x · Φ(x), the exact form. Source: Hendrycks & Gimpel, arXiv:1606.08415. */
export function gelu(x: Value): Value {
  return multiply(multiply(0.5, x), add(erf(multiply(x, Math.SQRT1_2)), 1));
}

/** x · sigmoid(x), also called swish. Source: Elfwing et al., Neural Networks 107:3, 2018, doi:10.1016/j.neunet.2017.12.012. */
export function silu(x: Value): Value {
  return multiply(x, sigmoid(x));
}

/** The self-normalising ELU. Source: Klambauer et al., NeurIPS 2017, arXiv:1706.02515. */
export function selu(x: Value): Value {
  return multiply(1.0507009873554805, elu(x, 1.6732632423543772));
}
