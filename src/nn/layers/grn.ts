import type { Builder } from '../builder.js';
import type { Value } from '../graph.js';
import { filled } from '../initialisers.js';
import { add, divide, multiply, sqrt } from '../ops/elementwise.js';
import { reduceMean, reduceSumSquare } from '../ops/reduce.js';

/**
 * Images [N, H, W, C], channels last, in which each channel is weighted by how strong it is beside the others: the
 * norm of a channel over the image, divided by the mean of those norms, times x, scaled and shifted a channel and
 * added to x. It starts as the identity.
 *
 * Source: Woo et al., CVPR 2023, arXiv:2301.00808, section 3.
 */
export function globalResponseNorm(b: Builder, name: string, x: Value): Value {
  const width = x.shape[x.shape.length - 1];
  const scale = b.parameter(`${name}.scale`, [width], filled(0), { decay: false });
  const bias = b.parameter(`${name}.bias`, [width], filled(0), { decay: false });
  // A channel that is 0 everywhere would have a norm without a slope.
  const norm = sqrt(add(reduceSumSquare(x, [1, 2]), 1e-12));
  const relative = divide(norm, add(reduceMean(norm, [-1]), 1e-6));
  return add(multiply(x, add(multiply(relative, scale), 1)), bias);
}
