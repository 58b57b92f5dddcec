import type { Biquad } from './butterworth.js';

/** What a cascade of sections remembers: two numbers each. */
export type FilterState = Float64Array;

/** The state of a cascade that has seen only zeros. */
export function createFilterState(sections: readonly Biquad[]): FilterState {
  return new Float64Array(2 * sections.length);
}

/**
 * The signal after a cascade of sections, causal; `state` goes on from slice to slice.
 *
 * @param x  finite
 */
export function filter(
  x: Float32Array,
  sections: readonly Biquad[],
  state: FilterState = createFilterState(sections),
): Float32Array {
  const y = new Float64Array(x);
  runCascade(y, sections, state);
  return new Float32Array(y);
}

/**
 * The signal after a cascade run forwards and backwards: no delay, the gain squared.
 *
 * Both ends are continued by their point reflection over three times the filter's settling time, at most the
 * signal's length, and the states begin settled, so that an offset or a slope makes no transient.
 *
 * @param x  finite
 *
 * Source: Gustafsson, IEEE Trans. Signal Process. 44(4):988–992, 1996, doi:10.1109/78.492552. Departs: reflected
 * ends instead of matched initial states.
 */
export function filterZeroPhase(x: Float32Array, sections: readonly Biquad[]): Float32Array {
  const n = x.length;
  if (n === 0) return new Float32Array(0);
  const pad = Math.min(n - 1, settlingSamples(sections));
  const y = new Float64Array(n + 2 * pad);
  for (let i = 0; i < pad; i++) {
    y[i] = 2 * x[0]! - x[pad - i]!;
    y[n + pad + i] = 2 * x[n - 1]! - x[n - 2 - i]!;
  }
  y.set(x, pad);
  for (let pass = 0; pass < 2; pass++) {
    runCascade(y, sections, settledState(sections, y[0]!));
    y.reverse();
  }
  return new Float32Array(y.subarray(pad, pad + n));
}

/** Transposed direct form II, in place. */
function runCascade(y: Float64Array, sections: readonly Biquad[], state: FilterState): void {
  sections.forEach(({ b0, b1, b2, a1, a2 }, s) => {
    let z1 = state[2 * s]!;
    let z2 = state[2 * s + 1]!;
    for (let i = 0; i < y.length; i++) {
      const x = y[i]!;
      const out = b0 * x + z1;
      z1 = b1 * x - a1 * out + z2;
      z2 = b2 * x - a2 * out;
      y[i] = out;
    }
    state[2 * s] = z1;
    state[2 * s + 1] = z2;
  });
}

/** The state after endless `value`s. */
function settledState(sections: readonly Biquad[], value: number): FilterState {
  const state = createFilterState(sections);
  let x = value;
  sections.forEach(({ b0, b1, b2, a1, a2 }, s) => {
    const out = (x * (b0 + b1 + b2)) / (1 + a1 + a2);
    state[2 * s] = out - b0 * x;
    state[2 * s + 1] = b2 * x - a2 * out;
    x = out;
  });
  return state;
}

/** Samples in which the slowest pole decays to a thousandth, thrice. */
function settlingSamples(sections: readonly Biquad[]): number {
  let slowest = 0;
  for (const { a1, a2 } of sections) {
    const discriminant = a1 * a1 - 4 * a2;
    const radius = discriminant < 0 ? Math.sqrt(a2) : (Math.abs(a1) + Math.sqrt(discriminant)) / 2;
    slowest = Math.max(slowest, Math.min(radius, 1 - 1e-9));
  }
  return slowest === 0 ? 1 : Math.ceil((3 * Math.log(1e-3)) / Math.log(slowest));
}
