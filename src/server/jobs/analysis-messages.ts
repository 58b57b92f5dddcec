import type { AnalysisOptions } from '../imports/import-options.js';

/** An imported recording, and where its analysis goes. */
export interface AnalysisTask {
  /** Files: the description as JSON, and the pyramid with the samples. */
  readonly info: string;
  readonly pyramid: string;
  /** File for the analysis as JSON. */
  readonly out: string;
  readonly options: AnalysisOptions;
}

/** What a process that analyses is told. */
export type AnalysisRequest =
  | { readonly kind: 'analyze'; readonly task: AnalysisTask }
  | { readonly kind: 'cancel' };

/** What it says. */
export type AnalysisReply =
  /** 0…1. */
  | { readonly kind: 'progress'; readonly stage: string; readonly done: number }
  | { readonly kind: 'analyzed' }
  | { readonly kind: 'failed'; readonly code: string | null; readonly message: string };
