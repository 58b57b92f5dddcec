import { EcgError } from '../../core/index.js';
import { apply, broadcastShape, type Rule, sizeOf, type Value } from '../graph.js';
import { reshape, transposeLast } from './layout.js';

/** The product of matrices in the last two axes; earlier axes broadcast. */
export const matmulRule: Rule<Record<never, never>> = {
  name: 'matmul',
  shape: ([a, b]) => {
    if (a.length < 2 || b.length < 2 || a[a.length - 1] !== b[b.length - 2])
      throw new EcgError('bad-shape', `nn.matmul: [${a}] and [${b}] are not matrices that multiply`);
    const batch = broadcastShape(a.slice(0, -2), b.slice(0, -2), 'matmul');
    return [[...batch, a[a.length - 2], b[b.length - 1]]];
  },
  gradient: (node, [g]) => {
    if (!g) return [];
    const [a, b] = node.inputs;
    if (b.shape.length > 2) return [matmul(g, transposeLast(b)), matmul(transposeLast(a), g)];
    // One matrix for all: its gradient is one large product, not a sum of small ones.
    const rows = sizeOf(a.shape.slice(0, -1));
    const tall = reshape(a, [rows, b.shape[0]]);
    return [matmul(g, transposeLast(b)), matmul(transposeLast(tall), reshape(g, [rows, b.shape[1]]))];
  },
  onnx: (emit, _, inputs) => emit.node('MatMul', inputs),
  cases: [
    {
      name: 'two matrices',
      inputs: [
        [2, 3],
        [3, 4],
      ],
      build: (a, b) => matmul(a, b),
    },
    {
      name: 'a batch by one matrix',
      inputs: [
        [3, 2, 3],
        [3, 2],
      ],
      build: (a, b) => matmul(a, b),
    },
    {
      name: 'two batches',
      inputs: [
        [2, 2, 3],
        [2, 3, 2],
      ],
      build: (a, b) => matmul(a, b),
    },
    {
      name: 'a broadcast batch',
      inputs: [
        [1, 2, 3],
        [2, 3, 2],
      ],
      build: (a, b) => matmul(a, b),
    },
  ],
};

/** The product of matrices in the last two axes; earlier axes broadcast. */
export function matmul(a: Value, b: Value): Value {
  return apply(matmulRule, [a, b], {});
}
