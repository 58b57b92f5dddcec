import { setSize } from './conformal-sets.js';

/** Why a beat's class is not to be relied on, as far as the beat itself tells. */
export type DoubtReason =
  /** No lead can be used around the beat: only the rhythm speaks. */
  | 'no-signal'
  /** The signal around it is noise. */
  | 'noise'
  /** It is unlike anything the network was trained on, however sure its class seems. */
  | 'outside-training'
  /** The class is not sure enough, and the shape is a rare one. */
  | 'unusual-morphology'
  /** The class is not sure enough, and two or more cannot be ruled out. */
  | 'classes-close'
  /** The class is not sure enough. */
  | 'low-confidence';

/** What is known of a beat when its class is judged. */
export interface BeatEvidence {
  /** How sure the class said is, 0…1: of `labelConfidences`, or its probability where the card knows no better. */
  readonly confidence: number;
  /** Bit mask of the classes that cannot be ruled out. */
  readonly set: number;
  /** Outside score; NaN where the model has none. */
  readonly outside: number;
  /** Whether any lead can be used around it. */
  readonly signal: boolean;
  /** Whether the signal there was found to be noise. */
  readonly noise: boolean;
}

/** Where doubt begins; from a model's card. */
export interface DoubtLimits {
  readonly leastConfidence: number;
  /** Undefined for a model whose card knows no outside score. */
  readonly outside: { readonly unusual: number; readonly most: number } | undefined;
}

/**
 * Why a beat is uncertain, or undefined where it is certain.
 *
 * The first that holds: no lead, noise, a shape beyond all that was trained on, a class that is not sure enough. The last
 * of these has three names by what explains it: a rare shape, classes that are close, neither.
 */
export function doubtReason(beat: BeatEvidence, limits: DoubtLimits): DoubtReason | undefined {
  if (!beat.signal) return 'no-signal';
  if (beat.noise) return 'noise';
  const { outside, leastConfidence } = limits;
  if (outside !== undefined && beat.outside > outside.most) return 'outside-training';
  if (beat.confidence >= leastConfidence) return undefined;
  if (outside !== undefined && beat.outside > outside.unusual) return 'unusual-morphology';
  return setSize(beat.set) > 1 ? 'classes-close' : 'low-confidence';
}
