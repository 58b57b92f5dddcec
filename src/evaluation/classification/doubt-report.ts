import { type Reliability, reliability } from './reliability.js';
import { type RiskCoverage, riskCoverage } from './risk-coverage.js';
import type { ScoredBeats } from './scored-beats.js';
import { type SetCoverage, setCoverage } from './set-coverage.js';

/** Predicted beats, and all that was said of how far to trust them. */
export interface DoubtedBeats extends ScoredBeats {
  /** Index into `records` of each beat. */
  readonly groups: ArrayLike<number>;
  readonly records: readonly string[];
  /** Sets of classes, a bit mask a beat, for each coverage that was wanted. */
  readonly sets: readonly { readonly coverage: number; readonly masks: ArrayLike<number> }[];
  /** How sure the class said of each beat is, in which order beats are given up; its probability when omitted. */
  readonly confidence?: ArrayLike<number>;
  /** Whether each beat was called uncertain. */
  readonly uncertain: ArrayLike<boolean>;
}

/** Whether a classifier knows what it does not know. Plain data; shares are 0…1. */
export interface DoubtReport {
  readonly beats: number;
  readonly records: number;
  /** Of the probabilities: ECE over 15 bins, negative log likelihood, Brier score. */
  readonly reliability: Reliability;
  /** ECE over 15 bins of how sure the class said is; that of the probabilities where nothing else was given. */
  readonly confidenceEce: number;
  /** Error among the surest 100, 95, 90 and 80 %. */
  readonly riskCoverage: RiskCoverage;
  readonly sets: readonly { readonly wanted: number; readonly found: SetCoverage }[];
  readonly decided: {
    /** Share of the beats that were called certain. */
    readonly certain: number;
    /** Error among these, and among the uncertain ones; NaN of none. */
    readonly riskCertain: number;
    readonly riskUncertain: number;
    /** Share of all errors that were called uncertain. */
    readonly errorsCaught: number;
  };
}

const BINS = 15;

/**
 * Calibration, risk against coverage, coverage of sets by record, and what calling beats uncertain brings.
 *
 * @throws EcgError `bad-shape` when probabilities, labels, sets and records do not fit
 */
export function doubtReport(beats: DoubtedBeats): DoubtReport {
  const { labels, groups, records, classes, uncertain } = beats;
  const n = labels.length;
  const report = reliability(beats);
  const risk = riskCoverage(beats, [1, 0.95, 0.9, 0.8], beats.confidence);
  const counts = { certain: 0, wrongCertain: 0, wrongUncertain: 0 };
  for (let i = 0; i < n; i++) {
    const wrong = mostProbable(beats, i) !== labels[i];
    if (uncertain[i]) counts.wrongUncertain += wrong ? 1 : 0;
    else {
      counts.certain++;
      counts.wrongCertain += wrong ? 1 : 0;
    }
  }
  return {
    beats: n,
    records: new Set(Array.from(groups)).size,
    reliability: report,
    confidenceEce: beats.confidence === undefined ? report.ece : confidenceEce(beats, beats.confidence),
    riskCoverage: risk,
    sets: beats.sets.map(({ coverage, masks }) => ({
      wanted: coverage,
      found: setCoverage({ sets: masks, labels, groups, records, classes }),
    })),
    decided: {
      certain: counts.certain / n,
      riskCertain: counts.wrongCertain / counts.certain,
      riskUncertain: counts.wrongUncertain / (n - counts.certain),
      errorsCaught: counts.wrongUncertain / (counts.wrongUncertain + counts.wrongCertain),
    },
  };
}

/** The calibration error of being right, whatever the class. */
function confidenceEce(beats: ScoredBeats, confidence: ArrayLike<number>): number {
  const n = beats.labels.length;
  const bins = Array.from({ length: BINS }, () => ({ sure: 0, right: 0 }));
  for (let i = 0; i < n; i++) {
    const bin = bins[Math.min(BINS - 1, Math.max(0, Math.ceil(confidence[i]! * BINS) - 1))]!;
    bin.sure += confidence[i]!;
    if (mostProbable(beats, i) === beats.labels[i]) bin.right++;
  }
  return bins.reduce((sum, { sure, right }) => sum + Math.abs(right - sure), 0) / n;
}

function mostProbable({ probabilities, classes }: ScoredBeats, i: number): number {
  let best = 0;
  for (let c = 1; c < classes; c++) {
    if (probabilities[i * classes + c]! > probabilities[i * classes + best]!) best = c;
  }
  return best;
}
