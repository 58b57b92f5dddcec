import type { Builder } from '../builder.js';
import { sizeOf, type Value } from '../graph.js';
import { filled, glorotUniform, orthogonal } from '../initialisers.js';
import { concat, reshape, transpose } from '../ops/layout.js';
import { constant } from '../ops/leaf.js';
import { nativeGru, nativeLstm, type Recurrence, unrollGru, unrollLstm } from '../ops/recurrent.js';

/** A recurrent layer. */
export interface RecurrentOptions {
  readonly units: number;
  /** Reads the steps in both directions and joins the states. */
  readonly bidirectional?: boolean;
}

/** What a recurrent layer gives: a state a step [N, T, D · units], and the last states [N, D · units]. */
export interface RecurrentOutput {
  readonly sequence: Value;
  readonly last: Value;
}

/**
 * A long short-term memory over tokens [N, T, I].
 * Source: Hochreiter & Schmidhuber, Neural Computation 9(8):1735, 1997, doi:10.1162/neco.1997.9.8.1735; forget gate
 * biased to 1 (Jozefowicz et al., ICML 2015).
 */
export function lstm(b: Builder, name: string, x: Value, options: RecurrentOptions): RecurrentOutput {
  const { units } = options;
  const { directions, w, r } = weights(b, name, x, options, 4);
  // ONNX has two biases; their sum is what counts, so one is learned. Gates in the order i o f c.
  const bias = b.parameter(
    `${name}.bias`,
    [directions, 4 * units],
    (shape) =>
      Float32Array.from({ length: sizeOf(shape) }, (_, i) =>
        Math.floor((i % (4 * units)) / units) === 2 ? 1 : 0,
      ),
    { decay: false },
  );
  const none = constant(new Float32Array(directions * 4 * units), [directions, 4 * units]);
  return run(b, x, unrollLstm, nativeLstm, [w, r, concat([bias, none], 1)]);
}

/** A gated recurrent unit over tokens [N, T, I]. Source: Cho et al., EMNLP 2014, arXiv:1406.1078, reset after the product. */
export function gru(b: Builder, name: string, x: Value, options: RecurrentOptions): RecurrentOutput {
  const { directions, w, r } = weights(b, name, x, options, 3);
  const bias = b.parameter(`${name}.bias`, [directions, 6 * options.units], filled(0), { decay: false });
  return run(b, x, unrollGru, nativeGru, [w, r, bias]);
}

function weights(
  b: Builder,
  name: string,
  x: Value,
  { units, bidirectional }: RecurrentOptions,
  gates: number,
) {
  const directions = bidirectional ? 2 : 1;
  const width = x.shape[2];
  return {
    directions,
    w: b.parameter(`${name}.input`, [directions, gates * units, width], glorotUniform(width, units)),
    r: b.parameter(`${name}.recurrent`, [directions, gates * units, units], orthogonal),
  };
}

type Recur = (x: Value, w: Value, r: Value, b: Value) => Recurrence;

function run(
  b: Builder,
  x: Value,
  unroll: Recur,
  native: Recur,
  weights: [Value, Value, Value],
): RecurrentOutput {
  const { sequence, last } = b.training ? unroll(x, ...weights) : native(transpose(x, [1, 0, 2]), ...weights);
  const [directions, , units] = last.shape;
  return {
    sequence: reshape(b.training ? sequence : transpose(sequence, [2, 0, 1, 3]), [
      -1,
      x.shape[1],
      directions * units,
    ]),
    last: reshape(transpose(last, [1, 0, 2]), [-1, directions * units]),
  };
}
