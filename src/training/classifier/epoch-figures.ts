import { EcgError } from '../../core/index.js';
import { confusionStatistics } from '../../evaluation/index.js';
import type { EpochFigures } from '../learning-curve.js';
import { negativeLogLikelihood } from '../temperature.js';
import { countConfusion } from './count-confusion.js';

/**
 * How well logits [n, classes] tell their labels: `macro-F1` (mean over the classes that occur),
 * `accuracy` and `loss`, the mean −ln p.
 *
 * @throws EcgError `bad-option` when the loss is not finite
 */
export function validationFigures(
  logits: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
): Record<string, number> {
  const loss = negativeLogLikelihood(logits, labels, classes, 1);
  if (!Number.isFinite(loss)) {
    throw new EcgError(
      'bad-option',
      `validation: the loss is ${loss}, lower the learning rate or clip the gradient`,
    );
  }
  const confusion = countConfusion(logits, labels, classes);
  const { macroF1, accuracy } = confusionStatistics({ confusion });
  return { 'macro-F1': macroF1, accuracy, loss };
}

/** Number of the epoch with the highest validation macro-F1, the first of equals; 0 before any. */
export function bestEpochOf(epochs: readonly EpochFigures[]): number {
  let best: EpochFigures | undefined;
  for (const figures of epochs) {
    if (best === undefined || figures.validation['macro-F1'] > best.validation['macro-F1']) best = figures;
  }
  return best?.epoch ?? 0;
}
