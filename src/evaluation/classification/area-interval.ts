import { firstAtOrAfter } from '../../core/index.js';
import { type BootstrapOptions, bootstrapSums, type Interval } from './bootstrap.js';
import { resampledCells } from './resampled-cells.js';

/** Scores are told apart by rank in this many steps; the area they give is within 1/256 of the exact one. */
const STEPS = 256;
/** An area varies smoothly, so its percentiles need fewer draws than those of rare counts. */
const MOST_RESAMPLES = 500;

/**
 * The interval of an area under the ROC curve, on scores binned by rank so that a resample is a sum of histograms
 * instead of a sort; of at most 500 resamples.
 *
 * @param unit   index of the patient that each score is drawn with; null draws scores one by one
 * @param units  how many patients there are
 */
export function areaInterval(
  scores: ArrayLike<number>,
  positive: ArrayLike<boolean>,
  unit: ArrayLike<number> | null,
  units: number,
  options: BootstrapOptions,
): Interval {
  const n = scores.length;
  const sorted = Float64Array.from({ length: n }, (_, i) => scores[i]!).sort();
  const cell = Uint16Array.from({ length: n }, (_, i) => {
    const bin = Math.floor((firstAtOrAfter(sorted, scores[i]!) * STEPS) / n);
    return 2 * bin + (positive[i] ? 1 : 0);
  });
  const resamples = Math.min(MOST_RESAMPLES, options.resamples ?? MOST_RESAMPLES);
  return bootstrapSums(
    resampledCells(cell, 2 * STEPS, unit, units),
    (sum) => ({ area: areaOfHistogram(sum) }),
    { ...options, resamples },
  ).area;
}

/** Of negatives and positives in turn, bin by bin. */
function areaOfHistogram(sum: Float64Array): number {
  let positives = 0;
  let negatives = 0;
  let pairs = 0;
  for (let at = 0; at < sum.length; at += 2) {
    pairs += sum[at + 1]! * (negatives + sum[at]! / 2);
    negatives += sum[at]!;
    positives += sum[at + 1]!;
  }
  return pairs / (positives * negatives);
}
