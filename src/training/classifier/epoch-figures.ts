import { EcgError } from '../../core/index.js';
import type { EpochFigures } from '../learning-curve.js';
import { negativeLogLikelihood } from '../temperature.js';

/**
 * How well logits [n, classes] tell their labels: `macro-F1` (mean over the classes that occur or are predicted),
 * `accuracy` and `loss`, the mean −ln p.
 *
 * @throws EcgError `bad-option` when the loss is not finite
 */
export function validationFigures(
  logits: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
): Record<string, number> {
  const right = new Float64Array(classes);
  const named = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) {
    let best = 0;
    for (let c = 1; c < classes; c++) if (logits[i * classes + c] > logits[i * classes + best]) best = c;
    if (best === labels[i]) right[best]++;
    // Occurrences in the reference and in the prediction: the denominator of F1.
    named[best]++;
    named[labels[i]]++;
  }
  const f1 = Array.from(named.keys())
    .filter((c) => named[c] > 0)
    .map((c) => (2 * right[c]) / named[c]);
  const loss = negativeLogLikelihood(logits, labels, classes, 1);
  if (!Number.isFinite(loss)) {
    throw new EcgError(
      'bad-option',
      `validation: the loss is ${loss}, lower the learning rate or clip the gradient`,
    );
  }
  return {
    'macro-F1': f1.reduce((sum, x) => sum + x, 0) / f1.length,
    accuracy: right.reduce((sum, x) => sum + x, 0) / labels.length,
    loss,
  };
}

/** Number of the epoch with the highest validation macro-F1, the first of equals; 0 before any. */
export function bestEpochOf(epochs: readonly EpochFigures[]): number {
  let best: EpochFigures | undefined;
  for (const figures of epochs) {
    if (best === undefined || figures.validation['macro-F1'] > best.validation['macro-F1']) best = figures;
  }
  return best?.epoch ?? 0;
}
