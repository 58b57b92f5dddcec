import type { ExampleReport } from '../../../evaluation/index.js';
import type { EnsembleName } from '../../../models/index.js';
import type { GeneratedReview } from '../../gan/review-generated.js';
import type { PairedMetrics } from './paired.js';

/** Fractions, 0…1. */
export interface ExampleScores {
  readonly accuracy: number;
  /** Mean F1 of the classes that occur. */
  readonly macroF1: number;
  readonly weightedF1: number;
}

/** Figures on the examples that chose epochs and calibration, and on the test set once that was scored. */
interface PartScores {
  readonly validation: ExampleScores | null;
  readonly test: ExampleScores | null;
}

/** One trained network. */
export interface MemberMetrics extends PartScores {
  readonly seed: number;
  readonly epochs: number;
  /** Whose weights it has. */
  readonly bestEpoch: number;
  /** s of training, on the machine it ran on. */
  readonly seconds: number;
}

/** The first seed's network as a file. */
export interface FormMetrics extends PartScores {
  readonly bytes: number;
  /** ms of one example by itself, one thread, median. */
  readonly latencyMs: number;
  /** ms an example in a batch, one thread, median. */
  readonly batchLatencyMs: number;
}

/** An architecture of the run. */
export interface NetworkMetrics {
  readonly name: string;
  readonly kind: string;
  readonly input: string;
  readonly parameters: number;
  readonly members: readonly MemberMetrics[];
  /** Single precision, and 8-bit integers. */
  readonly fp32: FormMetrics;
  readonly int8: FormMetrics;
  /** Of the first seed. */
  readonly validation: ExampleReport | null;
  /** One a seed; none before the test set was scored. */
  readonly tests: readonly ExampleReport[];
  /** The first seed's test without records that sway it (202, 232), where they are tested. */
  readonly without: readonly { readonly record: string; readonly report: ExampleReport }[];
  /** Of a network that trained on generated examples too: whether they repeat real ones; picture in `generated.svg`. */
  readonly generated: GeneratedReview['classes'] | null;
}

/** Networks joined, seed by seed. */
export interface EnsembleMetrics {
  readonly members: readonly string[];
  readonly readings: readonly {
    readonly reading: EnsembleName;
    /** One a seed. */
    readonly validation: readonly ExampleScores[];
    readonly test: readonly ExampleScores[] | null;
  }[];
  /** The reading with the best validation macro-F1. */
  readonly chosen: EnsembleName;
  /** Of the chosen reading, one a seed; none before the test set was scored. */
  readonly tests: readonly ExampleReport[];
}

/** Everything measured in a run: `metrics.json`. */
export interface RunMetrics {
  readonly name: string;
  readonly version: string;
  readonly protocol: string;
  /** Of the audited split. */
  readonly split: string;
  readonly leaky: boolean;
  readonly software: string;
  /** ISO 8601 day of training. */
  readonly date: string;
  readonly classes: readonly string[];
  /** Examples of each class on each side. */
  readonly counts: Readonly<Record<'train' | 'validation' | 'test', readonly number[]>>;
  readonly networks: readonly NetworkMetrics[];
  readonly ensemble: EnsembleMetrics | null;
  readonly paired: readonly PairedMetrics[];
  /** How often these test records have been scored, this time included; null before. */
  readonly testUses: number | null;
}
