import { bootstrapSums, curveAreas, type Interval } from '../../../evaluation/index.js';
import type { Span } from './label-windows.js';

/** Every window of a record as a network that never saw its patient called it. */
export interface ScoredRecord {
  /** `vfdb/418` */
  readonly id: string;
  readonly patient: string;
  /** Hz; samples. */
  readonly fs: number;
  readonly length: number;
  /** First sample of each window, ascending. */
  readonly starts: Float64Array;
  /** Index into `VENTRICULAR_CLASSES` where the window is of one class; `MIXED` or `NOISY` where nobody can say. */
  readonly labels: Int8Array;
  /** [windows, classes] */
  readonly probabilities: Float32Array;
  /** Stretches of VT or VF by the annotators, and those they called noise. */
  readonly ventricular: readonly Span[];
  readonly noise: readonly Span[];
}

export const MIXED = -1;
export const NOISY = -2;
const CLASSES = 3;

/** VT and VF together. */
export function ventricularProbability({ probabilities }: ScoredRecord, w: number): number {
  return probabilities[CLASSES * w + 1] + probabilities[CLASSES * w + 2];
}

/** Windows of a record by what they are and are called. */
export interface WindowCounts {
  readonly id: string;
  readonly patient: string;
  readonly found: number;
  readonly missed: number;
  readonly quiet: number;
  readonly alarms: number;
  /** Windows in noise, and those of them called ventricular. */
  readonly noisy: number;
  readonly noisyAlarms: number;
}

/** Counts a record's windows; one that cannot be read is not called ventricular. */
export function countWindows(record: ScoredRecord, threshold: number): WindowCounts {
  const counts = { found: 0, missed: 0, quiet: 0, alarms: 0, noisy: 0, noisyAlarms: 0 };
  record.labels.forEach((label, w) => {
    const called = ventricularProbability(record, w) >= threshold;
    if (label === NOISY) {
      counts.noisy++;
      if (called) counts.noisyAlarms++;
    } else if (label > 0) counts[called ? 'found' : 'missed']++;
    else if (label === 0) counts[called ? 'alarms' : 'quiet']++;
  });
  return { id: record.id, patient: record.patient, ...counts };
}

/** A figure with its interval by patient. */
export interface Figure extends Interval {
  readonly value: number;
}

export interface WindowFigures {
  readonly patients: number;
  /** Windows of VT or VF, and of other rhythms. */
  readonly positives: number;
  readonly negatives: number;
  /** Of all windows together. */
  readonly sensitivity: Figure;
  readonly specificity: Figure;
  readonly auroc: number;
  /** Means over the patients that have such windows, each of whom counts once. */
  readonly meanSensitivity: Figure;
  readonly meanSpecificity: Figure;
}

/** Fewest windows of a kind by which a patient has a share of his own. */
const FEWEST = 4;

/**
 * Sensitivity, specificity and area under the ROC curve of windows, and what they are for the average patient.
 *
 * Intervals: 2000 resamples of patients, seed 1.
 *
 * @param counts  one a record, of `countWindows`; of one threshold or of each record's own
 */
export function windowFigures(
  records: readonly ScoredRecord[],
  counts: readonly WindowCounts[],
): WindowFigures {
  const patients = [...new Set(counts.map(({ patient }) => patient))];
  const sums = patients.map((patient) => {
    const sum = new Float64Array(8);
    for (const own of counts) {
      if (own.patient !== patient) continue;
      sum[0] += own.found;
      sum[1] += own.found + own.missed;
      sum[2] += own.quiet;
      sum[3] += own.quiet + own.alarms;
    }
    if (sum[1] >= FEWEST) {
      sum[4] = sum[0] / sum[1];
      sum[5] = 1;
    }
    if (sum[3] >= FEWEST) {
      sum[6] = sum[2] / sum[3];
      sum[7] = 1;
    }
    return sum;
  });
  const figuresOf = (sum: Float64Array) => ({
    sensitivity: sum[0] / sum[1],
    specificity: sum[2] / sum[3],
    meanSensitivity: sum[4] / sum[5],
    meanSpecificity: sum[6] / sum[7],
  });
  const add = (patient: number, into: Float64Array): void => {
    for (let k = 0; k < 8; k++) into[k] += sums[patient][k];
  };
  const all = new Float64Array(8);
  for (let p = 0; p < sums.length; p++) add(p, all);
  const intervals = bootstrapSums({ units: sums.length, width: 8, add }, figuresOf, { seed: 1 });
  const values = figuresOf(all);
  const figure = (name: keyof typeof values): Figure => ({ value: values[name], ...intervals[name] });
  return {
    patients: patients.length,
    positives: all[1],
    negatives: all[3],
    sensitivity: figure('sensitivity'),
    specificity: figure('specificity'),
    auroc: areaUnderRoc(records),
    meanSensitivity: figure('meanSensitivity'),
    meanSpecificity: figure('meanSpecificity'),
  };
}

/** Area under the ROC curve over all windows of one class. */
export function areaUnderRoc(records: readonly ScoredRecord[]): number {
  const scores: number[] = [];
  const positive: boolean[] = [];
  for (const record of records) {
    record.labels.forEach((label, w) => {
      if (label < 0) return;
      scores.push(ventricularProbability(record, w));
      positive.push(label > 0);
    });
  }
  return curveAreas(scores, positive).roc;
}

/**
 * The threshold at which the smaller of sensitivity and specificity is largest, half-way to the next window's
 * probability.
 */
export function balancedThreshold(records: readonly ScoredRecord[]): number {
  const positives: number[] = [];
  const negatives: number[] = [];
  for (const record of records) {
    record.labels.forEach((label, w) => {
      if (label >= 0) (label > 0 ? positives : negatives).push(ventricularProbability(record, w));
    });
  }
  positives.sort((a, b) => a - b);
  negatives.sort((a, b) => a - b);
  const candidates = [...new Set([...positives, ...negatives])].sort((a, b) => a - b);
  let best = 0.5;
  let most = -1;
  let p = 0;
  let n = 0;
  for (let c = 0; c + 1 < candidates.length; c++) {
    while (p < positives.length && positives[p] <= candidates[c]) p++;
    while (n < negatives.length && negatives[n] <= candidates[c]) n++;
    const least = Math.min(1 - p / positives.length, n / negatives.length);
    if (least > most) {
      most = least;
      best = (candidates[c] + candidates[c + 1]) / 2;
    }
  }
  return best;
}

/** Each record counted at the threshold of the records of other folds, so that none takes part in choosing its own. */
export function countByOtherFolds(folds: readonly (readonly ScoredRecord[])[]): WindowCounts[] {
  return folds.flatMap((fold, f) => {
    const threshold = balancedThreshold(folds.filter((_, other) => other !== f).flat());
    return fold.map((record) => countWindows(record, threshold));
  });
}
