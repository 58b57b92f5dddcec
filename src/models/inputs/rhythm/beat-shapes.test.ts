import { describe, expect, it } from 'vitest';
import { beatLikeness } from './beat-likeness.js';
import { writeTachogram } from './tachogram.js';
import { typicalBeat } from './typical-beat.js';
import { typicalIntervals } from './typical-intervals.js';

const fs = 100;
const before = 32;
const after = 48;
const peaks = [100, 200, 300, 400, 500, 600, 700];

/** A bump of 1 at each beat, times its factor; a broad one where the factor is 0. */
function leadOf(factors: readonly number[]): Float32Array {
  return Float32Array.from({ length: 800 }, (_, k) =>
    peaks.reduce((sum, peak, i) => {
      const narrow = Math.exp(-(((k - peak) / 1.5) ** 2) / 2);
      const broad = 0.8 * Math.exp(-(((k - peak - 6) / 6) ** 2) / 2);
      return sum + (factors[i] === 0 ? broad : factors[i] * narrow);
    }, 0),
  );
}

describe('typicalBeat', () => {
  it('is that of most beats, whole ones only', () => {
    const lead = leadOf([1, 1, 0, 1, -1, 1, 1]);
    const beat = typicalBeat(lead, [10, ...peaks, 790], before, after);
    expect([...beat.peaks]).toEqual(peaks);
    expect(beat.shape[before]).toBeCloseTo(1, 6);
    expect(beat.shape[before + 10]).toBeCloseTo(0, 3);
    expect(beat.spread[before]).toBeCloseTo(0, 6);
    // Without a beat there is no shape.
    expect(typicalBeat(lead, [], before, after).shape.every((x) => x === 0)).toBe(true);
  });
});

describe('beatLikeness', () => {
  it('is 1 for the like, 0 for nothing at the place, negative for what is farther than nothing', () => {
    const factors = [1, 1, 0, 1, -1, 1, 1];
    const lead = leadOf(factors);
    const beat = typicalBeat(lead, peaks, before, after);
    const likeness = beatLikeness(lead, [...peaks, 450, 795], beat, before, fs);
    for (const i of [0, 1, 3, 5, 6]) expect(likeness[i]).toBeCloseTo(1, 6);
    expect(likeness[2]).toBeLessThan(0.6);
    // 1 − ‖2s‖² / ‖s‖², cut to −1.
    expect(likeness[4]).toBe(-1);
    expect(likeness[7]).toBeCloseTo(0, 3);
    // Cut off by the end.
    expect(likeness[8]).toBe(1);
    // A beat half as high: 1 − (1/2)².
    expect(beatLikeness(leadOf([1, 1, 1, 0.5, 1, 1, 1]), peaks, beat, before, fs)[3]).toBeCloseTo(0.75, 2);
  });
});

describe('typicalIntervals', () => {
  it('leaves out what a stranger disturbs, and tells its coupling', () => {
    // By hand: even seconds, a stranger 0.6 s after the third beat and a pause behind it.
    const likeness = Float32Array.of(1, 1, 1, 0, 1, 1, 1, 1);
    const found = typicalIntervals([0, 1, 2, 2.6, 4, 5, 6, 7], likeness);
    expect(found.strangers).toBeCloseTo(1 / 8, 6);
    expect(found.typicalShare).toBeCloseTo(5 / 7, 6);
    expect(found.typicalVariation).toBeCloseTo(0, 9);
    expect(found.typicalSuccessive).toBeCloseTo(0, 9);
    expect(found.strangerCoupling).toBeCloseTo(Math.log(0.6), 6);
    expect(found.strangerCouplingSpread).toBe(0);
    // Negative control: were it a beat like the others, the intervals would be uneven.
    const even = typicalIntervals([0, 1, 2, 2.6, 4, 5, 6, 7], new Float32Array(8).fill(1));
    expect(even.typicalVariation).toBeGreaterThan(0.15);
    expect(even.typicalPremature).toBeCloseTo(1 / 7, 6);
  });

  it('is 0 where too little is left', () => {
    const found = typicalIntervals([0, 1, 2, 3], Float32Array.of(1, 0, 1, 1));
    expect(found).toMatchObject({
      strangers: 0.25,
      typicalShare: 1 / 3,
      typicalVariation: 0,
      strangerCoupling: 0,
    });
    expect(typicalIntervals([], new Float32Array(0)).strangers).toBe(0);
  });
});

describe('writeTachogram', () => {
  it('holds logarithms, changes, beats and strangeness from beat to beat', () => {
    const rows = new Float32Array(4 * 10);
    writeTachogram([1, 3, 7], Float32Array.of(1, 0, -1), 10, 5, rows, 0, 10);
    // The mean interval is 3: ln(2/3) over the first, ln(4/3) over the second, ln(4/2) of change.
    const near = (row: number, expected: number[]) =>
      expected.forEach((x, k) => {
        expect(rows[10 * row + k], `${row}, ${k}`).toBeCloseTo(x, 6);
      });
    const [a, b, c] = [Math.log(2 / 3), Math.log(4 / 3), Math.log(2)];
    near(0, [0, a, a, b, b, b, b, 0, 0, 0]);
    near(1, [0, 0, 0, c, c, c, c, 0, 0, 0]);
    near(2, [0, 1, 0, 1, 0, 0, 0, 1, 0, 0]);
    near(3, [0, 0, 0, 0.5, 0.5, 0.5, 0.5, 0, 0, 0]);
  });
});
