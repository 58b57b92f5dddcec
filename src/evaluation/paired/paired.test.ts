import { describe, expect, it } from 'vitest';
import { comparePaired } from './compare-paired.js';
import { formatPairedTable } from './paired-table.js';
import { studentBound, studentTwoSided } from './student.js';

// Hours of sleep gained by ten patients with two drugs: Student, Biometrika 6(1):20, 1908.
const FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

describe('studentBound', () => {
  it.each([
    // Published table: CRC Standard Mathematical Tables, two-sided 0.95, 0.99 and 0.90.
    [0.95, 1, 12.706],
    [0.95, 2, 4.303],
    [0.95, 4, 2.776],
    [0.95, 9, 2.262],
    [0.95, 30, 2.042],
    [0.95, 120, 1.98],
    [0.99, 4, 4.604],
    [0.99, 9, 3.25],
    [0.9, 4, 2.132],
  ])('of %f at %i degrees of freedom is %f', (level, degrees, t) => {
    expect(studentBound(level, degrees)).toBeCloseTo(t, 3);
    expect(studentBound(level, 2 * degrees)).not.toBeCloseTo(t, 3);
  });

  it('is undone by studentTwoSided, which has a closed form at one and two degrees', () => {
    // One: 1 − 2 atan(t) / π. Two: 1 − t / √(2 + t²).
    for (const t of [0.01, 0.5, 1, 3, 6]) {
      expect(studentTwoSided(t, 1)).toBeCloseTo(1 - (2 * Math.atan(t)) / Math.PI, 12);
      expect(studentTwoSided(t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 12);
      expect(studentBound(1 - studentTwoSided(t, 7), 7)).toBeCloseTo(t, 8);
    }
  });
});

describe('comparePaired', () => {
  it('gives what R prints of Student’s own example', () => {
    // t.test(sleep second, first, paired): t = 4.0621, df 9, p = 0.002833, 95 % interval 0.7001142 to 2.4598858.
    const got = comparePaired(FIRST, SECOND);
    expect(got.difference).toBeCloseTo(1.58, 12);
    expect(got.p).toBeCloseTo(0.002833, 6);
    expect(got.interval.low).toBeCloseTo(0.7001142, 7);
    expect(got.interval.high).toBeCloseTo(2.4598858, 7);
    expect(got).toMatchObject({ pairs: 10, wins: 9, losses: 0, verdict: 'helps' });
  });

  it('calls the same change the other way round harm', () => {
    const got = comparePaired(SECOND, FIRST);
    expect(got).toMatchObject({ wins: 0, losses: 9, verdict: 'hurts' });
    expect(got.interval.low).toBeCloseTo(-2.4598858, 7);
  });

  it('says that a change within the spread does not help, by hand', () => {
    // Differences 1 −1 2 −2 1: mean 0.2, variance (0.64 + 1.44 + 3.24 + 4.84 + 0.64) / 4 = 2.7, t bound 2.776.
    const got = comparePaired([5, 5, 5, 5, 5], [6, 4, 7, 3, 6]);
    expect(got.interval.low).toBeCloseTo(0.2 - 2.776 * Math.sqrt(2.7 / 5), 3);
    expect(got.interval.high).toBeCloseTo(0.2 + 2.776 * Math.sqrt(2.7 / 5), 3);
    expect(got).toMatchObject({ wins: 3, losses: 2, verdict: 'does not help' });
  });

  it('takes equal differences as they are', () => {
    expect(comparePaired([1, 2, 3, 4, 5], [1, 2, 3, 4, 5])).toMatchObject({ p: 1, verdict: 'does not help' });
    expect(comparePaired([1, 2, 3, 4, 5], [2, 3, 4, 5, 6])).toMatchObject({ p: 0, verdict: 'helps' });
  });

  it('refuses what cannot be compared', () => {
    const code = (name: string) => expect.objectContaining({ code: name });
    expect(() => comparePaired([1, 2, 3, 4, 5], [1])).toThrowError(code('bad-shape'));
    expect(() => comparePaired([1, 2, 3, 4], [1, 2, 3, 5])).toThrowError(code('too-short'));
    expect(() => comparePaired([1, 2, 3, 4, 5], [1, 2, 3, 4, Number.NaN])).toThrowError(code('bad-option'));
    expect(() => comparePaired(FIRST, SECOND, 1)).toThrowError(code('bad-option'));
  });
});

describe('formatPairedTable', () => {
  it('has a line a change, in points', () => {
    const share = (list: readonly number[]) => list.map((x) => x / 100);
    const table = formatPairedTable('macro-F1', 'oversampling', [
      { name: 'GAN', comparison: comparePaired(share(FIRST), share(SECOND)) },
      { name: 'SMOTE', comparison: comparePaired(share(SECOND), share(FIRST)) },
    ]);
    const cells = table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    expect(cells[0]).toEqual([
      '',
      'change',
      'oversampling',
      'macro-F1',
      'points',
      '95 % interval',
      'p',
      'better',
      'verdict',
      '',
    ]);
    expect(cells[2]).toEqual([
      '',
      'GAN',
      '0.75',
      '2.33',
      '+1.58',
      '+0.70 to +2.46',
      '0.003',
      '9 of 10',
      'helps',
      '',
    ]);
    expect(cells[3]).toContain('−2.46 to −0.70');
  });
});
