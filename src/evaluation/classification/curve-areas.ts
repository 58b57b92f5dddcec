import { type ThresholdSteps, thresholdSteps } from './threshold-steps.js';

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
  return areasOfSteps(thresholdSteps(scores, positive));
}

/** As `curveAreas`, of steps already taken. */
export function areasOfSteps({ positives, negatives }: ThresholdSteps): CurveAreas {
  const allPositives = positives[positives.length - 1] ?? 0;
  const allNegatives = negatives[negatives.length - 1] ?? 0;
  if (allPositives === 0 || allNegatives === 0) {
    return { roc: NaN, precisionRecall: allPositives === 0 ? NaN : 1 };
  }
  let above = 0;
  let below = 0;
  let pairs = 0;
  let precision = 0;
  for (let i = 0; i < positives.length; i++) {
    const found = positives[i]! - above;
    const others = negatives[i]! - below;
    pairs += others * (above + found / 2);
    above = positives[i]!;
    below = negatives[i]!;
    precision += (found * above) / (above + below);
  }
  return { roc: pairs / (allPositives * allNegatives), precisionRecall: precision / allPositives };
}
