import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { activationSteps } from './affine.js';
import { countValues, emptyHistogram, leastError, wholeRange, withoutTails } from './histogram.js';

/** 0.001, 0.002, … 1, in two parts of which the second is ten times wider, and one outlier. */
function seen() {
  const histogram = emptyHistogram();
  countValues(
    histogram,
    Float32Array.from({ length: 100 }, (_, i) => (i + 1) / 1000),
  );
  countValues(
    histogram,
    Float32Array.from({ length: 900 }, (_, i) => (i + 101) / 1000),
  );
  countValues(histogram, [-8]);
  return histogram;
}

describe('a histogram', () => {
  it('counts all values however far it had to be widened', () => {
    const { counts, least, most, reach } = seen();
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(1001);
    expect([least, most]).toEqual([-8, 1]);
    const half = counts.length / 2;
    const inside = (from: number, to: number) =>
      counts
        .slice(half + Math.round((from / reach) * half), half + Math.round((to / reach) * half))
        .reduce((a, b) => a + b, 0);
    expect(inside(0.25, 0.75)).toBeGreaterThan(490);
    expect(inside(0.25, 0.75)).toBeLessThan(510);
  });

  it('leaves out what is not a number', () => {
    const histogram = emptyHistogram();
    countValues(histogram, [Number.NaN, Number.NaN]);
    countValues(histogram, [1, Number.NaN, Number.POSITIVE_INFINITY, 2]);
    expect(wholeRange(histogram)).toEqual([1, 2]);
    expect(histogram.counts.reduce((sum, n) => sum + n, 0)).toBe(2);
  });
});

describe('the range of an activation', () => {
  it('is the whole, or leaves out a share on either side', () => {
    expect(wholeRange(seen())).toEqual([-8, 1]);
    // 1 % of 1001 is 10: the outlier and 0.001 … 0.009 go below, 0.991 … 1 above; bins are 0.002 wide.
    const [from, to] = withoutTails(0.01)(seen());
    expect(from).toBeCloseTo(0.01, 2);
    expect(to).toBeCloseTo(0.99, 2);
    expect(withoutTails(0)(seen())).toEqual([-8, 1]);
  });

  it('of least error has less of it than the whole, by quantising the values themselves', () => {
    const random = createRandom(9);
    const values = Float64Array.from({ length: 20000 }, (_, i) => (i < 3 ? 20 + 10 * i : random.normal()));
    const histogram = emptyHistogram();
    countValues(histogram, values);
    const error = ([from, to]: readonly [number, number]) => {
      const { scale, zeroPoint } = activationSteps(from, to);
      return values.reduce((sum, x) => {
        const byte = Math.min(255, Math.max(0, Math.round(x / scale) + zeroPoint));
        return sum + (x - (byte - zeroPoint) * scale) ** 2;
      }, 0);
    };
    const least = error(leastError(histogram));
    expect(least).toBeLessThanOrEqual(error(wholeRange(histogram)));
    expect(least).toBeLessThan(error(withoutTails(0.01)(histogram)));
    for (const share of [0.25, 0.5, 0.75]) {
      expect(least).toBeLessThan(1.1 * error([histogram.least, share * histogram.most]));
    }
  });
});
