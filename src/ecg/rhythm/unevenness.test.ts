import { describe, expect, it } from 'vitest';
import { unevenness } from './unevenness.js';

/** R peaks of intervals one after the other. */
const peaksOf = (rr: readonly number[]) => {
  const peaks = [0];
  for (const x of rr) peaks.push(peaks[peaks.length - 1] + x);
  return peaks;
};

describe('unevenness', () => {
  it('is the share of successive intervals that change by more than a tenth', () => {
    // By hand: 1, 1, 1.2, 1.2, repeated, changes at every second pair.
    const found = unevenness(peaksOf(Array.from({ length: 200 }, (_, i) => (i % 4 < 2 ? 1 : 1.2))));
    expect(found[100]).toBeCloseTo(0.5, 1);
    expect(unevenness(peaksOf(new Array(50).fill(0.8)))[25]).toBe(0);
    // 1 and 1.09 differ by 8.6 % of their mean.
    expect(unevenness(peaksOf(Array.from({ length: 50 }, (_, i) => (i % 2 ? 1 : 1.09))))[25]).toBe(0);
    expect(unevenness(peaksOf(Array.from({ length: 50 }, (_, i) => (i % 2 ? 1 : 1.12))))[25]).toBe(1);
  });

  it('leaves strange beats and their pauses out', () => {
    // Each fifth beat comes early and a pause follows: 3 of 5 pairs change, and none without it.
    const rr = Array.from({ length: 100 }, (_, i) => (i % 5 === 3 ? 0.6 : i % 5 === 4 ? 1.4 : 1));
    const peaks = peaksOf(rr);
    expect(unevenness(peaks)[50]).toBeCloseTo(3 / 5, 1);
    const strange = peaks.map((_, i) => (i % 5 === 4 ? 1 : 0));
    expect(unevenness(peaks, strange)[50]).toBe(0);
    // Each third beat strange: single intervals are left, each compared with the one three beats before.
    const every = peaksOf(Array.from({ length: 60 }, (_, i) => (i % 6 === 0 ? 1 : i % 6 === 3 ? 1.3 : 0.7)));
    const third = every.map((_, i) => (i % 3 === 2 ? 1 : 0));
    expect(unevenness(every, third)[30]).toBe(1);
  });

  it('looks half a minute around, and says nothing of too few', () => {
    const rr = Array.from({ length: 200 }, (_, i) => (i < 100 ? 1 : i % 2 ? 0.7 : 1.3));
    const found = unevenness(peaksOf(rr));
    expect(found[40]).toBe(0);
    expect(found[160]).toBe(1);
    expect(found[100]).toBeCloseTo(0.5, 1);
    expect(unevenness([0, 1, 2]).every(Number.isNaN)).toBe(true);
    expect(unevenness([])).toHaveLength(0);
    const bigeminy = peaksOf(new Array(50).fill(1)).map((_, i) => i % 2);
    expect(unevenness(peaksOf(new Array(50).fill(1)), bigeminy).every(Number.isNaN)).toBe(true);
  });
});
