import { describe, expect, it } from 'vitest';
import { createRandom, restoreRandom } from './random.js';

describe('createRandom', () => {
  it('follows xoshiro128** from a known state', () => {
    // Origin: the reference vector published with Rust's rand_xoshiro for the C code, from state 1 2 3 4.
    const random = restoreRandom([1, 2, 3, 4]);
    const words = Array.from({ length: 4 }, () => Math.round(random.next() * 4294967296));
    expect(words).toEqual([11520, 0, 5927040, 70819200]);
  });

  it('continues from a saved state', () => {
    const random = createRandom(7);
    random.next();
    const twin = restoreRandom(random.state());
    expect(twin.next()).toBe(random.next());
  });

  it('has the moments of its distributions', () => {
    const random = createRandom(1);
    const n = 100_000;
    let mean = 0;
    let square = 0;
    for (let i = 0; i < n; i++) {
      const x = random.normal();
      mean += x / n;
      square += (x * x) / n;
    }
    // Four standard errors of the mean and of the variance.
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(square - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
  });
});
