import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import { auditSplit } from '../split.js';
import { formatExampleReport } from '../tables/example-tables.js';
import { evaluateExamples, type ScoredExamples } from './evaluate-examples.js';

const split = auditSplit('A → B', { train: ['svdb/1'], test: ['mitdb/0'] });

/** Reference a a a a b b c, prediction a a a b b a b; d occurs in neither. Two patients. */
const HAND: ScoredExamples = {
  classes: ['a', 'b', 'c', 'd'],
  labels: [0, 0, 0, 0, 1, 1, 2],
  probabilities: Float32Array.from([0, 0, 0, 1, 1, 0, 1].flatMap((c) => [0, 1, 2, 3].map((i) => +(i === c)))),
  groups: [0, 0, 1, 1, 0, 1, 1],
  patients: ['p', 'q'],
  split,
  bootstrap: { seed: 1, resamples: 200 },
  by: 'patient',
};

describe('evaluateExamples', () => {
  it('counts each class against all others', () => {
    const report = evaluateExamples(HAND);
    expect(report.confusion).toEqual([
      [3, 1, 0, 0],
      [1, 1, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 0, 0],
    ]);
    // By hand: of 4 a 3 are found; 4 are called a, 3 rightly; of 3 others 1 is called a.
    const [a, b, c, d] = report.perClass;
    expect(a.sensitivity.value).toBe(3 / 4);
    expect(a.positivePredictivity.value).toBe(3 / 4);
    expect(a.specificity.value).toBeCloseTo(2 / 3, 12);
    expect(a.f1.value).toBe(3 / 4);
    expect(b.positivePredictivity.value).toBe(1 / 3);
    expect(b.specificity.value).toBeCloseTo(3 / 5, 12);
    expect(b.f1.value).toBeCloseTo(2 / 5, 12);
    // c is never called, d neither occurs nor is called.
    expect([c.positivePredictivity.value, c.f1.value, c.specificity.value]).toEqual([null, 0, 1]);
    expect([d.support, d.sensitivity.value, d.f1.value, d.rocArea]).toEqual([0, null, null, null]);
    expect(report.accuracy.value).toBe(4 / 7);
    // Over a, b and c, which occur: the d that does not is no zero.
    expect(report.macroF1.value).toBeCloseTo((3 / 4 + 2 / 5 + 0) / 3, 12);
    expect(report.weightedF1.value).toBeCloseTo((4 * (3 / 4) + 2 * (2 / 5)) / 7, 12);
  });

  it('draws the curves and areas of a known example', () => {
    // Origin: scikit-learn's documented example of roc_curve and average_precision_score, y 0 0 1 1 with scores
    // .1 .4 .35 .8: area 0.75, average precision 0.83, points (0,0) (0,.5) (.5,.5) (.5,1) (1,1).
    const scores = [0.1, 0.4, 0.35, 0.8];
    const report = evaluateExamples({
      ...HAND,
      classes: ['normal', 'arrhythmic'],
      labels: [0, 0, 1, 1],
      probabilities: Float32Array.from(scores.flatMap((p) => [1 - p, p])),
      groups: [0, 1, 0, 1],
    });
    const positive = report.perClass[1];
    expect(positive.roc).toEqual({
      falsePositiveRate: [0, 0, 0.5, 0.5, 1],
      sensitivity: [0, 0.5, 0.5, 1, 1],
    });
    expect(positive.precisionRecall.positivePredictivity).toEqual([1, 1 / 2, 2 / 3, 1 / 2]);
    expect(positive.averagePrecision).toBeCloseTo(0.5 * 1 + 0.5 * (2 / 3), 12);
    expect(report.binary).toMatchObject({ positive: 'arrhythmic', auroc: { value: 0.75 } });
    // At one half .4 and .35 are called normal.
    expect(report.binary?.sensitivity.value).toBe(0.5);
    expect(report.binary?.specificity.value).toBe(1);
    expect(evaluateExamples(HAND).binary).toBeNull();
  });

  it('measures calibration over 15 bins', () => {
    const { reliability } = evaluateExamples({
      ...HAND,
      classes: ['a', 'b'],
      labels: [0, 0, 1, 0],
      probabilities: Float32Array.from([0.75, 0.25, 0.75, 0.25, 0.75, 0.25, 0.75, 0.25]),
      groups: [0, 1, 0, 1],
    });
    // Three of four right at 75 %: calibrated. NLL −(3 ln .75 + ln .25)/4; Brier (3·2/16 + 2·9/16)/4.
    expect(reliability.ece).toBe(0);
    expect(reliability.nll).toBeCloseTo(-(3 * Math.log(0.75) + Math.log(0.25)) / 4, 12);
    expect(reliability.brier).toBeCloseTo(0.375, 12);
    expect(reliability.bins).toHaveLength(15);
    expect(reliability.bins[11]).toMatchObject({ examples: 4, confidence: 0.75, accuracy: 0.75 });
    expect(reliability.bins[0]).toMatchObject({ examples: 0, confidence: null, accuracy: null });
  });

  it('is the same for permuted examples and patients, and another for one wrong label', () => {
    for (const by of ['patient', 'example'] as const) {
      const some = synthetic(400, 12, by);
      const report = evaluateExamples(some);
      const order = Array.from({ length: 400 }, (_, i) => (i * 171 + 5) % 400);
      const renumbered = (group: number) => 11 - group;
      const permuted = evaluateExamples({
        ...some,
        labels: order.map((i) => some.labels[i]),
        probabilities: Float32Array.from(order.flatMap((i) => [...row(some, i)])),
        groups: order.map((i) => renumbered(some.groups[i])),
        patients: [...some.patients].reverse(),
      });
      // Sums of logarithms in another order differ in the last places; all else is equal to the bit.
      const rounded = (key: string, value: unknown) =>
        typeof value === 'number' && ['ece', 'nll', 'brier', 'confidence'].includes(key)
          ? Number(value.toPrecision(12))
          : value;
      expect(JSON.stringify(permuted, rounded)).toBe(JSON.stringify(report, rounded));
      const labels = Array.from(some.labels);
      labels[7] = 1 - labels[7];
      expect(evaluateExamples({ ...some, labels }).accuracy.value).not.toBe(report.accuracy.value);
    }
  });

  it('gives intervals as wide as their theory, wider by patient than by example', () => {
    // By example: a proportion's standard error √(p(1 − p)/n), 1.96 of it for 95 %.
    const n = 2000;
    const independent = synthetic(n, 40, 'example');
    const { accuracy } = evaluateExamples({ ...independent, bootstrap: { seed: 2, resamples: 2000 } });
    const p = accuracy.value as number;
    const half = 1.96 * Math.sqrt((p * (1 - p)) / n);
    expect(Math.abs((accuracy.low as number) - (p - half))).toBeLessThan(0.1 * half);
    expect(Math.abs((accuracy.high as number) - (p + half))).toBeLessThan(0.1 * half);
    // Patients who are wholly right or wholly wrong: σ/√(patients), far beyond that tolerance.
    const labels = Array.from({ length: n }, (_, i) => i % 2);
    const alike = {
      ...independent,
      labels,
      probabilities: Float32Array.from(
        labels.flatMap((y, i) => ((i % 40) % 4 === 0 ? [y, 1 - y] : [1 - y, y])),
      ),
    };
    const byPatient = evaluateExamples({ ...alike, by: 'patient', bootstrap: { seed: 2 } }).accuracy;
    const wide = 1.96 * Math.sqrt((0.75 * 0.25) / 40);
    expect(((byPatient.high as number) - (byPatient.low as number)) / 2 / wide).toBeGreaterThan(0.88);
    expect(((byPatient.high as number) - (byPatient.low as number)) / 2 / wide).toBeLessThan(1.12);
    expect(wide).toBeGreaterThan(3 * half);
  });

  it('gives the area its interval by Hanley and McNeil', () => {
    // Scores of normal deviates 1 apart: area Φ(1/√2) = 0.760; SE of Hanley & McNeil, Radiology 143:29–36, 1982.
    const random = createRandom(3);
    const m = 500;
    const labels = Array.from({ length: 2 * m }, (_, i) => i % 2);
    const scores = labels.map((y) => 1 / (1 + Math.exp(-(random.normal() + y))));
    const { binary } = evaluateExamples({
      ...synthetic(2 * m, 10, 'example'),
      labels,
      probabilities: Float32Array.from(scores.flatMap((p) => [1 - p, p])),
      bootstrap: { seed: 4 },
    });
    const area = binary?.auroc.value as number;
    const q1 = area / (2 - area);
    const q2 = (2 * area * area) / (1 + area);
    const se = Math.sqrt(
      (area * (1 - area) + (m - 1) * (q1 - area ** 2) + (m - 1) * (q2 - area ** 2)) / m ** 2,
    );
    const half = ((binary?.auroc.high as number) - (binary?.auroc.low as number)) / 2;
    expect(Math.abs(area - 0.76)).toBeLessThan(3 * se);
    expect(half / (1.96 * se)).toBeGreaterThan(0.85);
    expect(half / (1.96 * se)).toBeLessThan(1.15);
  });

  it('thins long curves to 200 points that keep their ends and their area', () => {
    const report = evaluateExamples(synthetic(3000, 10, 'patient'));
    for (const { roc, precisionRecall, rocArea } of report.perClass) {
      expect(roc.sensitivity.length).toBeLessThanOrEqual(200);
      expect(precisionRecall.sensitivity.length).toBeLessThanOrEqual(200);
      expect(roc.sensitivity.length).toBeGreaterThan(150);
      expect([roc.falsePositiveRate[0], roc.sensitivity[0]]).toEqual([0, 0]);
      expect([roc.falsePositiveRate.at(-1), roc.sensitivity.at(-1)]).toEqual([1, 1]);
      let area = 0;
      for (let i = 1; i < roc.sensitivity.length; i++) {
        const width = roc.falsePositiveRate[i] - roc.falsePositiveRate[i - 1];
        area += (width * (roc.sensitivity[i] + roc.sensitivity[i - 1])) / 2;
      }
      expect(Math.abs(area - (rocArea as number))).toBeLessThan(0.002);
    }
  });

  it('carries a leaky label in every title and survives JSON', () => {
    const leaky = auditSplit('all', { train: ['mitdb/0'], test: ['mitdb/0'] }, { leaky: true });
    const report = evaluateExamples({ ...HAND, split: leaky, rPeaks: 'given' });
    expect(report.title).toBe('LEAKY all (mitdb/0 on both sides) · R peaks given · 2 patients · 7 examples');
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    const text = formatExampleReport(report);
    const titles = text.split('\n').filter((line) => line.startsWith('**'));
    expect(titles).toHaveLength(3);
    for (const title of titles) expect(title).toContain('LEAKY all (mitdb/0 on both sides)');
    expect(text).toContain('resamples of patients');
    expect(text).not.toMatch(/NaN|undefined|null/);
  });

  it('refuses what does not fit', () => {
    const code = (change: Partial<ScoredExamples>, expected: string) =>
      expect(() => evaluateExamples({ ...HAND, ...change })).toThrowError(
        expect.objectContaining({ code: expected }),
      );
    code({ labels: [0] }, 'bad-shape');
    code({ labels: [0, 0, 0, 0, 1, 1, 4] }, 'bad-option');
    code({ groups: [0, 0, 0, 0, 0, 0, 2] }, 'bad-option');
    code({ groups: [0, 0, 0, 0, 0, 0, 0] }, 'too-short');
    const probabilities = HAND.probabilities.slice();
    probabilities[5] = NaN;
    code({ probabilities }, 'bad-option');
    code({ bootstrap: { seed: 1, resamples: 0 } }, 'bad-option');
  });
});

/** Two classes of n examples told rightly three times of four, examples of `patients` in turn. */
function synthetic(n: number, patients: number, by: 'patient' | 'example'): ScoredExamples {
  const random = createRandom(9);
  const labels = Array.from({ length: n }, () => random.integer(2));
  return {
    classes: ['a', 'b'],
    labels,
    probabilities: Float32Array.from(
      labels.flatMap((y) => {
        const p = 1 / (1 + Math.exp(-(random.normal() + (y - 0.5) * 1.35)));
        return [1 - p, p];
      }),
    ),
    groups: labels.map((_, i) => i % patients),
    patients: Array.from({ length: patients }, (_, i) => `p${String(i).padStart(2, '0')}`),
    split,
    bootstrap: { seed: 1, resamples: 100 },
    by,
  };
}

function row({ probabilities, classes }: ScoredExamples, i: number): Float32Array {
  return probabilities.subarray(i * classes.length, (i + 1) * classes.length);
}
