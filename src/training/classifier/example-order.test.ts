import { describe, expect, it } from 'vitest';
import { exampleOrder } from './example-order.js';

const COUNTS = [800, 150, 50];
const label = Uint8Array.from(COUNTS.flatMap((n, c) => new Array<number>(n).fill(c)));
const order = (power: number, epochShare = 1, seed = 3) =>
  exampleOrder(label, COUNTS, { power, epochShare }, 64, seed);

/** Examples that count in steps `from`…`to − 1`. */
function drawn(of: ReturnType<typeof order>, from: number, to: number): number[] {
  const rows = new Int32Array(64);
  const all: number[] = [];
  for (let step = from; step < to; step++) {
    const counted = of.fill(step, rows);
    all.push(...rows.subarray(0, counted));
    expect(rows.every((i) => i >= 0 && i < label.length)).toBe(true);
  }
  return all;
}

/** Σ (observed − expected)² / expected. */
function chiSquare(observed: readonly number[], expected: readonly number[]): number {
  return observed.reduce((sum, n, i) => sum + (n - expected[i]) ** 2 / expected[i], 0);
}

describe('exampleOrder', () => {
  it('goes through all examples once an epoch, each time otherwise', () => {
    const all = order(0);
    // 1000 = 15 · 64 + 40.
    expect(all.stepsPerEpoch).toBe(16);
    const first = drawn(all, 0, 16);
    const second = drawn(all, 16, 32);
    const sorted = (x: readonly number[]) => [...x].sort((a, b) => a - b);
    expect(sorted(first)).toEqual([...label.keys()]);
    expect(sorted(second)).toEqual([...label.keys()]);
    expect(second).not.toEqual(first);
    expect(drawn(order(0, 1, 4), 0, 16)).not.toEqual(first);
    // Shuffled: a fifth of the examples are of the first fifth, in every fifth. Four standard errors of 200 draws.
    for (let k = 0; k < 5; k++) {
      const early = first.slice(200 * k, 200 * k + 200).filter((i) => i < 200).length;
      expect(Math.abs(early - 40)).toBeLessThan(4 * Math.sqrt(200 * 0.2 * 0.8));
    }
  });

  it('takes the share of an epoch that is asked for, none twice', () => {
    const part = order(0, 0.25);
    expect(part.stepsPerEpoch).toBe(4);
    const epoch = drawn(part, 0, 4);
    expect(epoch).toHaveLength(250);
    expect(new Set(epoch).size).toBe(250);
  });

  it('gives a step the same examples whenever it is asked for', () => {
    for (const power of [0, 0.5]) {
      const [one, two] = [order(power), order(power)];
      drawn(one, 0, 40);
      expect(drawn(one, 17, 18)).toEqual(drawn(two, 17, 18));
    }
  });

  it('draws classes in proportion to (examples)^(1 − power), and their examples alike', () => {
    for (const power of [0.5, 1]) {
      const all = drawn(order(power), 0, 1600);
      expect(all).toHaveLength(100_000);
      const perClass = [0, 0, 0];
      const rare = new Array<number>(50).fill(0);
      for (const i of all) {
        perClass[label[i]]++;
        if (i >= 950) rare[i - 950]++;
      }
      const weights = COUNTS.map((n) => n ** (1 - power));
      const total = weights.reduce((sum, x) => sum + x);
      const expected = weights.map((x) => (x / total) * all.length);
      // The 99.9 % points of χ² with 2 and 49 degrees of freedom.
      expect(chiSquare(perClass, expected)).toBeLessThan(13.82);
      expect(
        chiSquare(
          rare,
          rare.map(() => perClass[2] / 50),
        ),
      ).toBeLessThan(85.35);
      // A power that is off by a twentieth would be seen.
      const off = COUNTS.map((n) => n ** (1.05 - power));
      const offTotal = off.reduce((sum, x) => sum + x);
      expect(
        chiSquare(
          perClass,
          off.map((x) => (x / offTotal) * all.length),
        ),
      ).toBeGreaterThan(13.82);
    }
  });
});
