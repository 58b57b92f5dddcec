import { describe, expect, it } from 'vitest';
import type { NnIntervals } from './nn-intervals.js';
import { poincare } from './poincare.js';
import { timeDomainHrv } from './time-domain.js';

/** Intervals one after the other; `holes` are the indices that do not follow the one before. */
function series(ms: readonly number[], holes: readonly number[] = []): NnIntervals {
  let at = 0;
  return {
    ms: Float64Array.from(ms),
    at: Float64Array.from(ms, (x) => {
      at += x / 1000;
      return at;
    }),
    follows: Uint8Array.from(ms, (_, i) => (i === 0 || holes.includes(i) ? 0 : 1)),
    of: ms.length,
  };
}

const times = (n: number, pattern: readonly number[]) =>
  Array.from({ length: n * pattern.length }, (_, i) => pattern[i % pattern.length]!);

describe('timeDomainHrv', () => {
  it('is what the definitions give by hand', () => {
    // Mean 820; deviations −20, 40, −60, 40, 0: Σ² = 7200, / 4 = 1800. Differences 60, −100, 100, −40: Σ² = 25200, / 4
    // = 6300; three over 50 ms.
    const hrv = timeDomainHrv(series([800, 860, 760, 860, 820]));
    expect(hrv.meanNnMs).toBe(820);
    expect(hrv.sdnnMs).toBeCloseTo(Math.sqrt(1800), 10);
    expect(hrv.rmssdMs).toBeCloseTo(Math.sqrt(6300), 10);
    expect([hrv.nn50, hrv.pnn50]).toEqual([3, 0.75]);
    expect([hrv.sdannMs, hrv.sdnnIndexMs, hrv.triangularIndex]).toEqual([null, null, null]);
  });

  it('takes no difference over a hole, and does not count one of just 50 ms', () => {
    const hrv = timeDomainHrv(series([800, 850, 1000, 1000], [2]));
    expect(hrv.rmssdMs).toBeCloseTo(Math.sqrt(2500 / 2), 10);
    expect([hrv.nn50, hrv.pnn50]).toEqual([0, 0]);
    expect(timeDomainHrv(series([800, 900], [1])).rmssdMs).toBeNull();
  });

  it('divides long recordings into segments of 5 min', () => {
    // Segments of 300 intervals with mean 1000 (± 10 alternating), then of means 1000 and again, by hand: the second
    // 5 min are 375 of 800 (± 20), the third 300 of 1000 (constant). Means 1000, 800, 1000: deviation √(40000/3).
    const ms = [...times(150, [990, 1010]), ...times(187, [780, 820]), 800, ...times(300, [1000])];
    const hrv = timeDomainHrv(series(ms));
    expect(hrv.sdannMs).toBeCloseTo(Math.sqrt(40_000 / 3), 9);
    const first = Math.sqrt((300 * 10 ** 2) / 299);
    const second = Math.sqrt((374 * 20 ** 2) / 374);
    expect(hrv.sdnnIndexMs).toBeCloseTo((first + second) / 3, 9);
  });

  it('gives the number of intervals over the fullest bin of 1/128 s', () => {
    // In 1/128 s, 1002 ms is bin 128, 1005 too, 1010 bin 129: of 1500 intervals 1000 in one bin.
    expect(timeDomainHrv(series(times(500, [1002, 1005, 1010]))).triangularIndex).toBe(1.5);
    expect(timeDomainHrv(series(times(300, [1002, 1005, 1010]))).triangularIndex).toBeNull();
  });
});

describe('poincare', () => {
  it('is the spread across and along the diagonal', () => {
    // By hand: pairs (800, 900), (900, 800), (800, 900): differences 100, −100, 100, sums 1700 each. The deviation of
    // ±100/√2 of three is √(2 · (2/3)² + (4/3)²) / √2 · 100/√2.
    const widths = poincare(series([800, 900, 800, 900]))!;
    expect(widths.sd1Ms).toBeCloseTo(
      (100 / Math.SQRT2) * Math.sqrt((2 * (2 / 3) ** 2 + (4 / 3) ** 2) / 2),
      9,
    );
    expect(widths.sd2Ms).toBeCloseTo(0, 9);
    expect(poincare(series([800, 900, 800], [1]))).toBeNull();
  });

  it('of a steady slope lies along the diagonal only', () => {
    const widths = poincare(series([800, 810, 820, 830]))!;
    expect(widths.sd1Ms).toBeCloseTo(0, 9);
    // Sums 1610, 1630, 1650 over √2: deviation 20 / √2.
    expect(widths.sd2Ms).toBeCloseTo(20 / Math.SQRT2, 9);
  });
});
