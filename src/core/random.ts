/** A seeded source of random numbers; the same seed gives the same numbers on every platform. */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  next(): number;
  /** Uniform integer in [0, n). */
  integer(n: number): number;
  /** Standard normal. */
  normal(): number;
  /** The generator's four words; `restoreRandom` continues from them. */
  state(): readonly [number, number, number, number];
}

/**
 * A generator from a seed.
 *
 * @param seed any finite number; its 32-bit integer part counts
 *
 * Source: xoshiro128**, Blackman & Vigna, ACM TOMS 47(4):36, 2021, doi:10.1145/3460772; seeded by
 * SplitMix32. Normals by the polar method, Marsaglia & Bray, SIAM Review 6(3):260–264, 1964.
 */
export function createRandom(seed: number): Random {
  let s = seed | 0;
  const splitMix = () => {
    s = (s + 0x9e3779b9) | 0;
    let z = s;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  return restoreRandom([splitMix(), splitMix(), splitMix(), splitMix()]);
}

/** A generator that goes on from a saved `state()`. */
export function restoreRandom(state: readonly [number, number, number, number]): Random {
  let [a, b, c, d] = state;
  const rotl = (x: number, k: number) => (x << k) | (x >>> (32 - k));
  const bits = () => {
    const result = Math.imul(rotl(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotl(d, 11);
    return result;
  };
  const next = () => bits() / 4294967296;
  return {
    next,
    integer: (n) => Math.floor(next() * n),
    normal: () => {
      for (;;) {
        const x = 2 * next() - 1;
        const y = 2 * next() - 1;
        const r = x * x + y * y;
        if (r > 0 && r < 1) return x * Math.sqrt((-2 * Math.log(r)) / r);
      }
    },
    state: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0],
  };
}
