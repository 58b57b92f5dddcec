import {
  BEAT_CLASSES,
  type BeatClass,
  breatheWhenDue,
  type RunOptions,
  throwIfCancelled,
} from '../core/index.js';
import type { BeatModel } from './beat-model.js';
import type { InputBatch } from './compose.js';

/** Why a beat's class is not to be relied on. */
export type UncertainReason =
  /** No class is probable enough. */
  | 'low-confidence'
  /** No lead can be used around the beat: only the rhythm speaks. */
  | 'no-signal';

/** Classes of a recording's beats. */
export interface BeatPredictions {
  /** The most probable class of each beat. */
  readonly classes: readonly BeatClass[];
  /** [n, 5] in the order of `BEAT_CLASSES`, calibrated. */
  readonly probabilities: Float32Array;
  /** Undefined where the class can be relied on. */
  readonly uncertain: readonly (UncertainReason | undefined)[];
}

/**
 * The class of every beat with calibrated probabilities.
 *
 * @param batches  from `prepareInput` with the model's own contract
 * @param total    beats, for progress; unknown when omitted
 * @throws EcgError `cancelled`; what the batches throw
 */
export async function classifyBeats(
  model: BeatModel,
  batches: AsyncIterable<InputBatch>,
  options?: RunOptions & { readonly total?: number },
): Promise<BeatPredictions> {
  const kinds = BEAT_CLASSES.length;
  const { temperature, leastProbability } = model.card.calibration;
  const { present } = model.shape.groups;
  const classes: BeatClass[] = [];
  const uncertain: (UncertainReason | undefined)[] = [];
  const parts: Float32Array[] = [];
  for await (const batch of batches) {
    throwIfCancelled(options, 'classifyBeats');
    const n = batch.to - batch.from;
    const probabilities = softmax(await model.forward(batch.waves, batch.features, n), kinds, temperature);
    for (let i = 0; i < n; i++) {
      let best = 0;
      for (let c = 1; c < kinds; c++) {
        if (probabilities[i * kinds + c] > probabilities[i * kinds + best]) best = c;
      }
      const leads = batch.features.subarray(
        i * model.shape.features + present.from,
        i * model.shape.features + present.to,
      );
      classes.push(BEAT_CLASSES[best]);
      uncertain.push(
        leads.every((x) => x === 0)
          ? 'no-signal'
          : probabilities[i * kinds + best] < leastProbability
            ? 'low-confidence'
            : undefined,
      );
    }
    parts.push(probabilities);
    options?.onProgress?.({ stage: 'classify', done: batch.to, total: options.total ?? batch.to });
    await breatheWhenDue();
  }
  const all = new Float32Array(classes.length * kinds);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return { classes, probabilities: all, uncertain };
}

/** Probabilities [n, classes] of logits divided by a temperature. */
export function softmax(logits: Float32Array, classes: number, temperature: number): Float32Array {
  const out = new Float32Array(logits.length);
  for (let row = 0; row < logits.length; row += classes) {
    let most = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) most = Math.max(most, logits[row + c]);
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      out[row + c] = Math.exp((logits[row + c] - most) / temperature);
      sum += out[row + c];
    }
    for (let c = 0; c < classes; c++) out[row + c] /= sum;
  }
  return out;
}
