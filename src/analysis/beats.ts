import { BEAT_CLASSES, type BeatClass } from '../core/index.js';

/** The classes of some beats; columns of equal length. */
export interface BeatLabels {
  /** Indices into `BEAT_CLASSES`. */
  readonly classes: Uint8Array;
  /** Calibrated probability of that class. */
  readonly probabilities: Float32Array;
  /** 0 when certain, else a code: 1 + index into `UNCERTAIN_REASONS`. */
  readonly uncertain: Uint8Array;
  /** The classes that cannot be ruled out, bit i for `BEAT_CLASSES[i]`; null where the model gives none. */
  readonly sets?: Uint8Array | null;
  /** Correlation of the QRS with the sinus template, −1…1, NaN where no lead shows it; null where not compared. */
  readonly likeness?: Float32Array | null;
}

/** The beats of a recording as the statistics see them. */
export interface Beats {
  /** R peaks, sample indices, strictly ascending. */
  readonly samples: Float64Array;
  /** Null when the beats were not classified. */
  readonly labels: BeatLabels | null;
}

/** Index of a class in `BEAT_CLASSES`, the form in which labels hold it. */
export const classIndex = (beatClass: BeatClass): number => BEAT_CLASSES.indexOf(beatClass);
