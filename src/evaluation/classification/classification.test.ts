import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LITERATURE_MAP } from '../../ecg/index.js';
import { compareBeats } from '../ec57/compare-beats.js';
import { auditSplit } from '../split.js';
import { formatClassReport } from '../tables/class-tables.js';
import { bootstrapPatients } from './bootstrap.js';
import { addCounts, classCountsOf, countClasses, type RecordCounts } from './class-counts.js';
import { classStatistics } from './class-statistics.js';
import { evaluateClasses } from './evaluate-classes.js';

const [N, S, V] = [0, 1, 2];

describe('classStatistics', () => {
  it('are one class against all others', () => {
    // By hand. Reference N N N N S S V V, prediction N N N S S N V N.
    const { classes, macroF1, weightedF1, accuracy } = classStatistics(
      countClasses([N, N, N, N, S, S, V, V], [N, N, N, S, S, N, V, N]),
    );
    expect(classes.N).toEqual({ beats: 4, sensitivity: 3 / 4, positivePredictivity: 3 / 5, f1: 6 / 9 });
    expect(classes.S).toEqual({ beats: 2, sensitivity: 1 / 2, positivePredictivity: 1 / 2, f1: 1 / 2 });
    expect(classes.V).toEqual({ beats: 2, sensitivity: 1 / 2, positivePredictivity: 1, f1: 2 / 3 });
    expect(classes.F.f1).toBeNaN();
    expect(macroF1).toBeCloseTo((2 / 3 + 1 / 2 + 2 / 3) / 3, 12);
    expect(weightedF1).toBeCloseTo((4 * (2 / 3) + 2 * (1 / 2) + 2 * (2 / 3)) / 8, 12);
    expect(accuracy).toBe(5 / 8);
  });

  it('hold missed beats against sensitivity and extra ones against predictivity', () => {
    const at = (sample: number, symbol: string) => ({ sample, symbol });
    const comparison = compareBeats(
      [at(100, 'V'), at(200, 'V'), at(300, 'N')],
      [at(100, 'V'), at(300, 'N'), at(400, 'V')],
      { record: '1', fs: 100, from: 0, map: LITERATURE_MAP },
    );
    const counts = classCountsOf(comparison);
    expect(counts.missed).toEqual([0, 0, 1, 0, 0]);
    expect(counts.extra).toEqual([0, 0, 1, 0, 0]);
    expect(classStatistics(counts).classes.V).toEqual({
      beats: 2,
      sensitivity: 1 / 2,
      positivePredictivity: 1 / 2,
      f1: 1 / 2,
    });
  });

  it('leave out beats without a class, and refuse what is no class', () => {
    expect(
      addCounts([countClasses([-1, N], [S, N])])
        .confusion.flat()
        .reduce((a, b) => a + b),
    ).toBe(1);
    expect(() => countClasses([0], [7])).toThrowError(expect.objectContaining({ code: 'bad-option' }));
    expect(() => countClasses([0], [])).toThrowError(expect.objectContaining({ code: 'bad-shape' }));
  });
});

/** Records of 100 beats with a share of right ones each. */
const records = (shares: readonly number[]): RecordCounts[] =>
  shares.map((share, i) => ({
    record: `mitdb/${i}`,
    patient: `p${i}`,
    counts: countClasses(
      Array.from({ length: 100 }, () => N),
      Array.from({ length: 100 }, (_, k) => (k < Math.round(share * 100) ? N : V)),
    ),
  }));
const accuracy = (counts: Parameters<typeof classStatistics>[0]) => ({
  accuracy: classStatistics(counts).accuracy,
});

describe('bootstrapPatients', () => {
  it('is as wide as the spread between patients makes the mean', () => {
    // Origin: the standard error of a mean, σ/√n with σ² over n, and 1.96 of it for 95 %.
    const shares = Array.from({ length: 40 }, (_, i) => (50 + i) / 100);
    const mean = shares.reduce((a, b) => a + b, 0) / 40;
    const sigma = Math.sqrt(shares.reduce((a, b) => a + (b - mean) ** 2, 0) / 40);
    const { low, high } = bootstrapPatients(records(shares), accuracy, { seed: 1 }).accuracy;
    const half = (1.96 * sigma) / Math.sqrt(40);
    expect(Math.abs(low - (mean - half))).toBeLessThan(0.006);
    expect(Math.abs(high - (mean + half))).toBeLessThan(0.006);
    // Negative control: an interval over beats instead of patients would be far narrower than that tolerance.
    const overBeats = 1.96 * Math.sqrt((mean * (1 - mean)) / 4000);
    expect(half - overBeats).toBeGreaterThan(0.006);
  });

  it('has no width where all patients agree', () => {
    expect(bootstrapPatients(records([0.7, 0.7, 0.7]), accuracy, { seed: 1 }).accuracy).toEqual({
      low: 0.7,
      high: 0.7,
    });
  });

  it('draws the records of one patient together', () => {
    // Patients of (1, 0) each: their sums are always one half, whatever is drawn.
    const paired = records([1, 0, 1, 0]).map((r, i) => ({ ...r, patient: `p${i >> 1}` }));
    expect(bootstrapPatients(paired, accuracy, { seed: 1 }).accuracy).toEqual({ low: 0.5, high: 0.5 });
    expect(bootstrapPatients(records([1, 0, 1, 0]), accuracy, { seed: 1 }).accuracy.low).toBeLessThan(0.5);
  });

  it('repeats itself from a seed, does not see the order of records, and needs two patients', () => {
    const some = records([0.9, 0.4, 0.7, 0.6, 0.2]);
    const once = bootstrapPatients(some, accuracy, { seed: 5, resamples: 200 });
    expect(bootstrapPatients([...some].reverse(), accuracy, { seed: 5, resamples: 200 })).toEqual(once);
    expect(bootstrapPatients(some, accuracy, { seed: 6, resamples: 200 })).not.toEqual(once);
    expect(() => bootstrapPatients(some.slice(0, 1), accuracy, { seed: 1 })).toThrowError(
      expect.objectContaining({ code: 'too-short' }),
    );
  });
});

describe('evaluateClasses', () => {
  const split = auditSplit('A → B', { train: ['svdb/1'], test: ['mitdb/0'] });
  const context = { database: 'mitdb', map: LITERATURE_MAP, split, peaks: 'given', from: 0 } as const;
  const options = { context, bootstrap: { seed: 1, resamples: 50 } };

  it('does not change when records are permuted', () => {
    const some = records([0.9, 0.4, 0.7, 0.6]);
    const expected = evaluateClasses(some, options);
    fc.assert(
      fc.property(fc.shuffledSubarray(some, { minLength: 4 }), (shuffled) => {
        expect(evaluateClasses(shuffled, options)).toEqual(expected);
      }),
      { seed: 1, numRuns: 20 },
    );
  });

  it('reports without single records and refuses a record that comes twice', () => {
    const report = evaluateClasses(records([1, 0]), { ...options, without: ['mitdb/1', 'mitdb/9'] });
    expect(report.without.map((w) => [w.record, w.statistics.accuracy])).toEqual([['mitdb/1', 1]]);
    expect(report.statistics.accuracy).toBe(0.5);
    const [one] = records([1]);
    expect(() => evaluateClasses([one!, one!], options)).toThrowError(/mitdb\/0 comes twice/);
  });

  it('names database, records, start, split, peaks and map over every table', () => {
    const leaky = auditSplit('all', { train: ['mitdb/0'], test: ['mitdb/0'] }, { leaky: true });
    const report = evaluateClasses(records([1, 0]), {
      ...options,
      context: { ...context, split: leaky, from: 300 },
      without: ['mitdb/1'],
      scored: { probabilities: [1, 0, 0, 0, 0, 0.4, 0, 0.6, 0, 0], labels: [N, N], classes: 5 },
    });
    const text = formatClassReport(report);
    const titles = text.split('\n').filter((line) => line.startsWith('**'));
    expect(titles).toHaveLength(5);
    for (const title of titles) {
      expect(title).toContain(
        'mitdb · 2 records from 5:00 · split LEAKY all (mitdb/0 on both sides) · R peaks given · literature map',
      );
    }
    expect(text).not.toMatch(/NaN|undefined/);
  });
});
