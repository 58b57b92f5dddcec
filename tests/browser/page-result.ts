import type { Analysis } from '../../src/index.js';

/** An analysis with what it keeps to itself. */
export interface Classified {
  readonly analysis: Analysis;
  /** [beats, 5] in the order of `BEAT_CLASSES`, calibrated. */
  readonly probabilities: readonly number[];
  /** Of `analyze`. */
  readonly milliseconds: number;
}

/** What the page puts into its DOM for the test. */
export interface PageResult extends Classified {
  /** Longest time for which no other event could run, by a timer of 5 ms. */
  readonly longestGapMs: number;
  /** Longest task of over 50 ms as the browser itself counts; 0 without one. */
  readonly longestTaskMs: number;
}
