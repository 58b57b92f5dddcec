import { EcgError } from '../../core/index.js';

/** What a falling threshold finds: after each step, how many positives and negatives score at or above it. */
export interface ThresholdSteps {
  /** Never falling; the last holds all. One a distinct score. */
  readonly positives: readonly number[];
  readonly negatives: readonly number[];
}

/**
 * The counts at each distinct score, from the highest down; equal scores fall together, so their order cannot matter.
 *
 * @throws EcgError `bad-shape` when the lengths differ
 */
export function thresholdSteps(scores: ArrayLike<number>, positive: ArrayLike<boolean>): ThresholdSteps {
  if (scores.length !== positive.length) {
    throw new EcgError(
      'bad-shape',
      `curves: ${scores.length} scores for ${positive.length} truths, give one each an example`,
    );
  }
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i).sort(
    (a, b) => scores[b]! - scores[a]!,
  );
  const positives: number[] = [];
  const negatives: number[] = [];
  let found = 0;
  for (let i = 0; i < order.length; i++) {
    if (positive[order[i]!]) found++;
    if (i + 1 < order.length && scores[order[i + 1]!] === scores[order[i]!]) continue;
    positives.push(found);
    negatives.push(i + 1 - found);
  }
  return { positives, negatives };
}
