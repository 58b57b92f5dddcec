import { EcgError } from '../../core/index.js';
import {
  constantRate,
  cosineRate,
  oneCycleRate,
  reducePlateau,
  type Schedule as StepSchedule,
  startPlateau,
  stepRate,
  withWarmup,
} from '../../nn/index.js';
import type { EpochFigures } from '../learning-curve.js';
import type { TrainingConfig } from './training-config.js';

/** The learning rate of a step 0, 1, …, when these epochs are over. */
export type LearningRate = (step: number, done: readonly EpochFigures[]) => number;

/**
 * The learning rate over a training as its configuration wants it.
 *
 * The rate on plateaus is worked out anew from the epochs that are over, so that it needs no state of its own.
 *
 * @param validated  whether epochs have a validation loss
 * @throws EcgError `bad-option` when the warmup takes the whole training, or a rate that falls on plateaus has no
 *   validation to look at
 */
export function learningRate(
  { schedule, learningRate: highest, epochs }: TrainingConfig,
  stepsPerEpoch: number,
  validated: boolean,
): LearningRate {
  const steps = epochs * stepsPerEpoch;
  switch (schedule.kind) {
    case 'constant':
      return constantRate(highest);
    case 'cosine': {
      const warmup = Math.round(schedule.warmup * stepsPerEpoch);
      if (warmup >= steps) {
        throw new EcgError(
          'bad-option',
          `schedule: a warmup of ${schedule.warmup} epochs leaves nothing of ${epochs}, give a shorter one`,
        );
      }
      return withWarmup(cosineRate(highest, steps - warmup), warmup);
    }
    case 'one-cycle':
      return oneCycle(highest, steps, schedule.rise);
    case 'step':
      return stepRate(highest, schedule.every * stepsPerEpoch, schedule.factor);
    case 'plateau': {
      if (!validated) {
        throw new EcgError(
          'bad-option',
          'schedule: plateau looks at the validation loss and there is no validation example, take another schedule',
        );
      }
      const { patience, factor } = schedule;
      return (_, done) =>
        done.reduce(
          (state, { validation }) => reducePlateau(state, validation['loss'], { patience, factor }),
          startPlateau(highest),
        ).rate;
    }
  }
}

/** A rise of a single step or less would be divided by nothing: the cycle then begins at its top. */
function oneCycle(highest: number, steps: number, rise: number): StepSchedule {
  return oneCycleRate({ highest, steps, rise: rise * steps <= 1 ? 0 : rise });
}
