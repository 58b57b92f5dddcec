import { confidences, type ScoredBeats } from './scored-beats.js';

/** One bin of confidence: `from` exclusive (except 0), `to` inclusive. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly beats: number;
  /** Means over the bin's beats; NaN of none. */
  readonly confidence: number;
  readonly accuracy: number;
}

/** Whether probabilities mean what they say. */
export interface Reliability {
  /** Expected calibration error: |accuracy − confidence| over the bins, weighted by their beats. 0…1 */
  readonly ece: number;
  /** Mean negative natural logarithm of the true class's probability. */
  readonly nll: number;
  /** Mean squared distance of the probabilities to the truth, summed over classes. 0…2 */
  readonly brier: number;
  readonly bins: readonly ReliabilityBin[];
}

/** Probabilities below this are raised to it before the logarithm, so that one certain error stays finite. */
const LEAST = 1e-12;

/**
 * Calibration of predicted probabilities over `binCount` bins of equal width.
 *
 * @throws EcgError `bad-shape` when rows and labels do not fit
 *
 * Source: Guo et al., ICML 2017, arXiv:1706.04599 (ECE, 15 bins); Brier, Monthly Weather Review 78:1–3, 1950.
 */
export function reliability(beats: ScoredBeats, binCount = 15): Reliability {
  const scored = confidences(beats);
  const { probabilities, labels, classes } = beats;
  const n = labels.length;
  const sums = Array.from({ length: binCount }, () => ({ beats: 0, confidence: 0, right: 0 }));
  for (const { confidence, right } of scored) {
    const bin = sums[Math.min(binCount - 1, Math.max(0, Math.ceil(confidence * binCount) - 1))]!;
    bin.beats++;
    bin.confidence += confidence;
    if (right) bin.right++;
  }
  let nll = 0;
  let brier = 0;
  for (let i = 0; i < n; i++) {
    nll -= Math.log(Math.max(LEAST, probabilities[i * classes + labels[i]!]!));
    for (let c = 0; c < classes; c++)
      brier += (probabilities[i * classes + c]! - (c === labels[i] ? 1 : 0)) ** 2;
  }
  return {
    ece: sums.reduce((sum, bin) => sum + Math.abs(bin.right - bin.confidence), 0) / n,
    nll: nll / n,
    brier: brier / n,
    bins: sums.map((bin, i) => ({
      from: i / binCount,
      to: (i + 1) / binCount,
      beats: bin.beats,
      confidence: bin.confidence / bin.beats,
      accuracy: bin.right / bin.beats,
    })),
  };
}
