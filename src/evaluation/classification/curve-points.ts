import type { ThresholdSteps } from './threshold-steps.js';

/** Points of the two curves of one class, from the highest threshold down; empty where a curve is undefined. */
export interface CurvePoints {
  readonly roc: { readonly falsePositiveRate: readonly number[]; readonly sensitivity: readonly number[] };
  readonly precisionRecall: {
    readonly sensitivity: readonly number[];
    readonly positivePredictivity: readonly number[];
  };
}

/**
 * Both curves as at most `most` points each; the ROC begins at (0, 0). Kept are the ends and the points nearest to
 * equal steps along the curve, so that steep and flat parts are drawn alike.
 */
export function curvePoints({ positives, negatives }: ThresholdSteps, most = 200): CurvePoints {
  const allPositives = positives[positives.length - 1] ?? 0;
  const allNegatives = negatives[negatives.length - 1] ?? 0;
  const sensitivity = positives.map((n) => n / allPositives);
  const falsePositiveRate = negatives.map((n) => n / allNegatives);
  const positivePredictivity = positives.map((n, i) => n / (n + negatives[i]!));
  const [rocX, rocY] =
    allPositives === 0 || allNegatives === 0
      ? [[], []]
      : thinned([0, ...falsePositiveRate], [0, ...sensitivity], most);
  const [prX, prY] = allPositives === 0 ? [[], []] : thinned(sensitivity, positivePredictivity, most);
  return {
    roc: { falsePositiveRate: rocX, sensitivity: rocY },
    precisionRecall: { sensitivity: prX, positivePredictivity: prY },
  };
}

function thinned(x: readonly number[], y: readonly number[], most: number): [number[], number[]] {
  const way = new Float64Array(x.length);
  for (let i = 1; i < x.length; i++) {
    way[i] = way[i - 1]! + Math.abs(x[i]! - x[i - 1]!) + Math.abs(y[i]! - y[i - 1]!);
  }
  const step = way[x.length - 1]! / (most - 1);
  const kept: number[] = [];
  for (let i = 0; i < x.length; i++) {
    const isEnd = i === 0 || i === x.length - 1;
    // A point is kept when the curve has passed the next whole step since the last one kept.
    if (x.length <= most || isEnd || Math.floor(way[i]! / step) > Math.floor(way[i - 1]! / step))
      kept.push(i);
  }
  // Passing `most - 1` whole steps can leave one more than asked beside the two ends.
  while (kept.length > most) kept.splice(kept.length - 2, 1);
  return [kept.map((i) => x[i]!), kept.map((i) => y[i]!)];
}
