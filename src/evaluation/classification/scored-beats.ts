import { EcgError } from '../../core/index.js';

/** Predicted probabilities of beats with their true classes. */
export interface ScoredBeats {
  /** [n × classes], row by row, each row summing to 1. */
  readonly probabilities: ArrayLike<number>;
  /** n indices of classes. */
  readonly labels: ArrayLike<number>;
  readonly classes: number;
}

/** One beat: how sure the prediction is of its most probable class, and whether that is right. */
export interface Confidence {
  readonly confidence: number;
  readonly right: boolean;
}

/** @throws EcgError `bad-shape` when there is not one row of probabilities a label, or none at all */
export function confidences({ probabilities, labels, classes }: ScoredBeats): Confidence[] {
  if (labels.length === 0 || probabilities.length !== labels.length * classes) {
    throw new EcgError(
      'bad-shape',
      `evaluation: ${probabilities.length} probabilities for ${labels.length} beats of ${classes} classes, give one row a beat and a beat at least`,
    );
  }
  return Array.from({ length: labels.length }, (_, i) => {
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if (probabilities[i * classes + c]! > probabilities[i * classes + best]!) best = c;
    }
    return { confidence: probabilities[i * classes + best]!, right: best === labels[i] };
  });
}
