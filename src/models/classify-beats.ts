import {
  BEAT_CLASSES,
  type BeatClass,
  breatheWhenDue,
  type RunOptions,
  throwIfCancelled,
} from '../core/index.js';
import type { BeatModel } from './beat-model.js';
import type { InputBatch } from './compose.js';
import type { DoubtReason } from './doubt/doubt-reason.js';
import { createBeatJudge } from './doubt/judge-beats.js';
import { predictBeats } from './like-beats.js';

/** Classes of a recording's beats. */
export interface BeatPredictions {
  /** The most probable class of each beat. */
  readonly classes: readonly BeatClass[];
  /** [n, 5] in the order of `BEAT_CLASSES`, calibrated. */
  readonly probabilities: Float32Array;
  /**
   * How likely each beat's class is right, 0…1: its probability, weighed by which class it is where the card knows
   * that.
   */
  readonly confidence?: Float32Array;
  /** Undefined where the class can be relied on. */
  readonly uncertain: readonly (DoubtReason | undefined)[];
  /** The classes that cannot be ruled out, bit i for `BEAT_CLASSES[i]`; null where the card knows no sets. */
  readonly sets?: Uint8Array | null;
  /** How far each beat is from all that was trained on; null where the card does not know. */
  readonly outside?: Float32Array | null;
}

/** Beats judged between two looks at the clock. */
const JUDGED = 256;

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
  const { temperature } = model.card.calibration;
  const judge = createBeatJudge(model.card, model.shape);
  const classes: BeatClass[] = [];
  const uncertain: (DoubtReason | undefined)[] = [];
  const parts: Float32Array[] = [];
  const confidence: number[] = [];
  const sets: number[] = [];
  const outside: number[] = [];
  const predicted = predictBeats([model.forward], batches, model.card.input, model.shape);
  for await (const { batch, logits } of predicted) {
    throwIfCancelled(options, 'classifyBeats');
    const n = batch.to - batch.from;
    const probabilities = softmax(logits[0], kinds, temperature);
    for (let i = 0; i < n; i++) {
      let best = 0;
      for (let c = 1; c < kinds; c++) {
        if (probabilities[i * kinds + c] > probabilities[i * kinds + best]) best = c;
      }
      classes.push(BEAT_CLASSES[best]);
    }
    const [wide, long] = [batch.waves.length / n, batch.features.length / n];
    for (let first = 0; first < n; first += JUDGED) {
      const end = Math.min(n, first + JUDGED);
      const judged = judge(probabilities.subarray(first * kinds, end * kinds), {
        from: batch.from + first,
        to: batch.from + end,
        waves: batch.waves.subarray(first * wide, end * wide),
        features: batch.features.subarray(first * long, end * long),
      });
      for (let i = 0; i < end - first; i++) {
        uncertain.push(judged.reasons[i]);
        confidence.push(judged.confidence[i]);
        if (judged.sets !== null) sets.push(judged.sets[i]);
        if (judged.outside !== null) outside.push(judged.outside[i]);
      }
      await breatheWhenDue();
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
  const known = model.card.doubt !== undefined;
  return {
    classes,
    probabilities: all,
    confidence: Float32Array.from(confidence),
    uncertain,
    sets: known ? Uint8Array.from(sets) : null,
    outside: known ? Float32Array.from(outside) : null,
  };
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
