/** A figure with its interval; null where undefined. Fractions. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** One class of an `ExampleReport`, against all others. */
export interface ExampleClass {
  readonly name: string;
  /** Examples of the class in the reference. */
  readonly support: number;
  readonly sensitivity: Estimate;
  readonly positivePredictivity: Estimate;
  readonly specificity: Estimate;
  readonly f1: Estimate;
  /** Areas under the curves; null for a class that does not occur, or alone occurs. */
  readonly rocArea: number | null;
  readonly averagePrecision: number | null;
  /** At most 200 points each, from the highest threshold down. */
  readonly roc: { readonly falsePositiveRate: readonly number[]; readonly sensitivity: readonly number[] };
  readonly precisionRecall: {
    readonly sensitivity: readonly number[];
    readonly positivePredictivity: readonly number[];
  };
}

/** One bin of confidence: `from` exclusive (except 0), `to` inclusive. */
export interface ExampleBin {
  readonly from: number;
  readonly to: number;
  readonly examples: number;
  /** Means over the bin's examples; null of none. */
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

/**
 * Everything said about how well examples are classed. Plain data that survives JSON: what is undefined is null.
 */
export interface ExampleReport {
  /** `DS1 → DS2 · R peaks given · 22 patients · 49000 examples`; begins with LEAKY where the split is. */
  readonly title: string;
  readonly split: { readonly title: string; readonly leaky: boolean };
  readonly rPeaks: 'given' | 'found' | 'not used';
  readonly classes: readonly string[];
  readonly examples: number;
  readonly patients: number;
  readonly accuracy: Estimate;
  /** Mean F1 of the classes that occur in the reference; in a resample, of those that occur in it. */
  readonly macroF1: Estimate;
  /** Mean F1 weighted by support. */
  readonly weightedF1: Estimate;
  readonly perClass: readonly ExampleClass[];
  /** Rows: reference; columns: prediction. */
  readonly confusion: readonly (readonly number[])[];
  readonly reliability: {
    /** Expected calibration error, 0…1. */
    readonly ece: number;
    /** Mean negative natural logarithm of the true class's probability. */
    readonly nll: number;
    /** Mean squared distance of the probabilities to the truth, summed over classes. 0…2 */
    readonly brier: number;
    readonly bins: readonly ExampleBin[];
  };
  /** Of two classes, the second against the first; null for any other number of classes. */
  readonly binary: {
    readonly positive: string;
    readonly sensitivity: Estimate;
    readonly specificity: Estimate;
    /** Area under the ROC curve. */
    readonly auroc: Estimate;
  } | null;
  readonly bootstrap: {
    /** What was drawn with replacement. */
    readonly by: 'patient' | 'example';
    readonly seed: number;
    readonly resamples: number;
    readonly level: number;
  };
}
