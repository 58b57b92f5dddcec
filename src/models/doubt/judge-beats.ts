import { BEAT_CLASSES, EcgError } from '../../core/index.js';
import type { ModelCard } from '../card.js';
import type { InputBatch } from '../compose.js';
import type { InputShape } from '../contract.js';
import { conformalSets } from './conformal-sets.js';
import { type DoubtReason, doubtReason } from './doubt-reason.js';
import { labelConfidences } from './label-confidence.js';
import { createOutsideScorer } from './outside-scores.js';

/** What a batch of classified beats is worth. */
export interface JudgedBeats {
  /** Bit masks of the classes that cannot be ruled out, bit i for `BEAT_CLASSES[i]`; null without them on the card. */
  readonly sets: Uint8Array | null;
  /** Natural logarithm of the squared distance from what was trained on; null without it on the card. */
  readonly outside: Float32Array | null;
  /** How sure the class said of each beat is, 0…1; its probability where the card knows no better. */
  readonly confidence: Float32Array;
  /** Undefined where the class can be relied on. */
  readonly reasons: readonly (DoubtReason | undefined)[];
}

/** Judges beats by their calibrated probabilities [n, 5] and the network's input. */
export type BeatJudge = (probabilities: Float32Array, batch: InputBatch) => JudgedBeats;

/**
 * What the card knows of doubt, as a judge of beats. Noise is not among its reasons: that is for who has the signal.
 *
 * @throws EcgError `bad-shape` when the card's figures do not fit its input; `bad-option` when it names sets it lacks
 */
export function createBeatJudge(
  card: Pick<ModelCard, 'calibration' | 'doubt'>,
  shape: InputShape,
): BeatJudge {
  const kinds = BEAT_CLASSES.length;
  const { doubt } = card;
  const conformal = doubt?.conformal.find(({ coverage }) => coverage === doubt.closeAt);
  if (doubt !== undefined && conformal === undefined) {
    throw new EcgError(
      'bad-option',
      `model card: classes are close at a coverage of ${doubt.closeAt}, for which there are no sets; fetch the model again`,
    );
  }
  const size = shape.channels * shape.length;
  const score = doubt === undefined ? undefined : createOutsideScorer(doubt.familiar, size);
  const limits = {
    leastConfidence: card.calibration.leastProbability,
    outside: doubt?.outside,
  };
  const { present } = shape.groups;
  return (probabilities, { waves, features }) => {
    const n = probabilities.length / kinds;
    const sets = conformal === undefined ? null : conformalSets(probabilities, kinds, conformal);
    const outside = score === undefined ? null : score(waves, n);
    // Without a map of its own, a probability stands for itself.
    const confidence = labelConfidences(
      probabilities,
      kinds,
      doubt?.confidence ?? { slope: 1, offsets: BEAT_CLASSES.map(() => 0) },
    );
    const reasons = Array.from({ length: n }, (_, i) => {
      let signal = false;
      for (let k = present.from; k < present.to; k++) signal ||= features[i * shape.features + k] !== 0;
      return doubtReason(
        {
          confidence: confidence[i],
          set: sets?.[i] ?? 0,
          outside: outside?.[i] ?? Number.NaN,
          signal,
          noise: false,
        },
        limits,
      );
    });
    return { sets, outside, confidence, reasons };
  };
}
