import type { ClassCounts } from '../../src/evaluation/index.js';
import type { NoiseKind } from './stress.js';

/** Hits, missed and extra beats. */
export interface Detected {
  hits: number;
  missed: number;
  extra: number;
}

/** One kind of noise at one ratio, over all records. */
export interface StressPoint {
  readonly kind: NoiseKind | 'none';
  readonly snrDb: number | null;
  /** The standard figure: 5:00 to the end, half of it without noise. */
  readonly standard: Detected;
  /** Within the noisy stretches alone, and there in seconds of which some lead is judged good. */
  readonly noisy: Detected;
  readonly judgedGood: Detected;
  /** Seconds of noisy stretches, and those in which no lead is judged good. */
  readonly seconds: number;
  readonly unreadable: number;
  /** Beats of the noisy stretches by class at the reference's R peaks: all, and those in good seconds. */
  readonly counts: ClassCounts;
  readonly countsGood: ClassCounts;
}

/** Fractions, 0…1. */
interface Shares {
  readonly sensitivity: number;
  readonly positivePredictivity: number;
}

/** F1, 0…1. */
interface ClassScores {
  readonly macroF1: number;
  readonly N: number;
  readonly S: number;
  readonly V: number;
}

/** A point in fractions: a row of the tables. */
export interface StressRow {
  readonly kind: NoiseKind | 'none';
  readonly snrDb: number | null;
  readonly standard: Shares;
  readonly noisy: Shares;
  readonly judgedGood: Shares;
  readonly unreadable: number;
  readonly classification: ClassScores;
  readonly classificationGood: ClassScores;
}
