import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/index.js';
import { initialParameters } from './builder.js';
import { filled, glorotUniform, heNormal, orthogonal } from './initialisers.js';

const variance = (data: Float32Array) => data.reduce((sum, x) => sum + x * x, 0) / data.length;

describe('initialisers', () => {
  // Tolerances: four standard errors of a variance of n = 40,000 numbers (normal √(2/n), uniform √(0.8/n)).
  it('have the variances of their papers', () => {
    const shape = [200, 200];
    expect(Math.abs(variance(heNormal(50)(shape, createRandom(1))) * 25 - 1)).toBeLessThan(
      4 * Math.sqrt(2 / 4e4),
    );
    const glorot = glorotUniform(30, 50)(shape, createRandom(1));
    expect(Math.abs(variance(glorot) * 40 - 1)).toBeLessThan(4 * Math.sqrt(0.8 / 4e4));
    expect(Math.max(...glorot)).toBeLessThanOrEqual(Math.sqrt(6 / 80));
  });

  it('gives orthonormal rows in each square block of recurrent weights', () => {
    const n = 6;
    const data = orthogonal([2, 3 * n, n], createRandom(2));
    const dot = (block: number, i: number, j: number) => {
      const row = (k: number) => data.subarray((block * n + k) * n, (block * n + k + 1) * n);
      return row(i).reduce((sum, x, k) => sum + x * row(j)[k], 0);
    };
    for (let block = 0; block < 6; block++)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) expect(dot(block, i, j)).toBeCloseTo(i === j ? 1 : 0, 5);
  });

  it('start a parameter the same whatever else the network has', () => {
    const spec = (name: string, offset: number) => ({
      name,
      shape: [4],
      offset,
      decay: true,
      initialise: heNormal(4),
    });
    const alone = initialParameters([spec('b', 0)], 7);
    const together = initialParameters([spec('a', 0), spec('b', 4)], 7);
    expect([...together.subarray(4)]).toEqual([...alone]);
    expect([...together.subarray(0, 4)]).not.toEqual([...alone]);
    expect([...initialParameters([{ ...spec('b', 0), initialise: filled(2) }], 7)]).toEqual([2, 2, 2, 2]);
  });
});
