import { EcgError } from '../../core/index.js';
import type { Builder } from '../builder.js';
import type { Value } from '../graph.js';
import { multiply } from '../ops/elementwise.js';
import { reshape, transpose, transposeLast } from '../ops/layout.js';
import { matmul } from '../ops/matmul.js';
import { softmax } from '../ops/softmax.js';
import { dense } from './dense.js';
import { dropout } from './normalisation.js';

/** Attention with several heads. */
export interface AttentionOptions {
  readonly heads: number;
  /** Width of all heads together; that of the tokens when omitted. */
  readonly width?: number;
  /** Share of the attention weights that is dropped in training. */
  readonly dropout?: number;
}

/**
 * Tokens [N, L, E] that have looked at `context` [N, M, F] (at themselves when omitted): scaled dot-product
 * attention with several heads, [N, L, E].
 *
 * Source: Vaswani et al., NeurIPS 2017, arXiv:1706.03762, section 3.2.
 */
export function attention(
  b: Builder,
  name: string,
  x: Value,
  options: AttentionOptions,
  context: Value = x,
): Value {
  const embedding = x.shape[2];
  const { heads, width = embedding } = options;
  if (width % heads !== 0)
    throw new EcgError(
      'bad-option',
      `nn: attention ${name} of width ${width} does not divide by ${heads} heads`,
    );
  const each = width / heads;
  // [N · heads, L, each]
  const part = (kind: string, source: Value) => {
    const all = dense(b, `${name}.${kind}`, source, { units: width });
    const split = reshape(all, [-1, source.shape[1], heads, each]);
    return reshape(transpose(split, [0, 2, 1, 3]), [-1, source.shape[1], each]);
  };
  const query = part('query', x);
  const weights = softmax(multiply(matmul(query, transposeLast(part('key', context))), 1 / Math.sqrt(each)));
  const mixed = matmul(dropout(b, `${name}.dropout`, weights, options.dropout ?? 0), part('value', context));
  const open = reshape(mixed, [-1, heads, x.shape[1], each]);
  const tokens = reshape(transpose(open, [0, 2, 1, 3]), [-1, x.shape[1], width]);
  return dense(b, `${name}.output`, tokens, { units: embedding });
}
