import { averagePool, concat, type Value } from '../../nn/index.js';

/** Pictures [N, C, H, W] made smaller: the mean of squares of `reduce` pixels. */
export function reduced(x: Value, reduce: number): Value {
  return reduce > 1 ? averagePool(x, [reduce, reduce]) : x;
}

/** Grey pictures [N, 1, H, W] with their plane three times, as published networks read them; or as they are. */
export function coloured(x: Value, colours: 1 | 3): Value {
  return colours === 3 ? concat([x, x, x], 1) : x;
}
