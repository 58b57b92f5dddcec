import type { Builder } from '../builder.js';
import type { Value } from '../graph.js';
import { multiply } from '../ops/elementwise.js';

/**
 * A residual branch [N, …] left out for a random share of the examples, the others scaled to keep the mean; the
 * branch itself in inference.
 * Source: Huang et al., ECCV 2016, arXiv:1603.09382.
 * @param rate share of the examples, 0…1 (exclusive)
 */
export function dropPath(b: Builder, name: string, x: Value, rate: number): Value {
  if (!b.training || rate === 0) return x;
  return multiply(x, b.mask(name, [x.shape[0], ...x.shape.slice(1).map(() => 1)], rate));
}
