import { describe, expect, it } from 'vitest';
import { episodeFigures } from './scored-episodes.js';
import {
  areaUnderRoc,
  balancedThreshold,
  countByOtherFolds,
  countWindows,
  MIXED,
  NOISY,
  type ScoredRecord,
  windowFigures,
} from './scored-windows.js';

/** Windows of 5 s every 2.5 s at 100 Hz: what each is, and the probability of VT in tenths. */
function record(id: string, labels: readonly number[], tenths: readonly number[]): ScoredRecord {
  return {
    id,
    patient: id,
    fs: 100,
    length: 250 * labels.length + 250,
    starts: Float64Array.from(labels, (_, w) => 250 * w),
    labels: Int8Array.from(labels),
    probabilities: Float32Array.from(tenths.flatMap((p) => [1 - p / 10, p / 20, p / 20])),
    ventricular: [],
    noise: [],
  };
}

describe('countWindows', () => {
  it('counts what each window is and is called', () => {
    const one = record('a', [0, 0, 0, 1, 2, 1, MIXED, NOISY, NOISY], [1, 6, 2, 9, 5, 4, 9, 9, 1]);
    expect(countWindows(one, 0.5)).toEqual({
      id: 'a',
      patient: 'a',
      found: 2,
      missed: 1,
      quiet: 2,
      alarms: 1,
      noisy: 2,
      noisyAlarms: 1,
    });
  });

  it('calls nothing that cannot be read', () => {
    const one = record('a', [0, 1], [Number.NaN, Number.NaN]);
    expect(countWindows(one, 0)).toMatchObject({ found: 0, missed: 1, quiet: 1, alarms: 0 });
  });
});

describe('windowFigures', () => {
  const records = [
    record('a', [1, 1, 1, 1, 0, 0, 0, 0], [9, 9, 9, 1, 0, 0, 0, 0]),
    record('b', [2, 2, 0, 0, 0, 0, 0, 0], [9, 9, 6, 0, 0, 0, 0, 0]),
  ];
  const figures = windowFigures(
    records,
    records.map((one) => countWindows(one, 0.5)),
  );

  it('are of all windows, and of patients with four of a kind', () => {
    // 5 of 6 found, 9 of 10 quiet; the mean over patients leaves b's two out: 3 / 4, and (4 / 4 + 5 / 6) / 2.
    expect(figures).toMatchObject({ patients: 2, positives: 6, negatives: 10 });
    expect(figures.sensitivity.value).toBeCloseTo(5 / 6, 12);
    expect(figures.specificity.value).toBeCloseTo(0.9, 12);
    expect(figures.meanSensitivity.value).toBeCloseTo(0.75, 12);
    expect(figures.meanSpecificity.value).toBeCloseTo(11 / 12, 12);
  });

  it('have intervals by patient, and an area by pairs', () => {
    // Resamples of two patients are a twice, b twice, or both: 3 / 4, 2 / 2, 5 / 6.
    expect([figures.sensitivity.low, figures.sensitivity.high]).toEqual([0.75, 1]);
    // Pairs by hand: five positives of 0.9 above all ten; that of 0.1 above nine, below 0.6.
    expect(areaUnderRoc(records)).toBeCloseTo((5 * 10 + 9) / 60, 12);
  });
});

describe('balancedThreshold', () => {
  it('lies where the smaller of both shares is largest', () => {
    // Above 0.4: 3 of 4 found, 5 of 6 quiet. Lower: fewer quiet; higher: fewer found.
    const one = record('a', [1, 1, 1, 1, 0, 0, 0, 0, 0, 0], [9, 8, 5, 3, 6, 4, 4, 2, 1, 0]);
    expect(balancedThreshold([one])).toBeCloseTo(0.45, 6);
  });

  it('of a record is chosen by the other folds', () => {
    const low = record('a', [1, 1, 0, 0], [4, 4, 1, 1]);
    const high = record('b', [1, 1, 0, 0], [9, 9, 6, 6]);
    // By the other's thresholds, 0.75 and 0.25, a has no window found and b none quiet.
    const [a, b] = countByOtherFolds([[low], [high]]);
    expect(a).toMatchObject({ found: 0, missed: 2, quiet: 2, alarms: 0 });
    expect(b).toMatchObject({ found: 2, missed: 0, quiet: 0, alarms: 2 });
    // Negative control: by their own, both are right.
    expect(countWindows(low, balancedThreshold([low]))).toMatchObject({ found: 2, quiet: 2 });
  });
});

describe('episodeFigures', () => {
  it('compares time and episodes, noise left out', () => {
    // Found by hand: windows 2 and 3, 625…1125; windows 8 and 9, 2125…2625.
    const one: ScoredRecord = {
      ...record('a', new Array(14).fill(0), [0, 0, 9, 9, 0, 0, 0, 0, 9, 9, 0, 0, 0, 0]),
      ventricular: [
        { from: 500, to: 1000 },
        { from: 3000, to: 3100 },
      ],
      noise: [{ from: 2500, to: 2600 }],
    };
    const figures = episodeFigures([one], 0.5);
    // 375 of 600 annotated samples; of 1000 found, 100 in noise, 375 right. The second annotated one is short.
    expect(figures.durationSensitivity).toBeCloseTo(375 / 600, 12);
    expect(figures.durationPredictivity).toBeCloseTo(375 / 900, 12);
    expect(figures).toMatchObject({ episodes: 1, found: 1, alarms: 0 });
    expect(figures.hours).toBeCloseTo((3750 - 600 - 100) / 100 / 3600, 12);
    expect(episodeFigures([{ ...one, noise: [] }], 0.5).alarms).toBe(1);
  });
});
