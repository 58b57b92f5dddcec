import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curveAreas } from './curve-areas.js';
import { reliability } from './reliability.js';
import { riskCoverage } from './risk-coverage.js';

/** Two classes from the probability of the first. */
const beats = (first: readonly number[], labels: readonly number[]) => ({
  probabilities: first.flatMap((p) => [p, 1 - p]),
  labels,
  classes: 2,
});

describe('reliability', () => {
  it('is what the definitions give by hand', () => {
    // Confidences .9 .9 .6 .6, right, wrong, right, right: bins (13/15, 14/15] and (8/15, 9/15].
    const got = reliability(beats([0.9, 0.9, 0.6, 0.6], [0, 1, 0, 0]));
    expect(got.ece).toBeCloseTo((2 * Math.abs(0.5 - 0.9) + 2 * Math.abs(1 - 0.6)) / 4, 12);
    expect(got.nll).toBeCloseTo(-(Math.log(0.9) + Math.log(0.1) + 2 * Math.log(0.6)) / 4, 12);
    expect(got.brier).toBeCloseTo((2 * 0.01 + 2 * 0.81 + 4 * 0.16) / 4, 12);
    expect(got.bins.filter((bin) => bin.beats > 0).map((bin) => bin.beats)).toEqual([2, 2]);
  });

  it('is 0 for certain right answers and stays finite for a certain wrong one', () => {
    expect(reliability(beats([1, 0], [0, 1]))).toMatchObject({ ece: 0, brier: 0 });
    expect(reliability(beats([1], [1])).nll).toBeCloseTo(-Math.log(1e-12), 6);
  });

  it('refuses rows that do not fit', () => {
    expect(() => reliability({ probabilities: [1], labels: [0], classes: 2 })).toThrowError(
      expect.objectContaining({ code: 'bad-shape' }),
    );
  });
});

describe('riskCoverage', () => {
  it('is what sorting by confidence gives by hand', () => {
    // Surest first: right, right, wrong, right, wrong: risks 0, 0, 1/3, 1/4, 2/5.
    const got = riskCoverage(beats([0.99, 0.9, 0.8, 0.7, 0.6], [0, 0, 1, 0, 1]), [0.4, 0.6, 1]);
    expect(got.risk.map((r) => r.risk)).toEqual([0, 1 / 3, 2 / 5]);
    expect(got.aurc).toBeCloseTo((0 + 0 + 1 / 3 + 1 / 4 + 2 / 5) / 5, 12);
  });

  it('does not see the order of equally sure beats', () => {
    const pairs = fc.array(fc.tuple(fc.constantFrom(0.6, 0.7, 0.9), fc.constantFrom(0, 1)), { minLength: 1 });
    fc.assert(
      fc.property(pairs, (list) => {
        const of = (p: typeof list) =>
          riskCoverage(
            beats(
              p.map(([x]) => x),
              p.map(([, y]) => y),
            ),
          ).aurc;
        expect(of([...list].reverse())).toBeCloseTo(of(list), 12);
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});

describe('curveAreas', () => {
  it('agree with the slow definitions', () => {
    const data = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean()), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(data, (list) => {
        const positives = list.filter(([, is]) => is).map(([x]) => x);
        const negatives = list.filter(([, is]) => !is).map(([x]) => x);
        fc.pre(positives.length > 0 && negatives.length > 0);
        // Every pair compared; precision at every threshold, weighted by the positives it adds.
        let pairs = 0;
        for (const p of positives) for (const n of negatives) pairs += p > n ? 1 : p === n ? 0.5 : 0;
        let precision = 0;
        for (const threshold of new Set(positives)) {
          const called = list.filter(([x]) => x >= threshold);
          const added = positives.filter((p) => p === threshold).length;
          precision += (added * called.filter(([, is]) => is).length) / called.length;
        }
        const got = curveAreas(
          list.map(([x]) => x),
          list.map(([, is]) => is),
        );
        expect(got.roc).toBeCloseTo(pairs / (positives.length * negatives.length), 12);
        expect(got.precisionRecall).toBeCloseTo(precision / positives.length, 12);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('are undefined where a class is absent', () => {
    expect(curveAreas([1, 2], [false, false])).toEqual({ roc: Number.NaN, precisionRecall: Number.NaN });
  });
});
