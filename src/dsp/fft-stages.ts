/** Prime factors above this make the chirp the faster way. */
export const LARGEST_RADIX = 31;

/** One pass over the data: `groups` butterflies of `radix` numbers, each `stride` times side by side. */
export interface Stage {
  readonly radix: number;
  /** Butterflies with twiddles of their own. */
  readonly groups: number;
  readonly stride: number;
  /** e^{−2πikj/(radix·groups)} at k·radix + j. */
  readonly cos: Float64Array;
  readonly sin: Float64Array;
  /** e^{−2πij/radix}; for radices without code of their own. */
  readonly rootCos: Float64Array;
  readonly rootSin: Float64Array;
}

/** Factors whose product is `n`: fours first, then primes in ascending order. */
export function factorsOf(n: number): number[] {
  const factors: number[] = [];
  let rest = n;
  while (rest % 4 === 0) {
    factors.push(4);
    rest /= 4;
  }
  for (let p = 2; rest > 1; p++) {
    if (p * p > rest) p = rest;
    while (rest % p === 0) {
      factors.push(p);
      rest /= p;
    }
  }
  return factors;
}

/** The passes of a transform of `length`. */
export function stagesOf(length: number, factors: readonly number[]): Stage[] {
  let remaining = length;
  let stride = 1;
  return factors.map((radix) => {
    const groups = remaining / radix;
    const cos = new Float64Array(remaining);
    const sin = new Float64Array(remaining);
    for (let k = 0; k < groups; k++) {
      for (let j = 0; j < radix; j++) {
        cos[k * radix + j] = Math.cos((2 * Math.PI * k * j) / remaining);
        sin[k * radix + j] = -Math.sin((2 * Math.PI * k * j) / remaining);
      }
    }
    const stage: Stage = {
      radix,
      groups,
      stride,
      cos,
      sin,
      rootCos: Float64Array.from({ length: radix }, (_, j) => Math.cos((2 * Math.PI * j) / radix)),
      rootSin: Float64Array.from({ length: radix }, (_, j) => -Math.sin((2 * Math.PI * j) / radix)),
    };
    remaining = groups;
    stride *= radix;
    return stage;
  });
}

type Pass = (stage: Stage, xr: Float64Array, xi: Float64Array, yr: Float64Array, yi: Float64Array) => void;

/** One pass from x to y: y[q + s(rk + j)] = ω^{kj} Σ_i x[q + s(k + groups·i)] ω_r^{ij}. */
export const runStage: Pass = (stage, xr, xi, yr, yi) => {
  const pass = stage.radix === 2 ? two : stage.radix === 4 ? four : stage.radix === 5 ? five : any;
  pass(stage, xr, xi, yr, yi);
};

const two: Pass = ({ groups, stride, cos, sin }, xr, xi, yr, yi) => {
  const step = stride * groups;
  for (let k = 0; k < groups; k++) {
    const c = cos[2 * k + 1];
    const s = sin[2 * k + 1];
    const to = 2 * k * stride;
    for (let q = 0; q < stride; q++) {
      const a = q + stride * k;
      const b = a + step;
      const dr = xr[a] - xr[b];
      const di = xi[a] - xi[b];
      yr[to + q] = xr[a] + xr[b];
      yi[to + q] = xi[a] + xi[b];
      yr[to + stride + q] = dr * c - di * s;
      yi[to + stride + q] = dr * s + di * c;
    }
  }
};

const four: Pass = ({ groups, stride, cos, sin }, xr, xi, yr, yi) => {
  const step = stride * groups;
  for (let k = 0; k < groups; k++) {
    const [c1, c2, c3] = [cos[4 * k + 1], cos[4 * k + 2], cos[4 * k + 3]];
    const [s1, s2, s3] = [sin[4 * k + 1], sin[4 * k + 2], sin[4 * k + 3]];
    for (let q = 0; q < stride; q++) {
      const a = q + stride * k;
      const b = a + step;
      const c = b + step;
      const d = c + step;
      const sumR = xr[a] + xr[c];
      const sumI = xi[a] + xi[c];
      const difR = xr[a] - xr[c];
      const difI = xi[a] - xi[c];
      const sumR2 = xr[b] + xr[d];
      const sumI2 = xi[b] + xi[d];
      // −i (b − d)
      const turnR = xi[b] - xi[d];
      const turnI = xr[d] - xr[b];
      const to = 4 * k * stride + q;
      yr[to] = sumR + sumR2;
      yi[to] = sumI + sumI2;
      const r1 = difR + turnR;
      const i1 = difI + turnI;
      yr[to + stride] = r1 * c1 - i1 * s1;
      yi[to + stride] = r1 * s1 + i1 * c1;
      const r2 = sumR - sumR2;
      const i2 = sumI - sumI2;
      yr[to + 2 * stride] = r2 * c2 - i2 * s2;
      yi[to + 2 * stride] = r2 * s2 + i2 * c2;
      const r3 = difR - turnR;
      const i3 = difI - turnI;
      yr[to + 3 * stride] = r3 * c3 - i3 * s3;
      yi[to + 3 * stride] = r3 * s3 + i3 * c3;
    }
  }
};

const COS1 = Math.cos((2 * Math.PI) / 5);
const COS2 = Math.cos((4 * Math.PI) / 5);
const SIN1 = Math.sin((2 * Math.PI) / 5);
const SIN2 = Math.sin((4 * Math.PI) / 5);

const five: Pass = ({ groups, stride, cos, sin }, xr, xi, yr, yi) => {
  const step = stride * groups;
  for (let k = 0; k < groups; k++) {
    const t = 5 * k;
    for (let q = 0; q < stride; q++) {
      const a = q + stride * k;
      const b = a + step;
      const c = b + step;
      const d = c + step;
      const e = d + step;
      const ar = xr[a];
      const ai = xi[a];
      const ber = xr[b] + xr[e];
      const bei = xi[b] + xi[e];
      const cdr = xr[c] + xr[d];
      const cdi = xi[c] + xi[d];
      const bmr = xr[b] - xr[e];
      const bmi = xi[b] - xi[e];
      const cmr = xr[c] - xr[d];
      const cmi = xi[c] - xi[d];
      const p1r = ar + COS1 * ber + COS2 * cdr;
      const p1i = ai + COS1 * bei + COS2 * cdi;
      const p2r = ar + COS2 * ber + COS1 * cdr;
      const p2i = ai + COS2 * bei + COS1 * cdi;
      // −i (sin₁ (b − e) + sin₂ (c − d)) and the like
      const m1r = SIN1 * bmi + SIN2 * cmi;
      const m1i = -SIN1 * bmr - SIN2 * cmr;
      const m2r = SIN2 * bmi - SIN1 * cmi;
      const m2i = -SIN2 * bmr + SIN1 * cmr;
      let to = 5 * k * stride + q;
      yr[to] = ar + ber + cdr;
      yi[to] = ai + bei + cdi;
      to += stride;
      yr[to] = (p1r + m1r) * cos[t + 1] - (p1i + m1i) * sin[t + 1];
      yi[to] = (p1r + m1r) * sin[t + 1] + (p1i + m1i) * cos[t + 1];
      to += stride;
      yr[to] = (p2r + m2r) * cos[t + 2] - (p2i + m2i) * sin[t + 2];
      yi[to] = (p2r + m2r) * sin[t + 2] + (p2i + m2i) * cos[t + 2];
      to += stride;
      yr[to] = (p2r - m2r) * cos[t + 3] - (p2i - m2i) * sin[t + 3];
      yi[to] = (p2r - m2r) * sin[t + 3] + (p2i - m2i) * cos[t + 3];
      to += stride;
      yr[to] = (p1r - m1r) * cos[t + 4] - (p1i - m1i) * sin[t + 4];
      yi[to] = (p1r - m1r) * sin[t + 4] + (p1i - m1i) * cos[t + 4];
    }
  }
};

/** Three, and primes from seven to `LARGEST_RADIX`, by the definition. */
const any: Pass = ({ radix, groups, stride, cos, sin, rootCos, rootSin }, xr, xi, yr, yi) => {
  const step = stride * groups;
  for (let k = 0; k < groups; k++) {
    for (let j = 0; j < radix; j++) {
      const c = cos[k * radix + j];
      const s = sin[k * radix + j];
      for (let q = 0; q < stride; q++) {
        let sumR = 0;
        let sumI = 0;
        let root = 0;
        for (let i = 0, at = q + stride * k; i < radix; i++, at += step) {
          sumR += xr[at] * rootCos[root] - xi[at] * rootSin[root];
          sumI += xr[at] * rootSin[root] + xi[at] * rootCos[root];
          root += j;
          if (root >= radix) root -= radix;
        }
        const to = (radix * k + j) * stride + q;
        yr[to] = sumR * c - sumI * s;
        yi[to] = sumR * s + sumI * c;
      }
    }
  }
};
