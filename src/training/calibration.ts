import { BEAT_CLASSES, type RunOptions } from '../core/index.js';
import type { Doubt, InputContract } from '../models/index.js';
import type { BeatSet } from './dataset.js';
import { fitDoubt } from './doubt/fit-doubt.js';
import { recordWeights } from './doubt/record-weights.js';
import { fitTemperature, negativeLogLikelihood } from './temperature.js';
import { validationFigures, validationIntervals } from './validation.js';

/** Held-out predictions of a cross-validation, all folds together. */
export interface HeldOut {
  /** [beats, 5], the networks of a fold averaged. */
  readonly logits: Float32Array;
  readonly set: BeatSet;
}

/** What a cross-validation says of a recipe. */
export interface Calibration {
  readonly temperature: number;
  readonly leastProbability: number;
  /** Sets of classes, familiar beats and their limits, for the card. */
  readonly doubt?: Doubt;
  /** F1 of N, S, V and their mean, and the negative log likelihood before and after calibration. */
  readonly figures: Readonly<Record<string, number>>;
  /** 95 % of the F1s under resampling of patients. */
  readonly intervals: Readonly<Record<string, readonly [number, number]>>;
}

/** How held-out beats calibrate a network. */
export interface CalibrateOptions extends RunOptions {
  readonly contract: InputContract;
  /** Share of the held-out beats that shall be certain, records counting the same. */
  readonly coverage: number;
  /** Fold of each of the set's records; −1 for one that no network trained on. */
  readonly folds: ArrayLike<number>;
}

/**
 * The temperature, the limits of doubt and the sets of classes that held-out beats ask for.
 *
 * Every record counts the same in the temperature and the limits: one with many beats is no more of a patient.
 *
 * @throws EcgError `too-short` without a beat, or with too few to know what is familiar; `cancelled`
 */
export async function calibrate(heldOut: HeldOut, options: CalibrateOptions): Promise<Calibration> {
  const { logits, set } = heldOut;
  const labels = set.label;
  const kinds = BEAT_CLASSES.length;
  const temperature = fitTemperature(logits, labels, kinds, recordWeights(set.record));
  const { leastProbability, doubt } = await fitDoubt(heldOut, options.contract, { ...options, temperature });
  return {
    temperature,
    leastProbability,
    doubt,
    figures: {
      ...validationFigures(logits, labels),
      'NLL at temperature 1': negativeLogLikelihood(logits, labels, kinds, 1),
      NLL: negativeLogLikelihood(logits, labels, kinds, temperature),
    },
    intervals: validationIntervals(logits, set),
  };
}

/** The mean of several networks' logits of the same beats. */
export function averageLogits(all: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(all[0].length);
  for (let i = 0; i < mean.length; i++) {
    let sum = 0;
    for (const logits of all) sum += logits[i];
    mean[i] = sum / all.length;
  }
  return mean;
}
