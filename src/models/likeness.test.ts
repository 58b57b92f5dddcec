import { describe, expect, it } from 'vitest';
import { TEST_CONTRACT } from '../../tests/beat-contract.js';
import type { InputContract } from './contract.js';
import { centreLikeness, likenessOffset, writeLikeness } from './likeness.js';

/** One lead at 100 Hz, one zone of the two samples before and the two from the peak on. */
const contract: InputContract = {
  ...TEST_CONTRACT,
  fs: 100,
  leads: { ...TEST_CONTRACT.leads, count: 1 },
  likeness: {
    reach: 0,
    zones: [{ name: 'all', from: -0.02, to: 0.02, floor: 1 }],
    smallest: 0.5,
    relative: ['all'],
    neighbourhood: [],
  },
};
const figures = (beats: number[][], template: number[], present = beats.map(() => 1)): number[] => {
  const out = new Float32Array(2 * beats.length);
  const windows = Float32Array.from(beats.flat());
  writeLikeness(
    windows,
    Uint8Array.from(present),
    Float32Array.from(template),
    beats.length,
    4,
    2,
    contract,
    out,
  );
  return [...out];
};

describe('writeLikeness', () => {
  it('follows its definition by hand', () => {
    // Without their means: a = (−1, 1, −1, 1), t = (−1, −1, 1, 1) → Σab = 0.
    expect(figures([[0, 2, 0, 2]], [1, 1, 3, 3])[0]).toBeCloseTo(0, 6);
    // a = t: Σ = 4, damped by the floor of 1 on both sides: 4/5. Mean difference 0: ln 0.5.
    const [same, difference] = figures([[1, 1, 3, 3]], [1, 1, 3, 3]);
    expect(same).toBeCloseTo(0.8, 6);
    expect(difference).toBeCloseTo(Math.log(0.5), 6);
    // Upside down: −4/5; mean of |−1 − 1|, |−1 − 1|, |−3 − 3|, |−3 − 3| = 4.
    const [opposite, far] = figures([[-1, -1, -3, -3]], [1, 1, 3, 3]);
    expect(opposite).toBeCloseTo(-0.8, 6);
    expect(far).toBeCloseTo(Math.log(4.5), 6);
  });

  it('gives 0 for a flat zone and for a missing lead', () => {
    expect(figures([[5, 5, 5, 5]], [1, 1, 3, 3])[0]).toBe(0);
    expect(figures([[1, 1, 3, 3]], [1, 1, 3, 3], [0])).toEqual([0, 0]);
  });
});

describe('likenessOffset', () => {
  it('is the median difference of the sinus beats, and leaves correlations alone', () => {
    const table = Float32Array.of(0.1, 1, 0.2, 5, 0.3, 2, 0.4, 9);
    const present = Uint8Array.of(1, 1, 1, 0);
    const offset = likenessOffset(table, 2, present, [0, 1, 2, 3], contract);
    // By hand: beats 0, 1, 2 are there, their differences 1, 5, 2.
    expect([...offset]).toEqual([0, 2]);
    centreLikeness(table, 2, present, offset, 1);
    expect([...table].map((x) => Number(x.toFixed(6)))).toEqual([0.1, -1, 0.2, 3, 0.3, 0, 0.4, 9]);
  });
});
