import type { ExampleReport } from '../../evaluation/index.js';
import type { EpochFigures } from '../learning-curve.js';

/** A trained network in one precision. */
export interface ExportedNetwork {
  /** `fp32`, `int8` */
  readonly precision: string;
  readonly bytes: number;
  /** ms of one example by itself, and of each in a batch of 64. */
  readonly latencyMs: number;
  readonly batchLatencyMs: number;
  /** Of the examples that `ReportedNetwork.test` is of. */
  readonly macroF1: number;
  readonly accuracy: number;
}

/** One network of a recipe: how it learned and how well it does. */
export interface ReportedNetwork {
  readonly name: string;
  /** 0 for what has none of its own, such as an ensemble. */
  readonly parameters: number;
  /** Of training, all seeds together; wall clock. 0 for what was not trained. */
  readonly seconds: number;
  /** The epochs of each seed; none for what was not trained, such as an ensemble. */
  readonly epochs: readonly (readonly EpochFigures[])[];
  /** Shown beside `test`; null where that is of the validation examples already. */
  readonly validation: ExampleReport | null;
  /** Of the test set, or of the validation examples before that was scored: the notes say which. */
  readonly test: ExampleReport;
  readonly exports: readonly ExportedNetwork[];
}

/** Everything a training report shows; plain data. */
export interface TrainingReport {
  /** Of the recipe. */
  readonly title: string;
  /** The recipe's configuration, shown as it is. */
  readonly config: unknown;
  /** The audited split's title. */
  readonly split: string;
  /** Whether patients stand on both sides. */
  readonly leaky: boolean;
  readonly networks: readonly ReportedNetwork[];
  /** Of what made it: `ectopy`, `onnxruntime-node`, `node`. */
  readonly versions: Readonly<Record<string, string>>;
  /** Further pictures, whole SVG documents; shown as images, in which no script runs. */
  readonly figures: readonly { readonly title: string; readonly svg: string }[];
  readonly notes: readonly string[];
}
