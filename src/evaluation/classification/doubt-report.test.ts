import { describe, expect, it } from 'vitest';
import { formatDoubtReport, formatRecordCoverage } from '../tables/doubt-tables.js';
import { doubtReport } from './doubt-report.js';
import { setCoverage } from './set-coverage.js';

/** Six beats of two records and two classes, worked out by hand; the second and the fifth prediction are wrong. */
const beats = {
  probabilities: [0.9, 0.1, 0.6, 0.4, 0.2, 0.8, 0.95, 0.05, 0.3, 0.7, 0.85, 0.15],
  labels: [0, 1, 1, 0, 0, 0],
  classes: 2,
  groups: [0, 0, 0, 0, 1, 1],
  records: ['a', 'b', 'empty'],
};

describe('setCoverage', () => {
  it('counts by class and by record, by hand', () => {
    const found = setCoverage({ ...beats, sets: [1, 3, 1, 1, 2, 3] });
    // Held: yes, yes, no (class 1, set {0}), yes, no (class 0, set {1}), yes.
    expect(found.coverage).toBeCloseTo(4 / 6, 12);
    expect(found.meanSize).toBeCloseTo(8 / 6, 12);
    expect(found.single).toBeCloseTo(4 / 6, 12);
    expect(found.perClass).toEqual([3 / 4, 1 / 2]);
    // Class 0: record a 2 of 2, record b 1 of 2.
    expect(found.perClassOfRecords[0]).toBeCloseTo(0.75, 12);
    expect(found.perRecord).toEqual([
      { record: 'a', beats: 4, coverage: 0.75, meanSize: 1.25 },
      { record: 'b', beats: 2, coverage: 0.5, meanSize: 1.5 },
    ]);
    expect([found.lowest, found.median, found.below90]).toEqual([0.5, 0.625, 1]);
  });

  it('refuses sets that do not fit', () => {
    expect(() => setCoverage({ ...beats, sets: [1] })).toThrow(
      expect.objectContaining({ code: 'bad-shape' }),
    );
  });
});

describe('doubtReport', () => {
  const report = doubtReport({
    ...beats,
    sets: [{ coverage: 0.9, masks: [1, 3, 1, 1, 2, 3] }],
    uncertain: [false, true, false, false, false, true],
  });

  it('says what calling beats uncertain brings, by hand', () => {
    expect(report.decided.certain).toBeCloseTo(4 / 6, 12);
    // Of the four certain ones the fifth beat is wrong; of the two uncertain ones the second.
    expect(report.decided.riskCertain).toBeCloseTo(1 / 4, 12);
    expect(report.decided.riskUncertain).toBeCloseTo(1 / 2, 12);
    expect(report.decided.errorsCaught).toBeCloseTo(1 / 2, 12);
  });

  it('gives risk at the surest 100, 95, 90 and 80 %', () => {
    expect(report.riskCoverage.risk.map(({ coverage }) => coverage)).toEqual([1, 0.95, 0.9, 0.8]);
    expect(report.riskCoverage.risk[0].risk).toBeCloseTo(2 / 6, 12);
    // 80 % of six are five: without the second beat, the least sure.
    expect(report.riskCoverage.risk[3].risk).toBeCloseTo(1 / 5, 12);
  });

  it('gives beats up in another order where one is given', () => {
    const sure = doubtReport({ ...beats, sets: [], uncertain: [], confidence: [3, 2, 5, 4, 0, 6] });
    // 80 % are five: without the fifth beat, which is wrong; one of them is, the second.
    expect(sure.riskCoverage.risk[3].risk).toBeCloseTo(1 / 5, 12);
    const unsure = doubtReport({ ...beats, sets: [], uncertain: [], confidence: [0, 2, 5, 4, 3, 6] });
    expect(unsure.riskCoverage.risk[3].risk).toBeCloseTo(2 / 5, 12);
    expect(() => doubtReport({ ...beats, sets: [], uncertain: [], confidence: [1] })).toThrow(
      expect.objectContaining({ code: 'bad-shape' }),
    );
  });

  it('compares how sure a class is with how often it is right, by hand', () => {
    const confidence = [0.9, 0.3, 0.9, 0.9, 0.3, 0.9];
    const sure = doubtReport({ ...beats, sets: [], uncertain: [], confidence });
    // Four beats sure by .9 are all right, two sure by .3 both wrong: (4 × .1 + 2 × .3) / 6.
    expect(sure.confidenceEce).toBeCloseTo(1 / 6, 12);
    expect(report.confidenceEce).toBe(report.reliability.ece);
  });

  it('reads as tables', () => {
    expect(formatDoubtReport(report)).toContain('| 80          |    20.00 |             0.60 |');
    expect(formatRecordCoverage(report).split('\n')[2]).toContain('50.00');
  });
});
