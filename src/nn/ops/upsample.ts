import { EcgError } from '../../core/index.js';
import { apply, type Rule, type Value } from '../graph.js';
import { reduceSum } from './broadcast.js';
import { reshape } from './layout.js';

export interface UpsampleAttributes {
  /** How often each row and each column is repeated. */
  readonly factors: readonly [number, number];
}

/** Each entry of the last two axes repeated. */
export const upsampleRule: Rule<UpsampleAttributes> = {
  name: 'upsample',
  shape: ([x], { factors: [rows, columns] }) => {
    if (x.length !== 4) throw new EcgError('bad-shape', `nn.upsample: [${x}] is no image, give [N, C, H, W]`);
    return [[x[0], x[1], x[2] * rows, x[3] * columns]];
  },
  gradient: (node, [g]) => {
    if (!g) return [undefined];
    const { shape } = node.inputs[0];
    const [n, c, h, w] = shape;
    const [rows, columns] = node.attributes.factors;
    return [reshape(reduceSum(reshape(g, [n * c, h, rows, w, columns]), [2, 4]), shape)];
  },
  // ONNX Runtime keeps its layout blocked by channels through Resize, as it does not through concat and reshape.
  onnx: (emit, node, [x]) =>
    emit.node('Resize', [x, emit.floats([], [0]), emit.floats([1, 1, ...node.attributes.factors], [4])], {
      mode: { string: 'nearest' },
      nearest_mode: { string: 'floor' },
      coordinate_transformation_mode: { string: 'asymmetric' },
    }),
  cases: [
    { name: 'pairs in a row', inputs: [[2, 3, 1, 4]], build: (x) => upsample(x, [1, 2]), single: true },
    { name: 'both axes', inputs: [[1, 2, 3, 2]], build: (x) => upsample(x, [2, 3]), single: true },
  ],
};

/** Images [N, C, H, W] with each row and each column repeated so often. */
export function upsample(x: Value, factors: readonly [number, number]): Value {
  return apply(upsampleRule, [x], { factors });
}
