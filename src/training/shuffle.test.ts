import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/index.js';
import { shuffle } from './shuffle.js';

describe('shuffle', () => {
  it('gives each of the six orders of three items equally often', () => {
    const random = createRandom(3);
    const n = 12_000;
    const counts = new Map<string, number>();
    for (let i = 0; i < n; i++) {
      const order = shuffle(Int32Array.of(1, 2, 3), random).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(['1,2,3', '1,3,2', '2,1,3', '2,3,1', '3,1,2', '3,2,1']);
    // Pearson's χ² of 5 degrees of freedom is above 20.5 once in a thousand times (NIST/SEMATECH, table 1.3.6.7.4).
    const chi2 = [...counts.values()].reduce((sum, seen) => sum + (seen - n / 6) ** 2 / (n / 6), 0);
    expect(chi2).toBeLessThan(20.5);
  });

  it('keeps what it shuffles', () => {
    const items = ['a', 'b', 'b', 'c'];
    expect(shuffle(items, createRandom(1))).toBe(items);
    expect([...items].sort()).toEqual(['a', 'b', 'b', 'c']);
    expect(shuffle([], createRandom(1))).toEqual([]);
  });
});
