import { EcgError } from '../../core/index.js';
import { confidences, type ScoredBeats } from './scored-beats.js';

/** What abstaining on the least sure beats buys. */
export interface RiskCoverage {
  /** Share of wrong beats among the surest `coverage` of all, at each coverage asked for. */
  readonly risk: readonly { readonly coverage: number; readonly risk: number }[];
  /** Area under the risk–coverage curve: the mean risk over all coverages. */
  readonly aurc: number;
}

/**
 * Error rate against the share of beats kept when the least sure are given up.
 *
 * Beats of equal confidence are kept or given up together in proportion, so their order cannot matter.
 *
 * @param coverages   shares to report, each in (0, 1]
 * @param confidence  how sure each beat's class is, in any unit; its probability when omitted
 * @throws EcgError `bad-shape` when rows, labels and confidences do not fit
 *
 * Source: Geifman & El-Yaniv, NeurIPS 2017, arXiv:1705.08500; AURC, ICLR 2019, arXiv:1805.08206.
 */
export function riskCoverage(
  beats: ScoredBeats,
  coverages: readonly number[] = [0.8, 0.9, 0.95, 1],
  confidence?: ArrayLike<number>,
): RiskCoverage {
  const own = confidences(beats);
  if (confidence !== undefined && confidence.length !== own.length) {
    throw new EcgError(
      'bad-shape',
      `riskCoverage: ${confidence.length} confidences for ${own.length} beats, give one a beat`,
    );
  }
  const sorted = own
    .map((beat, i) => (confidence === undefined ? beat : { right: beat.right, confidence: confidence[i]! }))
    .sort((a, b) => b.confidence - a.confidence);
  // wrong[k]: expected number of wrong beats among the k surest.
  const wrong = new Float64Array(sorted.length + 1);
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    let errors = 0;
    while (to < sorted.length && sorted[to]!.confidence === sorted[from]!.confidence) {
      if (!sorted[to]!.right) errors++;
      to++;
    }
    for (let k = from; k < to; k++) wrong[k + 1] = wrong[from]! + (errors * (k + 1 - from)) / (to - from);
    from = to;
  }
  let area = 0;
  for (let k = 1; k <= sorted.length; k++) area += wrong[k]! / k;
  return {
    risk: coverages.map((coverage) => {
      const kept = Math.max(1, Math.round(coverage * sorted.length));
      return { coverage, risk: wrong[kept]! / kept };
    }),
    aurc: area / sorted.length,
  };
}
