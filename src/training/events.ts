import type { EpochFigures } from './learning-curve.js';

/** What a training says while it runs. */
export type TrainingEvent =
  | {
      readonly kind: 'step';
      /** Which training: `seed 1`, `fold 2 of 5`. */
      readonly run: string;
      readonly epoch: number;
      readonly epochs: number;
      /** Steps done of all. */
      readonly step: number;
      readonly steps: number;
      /** Mean of this epoch so far. */
      readonly loss: number;
      /** s until this training ends, at the present pace. */
      readonly secondsLeft: number;
    }
  | {
      readonly kind: 'epoch';
      readonly run: string;
      readonly epochs: number;
      readonly figures: EpochFigures;
      readonly secondsLeft: number;
    };
