import { EcgError } from '../../core/index.js';
import { gradients } from '../gradient.js';
import { apply, applyAll, type Gradient, type OpCase, type Rule, type Shape, type Value } from '../graph.js';
import { add, multiply, sigmoid, subtract, tanh } from './elementwise.js';
import { concat, reshape, reverse, slice, split, transpose, transposeLast, transposeRule } from './layout.js';
import { matmul } from './matmul.js';

/** What a recurrent layer gives. */
export interface Recurrence {
  /** Every state: [T, D, N, H] of the native operations, [N, T, D, H] of the unrolled ones. */
  readonly sequence: Value;
  /** The last state of each direction [D, N, H]. */
  readonly last: Value;
}

/**
 * ONNX's own LSTM: x [T, N, I], w [D, 4H, I], r [D, 4H, H], b [D, 8H] (of w, then of r); gates in the order
 * i o f c; D is 2 when both directions are read. Its gradient is that of the unrolled network.
 */
export const lstmRule = recurrentRule('lstm', 'LSTM', 4, (x, w, r, b) => unrollLstm(x, w, r, b));

/** ONNX's own GRU with the reset after the product: as `lstmRule` with 3H and 6H; gates in the order z r h. */
export const gruRule = recurrentRule('gru', 'GRU', 3, (x, w, r, b) => unrollGru(x, w, r, b));

/** The LSTM as one native operation, for inference. */
export function nativeLstm(x: Value, w: Value, r: Value, b: Value): Recurrence {
  const [sequence, last] = applyAll(lstmRule, [x, w, r, b], {});
  return { sequence, last };
}

/** The GRU as one native operation, for inference. */
export function nativeGru(x: Value, w: Value, r: Value, b: Value): Recurrence {
  const [sequence, last] = applyAll(gruRule, [x, w, r, b], {});
  return { sequence, last };
}

/**
 * The LSTM step by step, both directions in one product a step. Weights as in `lstmRule`, but x, and the sequence
 * that comes out, have the batch first: x [N, T, I], sequence [N, T, D, H]. That saves a transposition of x.
 */
export function unrollLstm(x: Value, w: Value, r: Value, b: Value): Recurrence {
  const hidden = r.shape[2];
  const [ofInput, ofState] = split(b, 1, [4 * hidden, 4 * hidden]);
  const steps = projected(x, w, add(ofInput, ofState));
  const recurrent = transposeLast(r);
  let state: { h: Value; c: Value } | undefined;
  const all = steps.map((step) => {
    const gates = state ? add(step, matmul(state.h, recurrent)) : step;
    const [linear, candidate] = split(gates, 2, [3 * hidden, hidden]);
    const [i, o, f] = split(sigmoid(linear), 2, [hidden, hidden, hidden]);
    const fresh = multiply(i, tanh(candidate));
    const c = state ? add(multiply(f, state.c), fresh) : fresh;
    state = { h: multiply(o, tanh(c)), c };
    return state.h;
  });
  return collect(all);
}

/** The GRU step by step; as `unrollLstm`, with the weights of `gruRule`. */
export function unrollGru(x: Value, w: Value, r: Value, b: Value): Recurrence {
  const hidden = r.shape[2];
  const [ofInput, ofState] = split(b, 1, [3 * hidden, 3 * hidden]);
  const steps = projected(x, w, ofInput);
  const recurrent = transposeLast(r);
  const bias = reshape(ofState, [b.shape[0], 1, 3 * hidden]);
  let h: Value | undefined;
  const all = steps.map((step) => {
    const moved = h ? add(matmul(h, recurrent), bias) : bias;
    const [linear, candidate] = split(step, 2, [2 * hidden, hidden]);
    const [linearState, candidateState] = split(moved, 2, [2 * hidden, hidden]);
    const [z, reset] = split(sigmoid(add(linear, linearState)), 2, [hidden, hidden]);
    const fresh = tanh(add(candidate, multiply(reset, candidateState)));
    // (1 − z) · n + z · h
    h = h ? add(fresh, multiply(z, subtract(h, fresh))) : subtract(fresh, multiply(z, fresh));
    return h;
  });
  return collect(all);
}

/** The inputs' share of the gates for all steps and directions as one product: T values [D, N, gates]. */
function projected(x: Value, w: Value, b: Value): Value[] {
  const [batch, steps, width] = x.shape;
  const [directions, gates] = w.shape;
  const both = directions === 2 ? concat([x, reverse(x, 1)], 0) : x;
  const product = matmul(reshape(both, [directions, batch * steps, width]), transposeLast(w));
  const all = add(product, reshape(b, [directions, 1, gates]));
  const parts = split(reshape(all, [directions, batch, steps, gates]), 2, new Array<number>(steps).fill(1));
  return parts.map((part) => reshape(part, [directions, batch, gates]));
}

/** All states as one array; those of the second direction are in the order they were computed, from the end. */
function collect(all: readonly Value[]): Recurrence {
  const [directions, batch, hidden] = all[0].shape;
  const stacked = concat(
    all.map((h) => reshape(h, [directions, batch, 1, hidden])),
    2,
  );
  const inTime =
    directions === 2 ? concat([slice(stacked, 0, 0, 1), reverse(slice(stacked, 0, 1, 2), 2)], 0) : stacked;
  return { sequence: transpose(inTime, [1, 2, 0, 3]), last: all[all.length - 1] };
}

function recurrentRule(
  name: string,
  type: string,
  gates: number,
  unroll: (x: Value, w: Value, r: Value, b: Value) => Recurrence,
): Rule<Record<never, never>> {
  const rule: Rule<Record<never, never>> = {
    name,
    shape: ([x, w, r, b]) => {
      const [directions, rows, hidden] = r;
      const fits =
        x.length === 3 && w[0] === directions && w[1] === rows && w[2] === x[2] && rows === gates * hidden;
      if (!fits || b[0] !== directions || b[1] !== 2 * rows)
        throw new EcgError('bad-shape', `nn.${name}: weights [${w}], [${r}] and [${b}] do not fit [${x}]`);
      return [
        [x[0], directions, x[1], hidden],
        [directions, x[1], hidden],
      ];
    },
    gradient: (node, [gSequence, gLast]) => {
      const [x, w, r, b] = node.inputs;
      // Not `transpose`: it would melt with a transposition that made x, and x would lie beside the path.
      const batchFirst = apply(transposeRule, [x], { axes: [1, 0, 2] });
      const { sequence, last } = unroll(batchFirst, w, r, b);
      const pairs: [Value, Gradient][] = [
        [transpose(sequence, [1, 2, 0, 3]), gSequence],
        [last, gLast],
      ];
      const used = pairs.filter((pair): pair is [Value, Value] => pair[1] !== undefined);
      return gradients(
        used.map(([y]) => y),
        used.map(([, g]) => g),
        node.inputs,
      );
    },
    onnx: (emit, node, inputs) => {
      const [directions, , hidden] = node.inputs[2].shape;
      return emit.node(
        type,
        inputs,
        {
          hidden_size: { int: hidden },
          direction: { string: directions === 2 ? 'bidirectional' : 'forward' },
          ...(type === 'GRU' && { linear_before_reset: { int: 1 } }),
        },
        2,
      );
    },
    cases: [1, 2].flatMap((directions): OpCase[] => {
      const rows = gates * 2;
      const inputs: Shape[] = [
        [3, 2, 3],
        [directions, rows, 3],
        [directions, rows, 2],
        [directions, 2 * rows],
      ];
      const build = (x: Value, w: Value, r: Value, b: Value) => {
        const [sequence, last] = applyAll(rule, [x, w, r, b], {});
        return add(sequence, reshape(last, [1, ...last.shape]));
      };
      const name = directions === 2 ? 'both directions' : 'forward';
      return [
        { name, inputs, build, single: true },
        {
          name: `${name}, steps that a transposition made`,
          inputs: [[2, 3, 3], ...inputs.slice(1)],
          build: (x, ...weights) => build(transpose(x, [1, 0, 2]), ...(weights as [Value, Value, Value])),
          single: true,
        },
      ];
    }),
  };
  return rule;
}
