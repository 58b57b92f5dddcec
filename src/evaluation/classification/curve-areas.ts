import { EcgError } from '../../core/index.js';

/** Areas under the two curves of a score that should be high for one class. */
export interface CurveAreas {
  /** Area under the ROC curve: the chance that a positive scores above a negative, ties half. */
  readonly roc: number;
  /** Average precision: precision at each threshold, weighted by the sensitivity it adds. */
  readonly precisionRecall: number;
}

/**
 * Areas under the ROC and the precision–recall curve; NaN without positives, and without negatives the first.
 *
 * @param scores    one a beat, higher for the class
 * @param positive  whether the beat is of the class
 * @throws EcgError `bad-shape` when the lengths differ
 */
export function curveAreas(scores: ArrayLike<number>, positive: ArrayLike<boolean>): CurveAreas {
  if (scores.length !== positive.length) {
    throw new EcgError(
      'bad-shape',
      `curveAreas: ${scores.length} scores for ${positive.length} beats, give one a beat`,
    );
  }
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const positives = order.reduce((sum, i) => sum + (positive[i] ? 1 : 0), 0);
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return { roc: NaN, precisionRecall: positives === 0 ? NaN : 1 };
  let above = 0;
  let pairs = 0;
  let precision = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let found = 0;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) {
      if (positive[order[to]!]) found++;
      to++;
    }
    const others = to - from - found;
    pairs += others * (above + found / 2);
    above += found;
    precision += (found * above) / to;
    from = to;
  }
  return { roc: pairs / (positives * negatives), precisionRecall: precision / positives };
}
