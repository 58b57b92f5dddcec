import { describe, expect, it } from 'vitest';
import { createWaveMarks, WAVE_MARKS } from '../../ecg/index.js';
import { compareMarks, type WaveMark } from './compare-marks.js';
import { reportMarks } from './delineation-report.js';
import { matchMarks } from './match-marks.js';
import { medianReference } from './median-reference.js';

const none = () =>
  Object.fromEntries(WAVE_MARKS.map((mark) => [mark, [] as number[]])) as Record<WaveMark, number[]>;
const pOnsets = (samples: number[]) => ({ ...createWaveMarks(0), pOnset: Float64Array.from(samples) });

describe('matchMarks', () => {
  it('pairs what is each other’s nearest', () => {
    expect(matchMarks([100, 200, 300], [90, 210, 500], 50)).toEqual({ reference: [0, 1], test: [0, 1] });
    // 120 is nearest to 100, but 105 is nearer to it: one of the two is extra.
    expect(matchMarks([100], [105, 120], 50)).toEqual({ reference: [0], test: [0] });
    expect(matchMarks([100, 112], [110], 50)).toEqual({ reference: [1], test: [0] });
    expect(matchMarks([], [1], 50)).toEqual({ reference: [], test: [] });
  });

  it('pairs at the window and not beyond', () => {
    expect(matchMarks([100], [150], 50).test).toEqual([0]);
    expect(matchMarks([100], [150.1], 50).test).toEqual([]);
  });
});

describe('compareMarks', () => {
  const reference = { ...none(), pOnset: [100, 200, 300] };

  it('counts matched, missed and extra, and the differences in ms', () => {
    const { pOnset } = compareMarks(reference, pOnsets([102, 195, 250]), { fs: 500, from: 90, to: 400 });
    // 250 is 50 samples, 100 ms, from 200 and 300: it is the nearest of 300, and 300 its second.
    expect(pOnset).toEqual({ matched: 2, missed: 1, extra: 1, differencesMs: [4, -10] });
  });

  it('counts nothing extra outside the annotated part or near a wave of unknown mark', () => {
    const count = (samples: number[], unknown = {}) =>
      compareMarks(reference, pOnsets(samples), { fs: 500, from: 90, to: 400, unknown }).pOnset.extra;
    expect(count([10, 600])).toBe(0);
    expect(count([390])).toBe(1);
    expect(count([390], { pOnset: [380] })).toBe(0);
    expect(count([390], { pOffset: [380] })).toBe(1);
    // A mark that matches counts wherever it lies.
    expect(compareMarks(reference, pOnsets([88]), { fs: 500, from: 90, to: 400 }).pOnset.matched).toBe(1);
  });

  it('leaves unknown marks out', () => {
    const { pOnset } = compareMarks({ ...none(), pOnset: [Number.NaN, 100] }, pOnsets([Number.NaN, 100]), {
      fs: 500,
      from: 0,
      to: 400,
    });
    expect(pOnset).toEqual({ matched: 1, missed: 0, extra: 0, differencesMs: [0] });
  });
});

describe('reportMarks', () => {
  const lead = (patient: string, matched: number, missed: number, extra: number, differencesMs: number[]) => {
    const empty = { matched: 0, missed: 0, extra: 0, differencesMs: [] };
    const marks = Object.fromEntries(WAVE_MARKS.map((mark) => [mark, empty])) as never;
    return {
      patient,
      marks: { ...(marks as object), tOffset: { matched, missed, extra, differencesMs } } as never,
    };
  };

  it('adds up over leads: shares, mean and standard deviation', () => {
    const report = reportMarks(
      [lead('a', 3, 1, 0, [1, 2, 3]), lead('b', 2, 0, 1, [10, 14]), lead('a', 1, 0, 0, [6])],
      1,
    );
    const tOffset = report.find(({ mark }) => mark === 'tOffset')!;
    // By hand: 6 of 7 found, 6 of 7 right; 1 2 3 6 10 14 have the mean 6 and squares about it 25 16 9 0 16 64 = 130.
    expect(tOffset.count).toBe(7);
    expect(tOffset.sensitivity.value).toBeCloseTo(6 / 7, 12);
    expect(tOffset.positivePredictivity.value).toBeCloseTo(6 / 7, 12);
    expect(tOffset.meanMs.value).toBeCloseTo(6, 12);
    expect(tOffset.sdMs.value).toBeCloseTo(Math.sqrt(130 / 5), 12);
    // a: 1 2 3 6 about 3, squares 14 / 3; b: 10 14, squares 8 / 1.
    expect(tOffset.withinPatientMs).toBeCloseTo((Math.sqrt(14 / 3) + Math.sqrt(8)) / 2, 12);
    expect(tOffset.toleranceMs).toBe(30.6);
    // Resampled patients: all of a, all of b, or both.
    expect(tOffset.sensitivity.low).toBeCloseTo(4 / 5, 12);
    expect(tOffset.sensitivity.high).toBe(1);
  });

  it('refuses to make intervals of one patient', () => {
    expect(() => reportMarks([lead('a', 1, 0, 0, [1])], 1)).toThrow(
      expect.objectContaining({ code: 'too-short' }),
    );
  });
});

describe('medianReference', () => {
  it('takes the median of the leads that have the wave, when most do', () => {
    const leads = [[100, 500], [104, 900], [110, 504], [102]].map((pOnset) => ({ ...none(), pOnset }));
    // 100 102 104 110 have the median 103; two of four leads are not most.
    expect(medianReference(leads, 100).pOnset).toEqual([103]);
    expect(medianReference(leads.slice(0, 3), 100).pOnset).toEqual([104, 502]);
  });
});
