import { BEAT_CLASSES } from '../core/index.js';
import { softmax } from '../models/index.js';
import type { BeatSet } from './dataset.js';
import { abstainThreshold, fitTemperature, negativeLogLikelihood } from './temperature.js';
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
  /** F1 of N, S, V and their mean, and the negative log likelihood before and after calibration. */
  readonly figures: Readonly<Record<string, number>>;
  /** 95 % of the F1s under resampling of patients. */
  readonly intervals: Readonly<Record<string, readonly [number, number]>>;
}

/** The temperature and the abstaining threshold that held-out beats ask for. */
export function calibrate({ logits, set }: HeldOut, coverage: number): Calibration {
  const labels = set.label;
  const kinds = BEAT_CLASSES.length;
  const temperature = fitTemperature(logits, labels, kinds);
  return {
    temperature,
    leastProbability: abstainThreshold(softmax(logits, kinds, temperature), kinds, coverage),
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
