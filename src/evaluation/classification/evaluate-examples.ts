import { EcgError } from '../../core/index.js';
import type { SplitLabel } from '../split.js';
import { areaInterval } from './area-interval.js';
import { BOOTSTRAP_DEFAULTS, type BootstrapOptions, bootstrapSums, type Interval } from './bootstrap.js';
import { type ConfusionStatistics, confusionStatistics } from './confusion-statistics.js';
import { areasOfSteps } from './curve-areas.js';
import { curvePoints } from './curve-points.js';
import type { Estimate, ExampleClass, ExampleReport } from './example-report.js';
import { reliability } from './reliability.js';
import { resampledCells } from './resampled-cells.js';
import { thresholdSteps } from './threshold-steps.js';

/** Predicted examples of any classes, whose they are, and by which split they were kept apart. */
export interface ScoredExamples {
  readonly classes: readonly string[];
  /** Index into `classes` of each example. */
  readonly labels: ArrayLike<number>;
  /** [n × classes], row by row, each row summing to 1. */
  readonly probabilities: Float32Array;
  /** Index into `patients` of each example. */
  readonly groups: ArrayLike<number>;
  readonly patients: readonly string[];
  /** From `auditSplit`. */
  readonly split: SplitLabel;
  /** Whether the R peaks were given by the reference or found by the detector; `not used` when omitted. */
  readonly rPeaks?: 'given' | 'found' | 'not used';
  readonly bootstrap: BootstrapOptions;
  /**
   * What intervals draw with replacement. Patients, wherever they are known: examples of one heart resemble each
   * other. Examples, where there are none (synthetic ones), and then intervals are too narrow for real hearts.
   */
  readonly by: 'patient' | 'example';
}

/** The four figures of a class that carry an interval. */
const CLASS_FIGURES = ['sensitivity', 'positivePredictivity', 'specificity', 'f1'] as const;

/**
 * How well examples are classed: every figure with its interval, the confusion matrix, curves and calibration.
 *
 * The most probable class is the prediction, the first of equals. Neither the order of the examples nor that of the
 * patients matters.
 *
 * @throws EcgError `bad-shape` when probabilities, labels and patients do not fit or there is no example;
 *   `bad-option` for a label, patient or probability that is none; `too-short` below two patients drawn by patient
 */
export function evaluateExamples(scored: ScoredExamples): ExampleReport {
  checkExamples(scored);
  const { classes, labels, probabilities, split, rPeaks = 'not used', by } = scored;
  const k = classes.length;
  const n = labels.length;
  const bootstrap = { ...BOOTSTRAP_DEFAULTS, ...scored.bootstrap };
  const { unit, units } = patientsByName(scored);
  if (by === 'patient' && units < 2) {
    throw new EcgError(
      'too-short',
      `evaluateExamples: ${units} patient, give examples of two or more, or draw them by example`,
    );
  }
  const drawnWith = by === 'patient' ? unit : null;
  const cell = Uint32Array.from({ length: n }, (_, i) => labels[i]! * k + mostProbable(probabilities, i, k));
  const counts = new Float64Array(k * k);
  for (const c of cell) counts[c]! += 1;
  const statistics = confusionStatistics({ confusion: rows(counts, k) });
  const intervals = bootstrapSums(
    resampledCells(cell, k * k, drawnWith, units),
    (sum) => figures(confusionStatistics({ confusion: rows(sum, k) })),
    bootstrap,
  );
  const estimate = (name: string, value: number): Estimate => estimateOf(value, intervals[name]);
  const scoresOf = (c: number) => Float32Array.from({ length: n }, (_, i) => probabilities[i * k + c]!);
  const isClass = (c: number) => Array.from({ length: n }, (_, i) => labels[i] === c);
  const perClass = classes.map((name, c): ExampleClass => {
    const own = statistics.classes[c]!;
    const steps = thresholdSteps(scoresOf(c), isClass(c));
    const areas = areasOfSteps(steps);
    return {
      name,
      support: own.support,
      sensitivity: estimate(`${c}.sensitivity`, own.sensitivity),
      positivePredictivity: estimate(`${c}.positivePredictivity`, own.positivePredictivity),
      specificity: estimate(`${c}.specificity`, own.specificity),
      f1: estimate(`${c}.f1`, own.f1),
      rocArea: orNull(areas.roc),
      averagePrecision: orNull(areas.precisionRecall),
      ...curvePoints(steps),
    };
  });
  const [, positive] = perClass;
  const calibration = reliability({ probabilities, labels, classes: k });
  return {
    title: `${split.title} · R peaks ${rPeaks} · ${units} ${units === 1 ? 'patient' : 'patients'} · ${n} examples`,
    split: { title: split.title, leaky: split.leaky },
    rPeaks,
    classes: [...classes],
    examples: n,
    patients: units,
    accuracy: estimate('accuracy', statistics.accuracy),
    macroF1: estimate('macroF1', statistics.macroF1),
    weightedF1: estimate('weightedF1', statistics.weightedF1),
    perClass,
    confusion: rows(counts, k).map((row) => [...row]),
    reliability: {
      ...calibration,
      bins: calibration.bins.map(({ from, to, beats, confidence, accuracy }) => ({
        from,
        to,
        examples: beats,
        confidence: orNull(confidence),
        accuracy: orNull(accuracy),
      })),
    },
    binary:
      k !== 2 || positive === undefined
        ? null
        : {
            positive: positive.name,
            sensitivity: positive.sensitivity,
            specificity: positive.specificity,
            auroc: estimateOf(
              positive.rocArea ?? NaN,
              areaInterval(scoresOf(1), isClass(1), drawnWith, units, bootstrap),
            ),
          },
    bootstrap: { by, ...bootstrap },
  };
}

/** The patients that have examples, in the order of their names, and whose each example is. */
function patientsByName({ groups, patients }: ScoredExamples): { unit: Uint32Array; units: number } {
  const present = [...new Set(Array.from(groups, (g) => patients[g]!))].sort();
  const place = new Map(present.map((name, i) => [name, i]));
  return { unit: Uint32Array.from(groups, (g) => place.get(patients[g]!)!), units: present.length };
}

function mostProbable(probabilities: ArrayLike<number>, row: number, k: number): number {
  let best = 0;
  for (let c = 1; c < k; c++) if (probabilities[row * k + c]! > probabilities[row * k + best]!) best = c;
  return best;
}

function rows(flat: Float64Array, k: number): Float64Array[] {
  return Array.from({ length: k }, (_, row) => flat.subarray(row * k, row * k + k));
}

function figures({ accuracy, macroF1, weightedF1, classes }: ConfusionStatistics): Record<string, number> {
  const named: Record<string, number> = { accuracy, macroF1, weightedF1 };
  for (let c = 0; c < classes.length; c++) {
    for (const figure of CLASS_FIGURES) named[`${c}.${figure}`] = classes[c]![figure];
  }
  return named;
}

function estimateOf(value: number, interval: Interval | undefined): Estimate {
  return { value: orNull(value), low: orNull(interval?.low ?? NaN), high: orNull(interval?.high ?? NaN) };
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function checkExamples({ classes, labels, probabilities, groups, patients }: ScoredExamples): void {
  const k = classes.length;
  const n = labels.length;
  if (n === 0 || k < 2 || probabilities.length !== n * k || groups.length !== n) {
    throw new EcgError(
      'bad-shape',
      `evaluateExamples: ${n} labels, ${groups.length} patients and ${probabilities.length} probabilities of ${k} classes, give two classes or more, an example at least, and a label, a patient and a row of probabilities for each`,
    );
  }
  for (let i = 0; i < n; i++) {
    if (classes[labels[i]!] === undefined || patients[groups[i]!] === undefined) {
      throw new EcgError(
        'bad-option',
        `evaluateExamples: example ${i} has label ${labels[i]} and patient ${groups[i]}, give indices of the ${k} classes and ${patients.length} patients`,
      );
    }
  }
  const bad = probabilities.findIndex((p) => !(p >= 0 && p <= 1.001));
  if (bad >= 0) {
    throw new EcgError(
      'bad-option',
      `evaluateExamples: example ${Math.floor(bad / k)} has probability ${probabilities[bad]}, give 0 to 1`,
    );
  }
}
