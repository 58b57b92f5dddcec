import type { ExampleReport } from '../../../evaluation/index.js';
import type { FormMetrics } from '../run/metrics.js';

/** One network's cross-validation. */
export interface CrossValidatedNetwork {
  readonly name: string;
  readonly parameters: number;
  /** s of training, all folds of the first seed. */
  readonly seconds: number;
  /** Macro-F1 of each fold, each seed in turn. */
  readonly folds: readonly (readonly number[])[];
  /** All folds' held-out examples together, a report a seed. */
  readonly reports: readonly ExampleReport[];
  /** The fold whose network is released: that of the best macro-F1 of the first seed. */
  readonly bestFold: number;
  /** Its two files, with the figures of the fold held out from it as their validation. */
  readonly fp32: FormMetrics;
  readonly int8: FormMetrics;
}
