import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { createOutsideScorer } from '../../models/index.js';
import { fitFamiliar } from './fit-familiar.js';

/** Points of 12 values about three places that lie in a plane, with noise of 0.05. */
function clusters(seed: number, n: number): Float32Array {
  const random = createRandom(seed);
  const places = [
    [4, 0],
    [-4, 0],
    [0, 6],
  ];
  const beats = new Float32Array(n * 12);
  for (let i = 0; i < n; i++) {
    const [x, y] = places[i % 3];
    for (let k = 0; k < 12; k++) beats[12 * i + k] = 0.05 * random.normal();
    beats[12 * i + 2] += x;
    beats[12 * i + 7] += y;
  }
  return beats;
}

describe('fitFamiliar', () => {
  it('finds the plane that beats lie in, and their places', async () => {
    const familiar = await fitFamiliar(clusters(1, 600), 12, { axes: 2, centres: 12, residual: 8, seed: 3 });
    // The axes span the third and the eighth value.
    for (const axis of familiar.axes) {
      expect(Math.hypot(...axis)).toBeCloseTo(1, 3);
      expect(axis[2] ** 2 + axis[7] ** 2).toBeGreaterThan(0.999);
    }
    const [a, b] = familiar.axes;
    expect(Math.abs(a.reduce((sum, x, k) => sum + x * b[k], 0))).toBeLessThan(1e-3);
    const score = createOutsideScorer(familiar, 12);
    const known = score(clusters(2, 300), 300);
    const between = new Float32Array(12);
    const off = Float32Array.from(clusters(5, 1));
    off[0] = 2;
    const [strange] = score(between, 1);
    const [beside] = score(off, 1);
    // Known beats lie 0.05² × 12 from their places, times 8 off the plane: ln 0.25; the middle lies 4 away: ln 16.
    expect(Math.max(...known)).toBeLessThan(0);
    expect(strange).toBeGreaterThan(Math.log(10));
    expect(beside).toBeGreaterThan(Math.log(25));
  });

  it('does not depend on anything but the beats and the seed', async () => {
    const sizes = { axes: 3, centres: 5, residual: 1, seed: 9 };
    const first = await fitFamiliar(clusters(1, 120), 12, sizes);
    expect(await fitFamiliar(clusters(1, 120), 12, sizes)).toEqual(first);
    expect(await fitFamiliar(clusters(1, 120), 12, { ...sizes, seed: 10 })).not.toEqual(first);
  });

  it('refuses fewer beats than centres', async () => {
    await expect(
      fitFamiliar(clusters(1, 4), 12, { axes: 2, centres: 5, residual: 1, seed: 1 }),
    ).rejects.toMatchObject({ code: 'too-short' });
  });
});
