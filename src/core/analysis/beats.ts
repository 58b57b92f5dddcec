import * as v from 'valibot';
import { count, share } from './fields.js';

/** Why the class of a beat is uncertain, in the order of the codes 1, 2, … in `beats.uncertain`. */
export const UNCERTAIN_REASONS = [
  'low-confidence',
  'no-signal',
  'noise',
  'unknown-interval',
  'irregular-rhythm',
  'classes-close',
  'unusual-morphology',
  'outside-training',
  'ventricular-fibrillation',
] as const;

export const BeatColumnsSchema = v.pipe(
  v.object({
    count,
    sample: v.pipe(v.array(count), v.description('R peaks, strictly ascending.')),
    class: v.pipe(
      v.nullable(v.pipe(v.string(), v.regex(/^[NSVFQ]*$/))),
      v.description('One letter a beat (AAMI): N, S, V, F, Q; null without a model.'),
    ),
    probability: v.pipe(
      v.nullable(v.array(share)),
      v.description('Calibrated probability of that class; null without a model.'),
    ),
    uncertain: v.pipe(
      v.nullable(
        v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(UNCERTAIN_REASONS.length))),
      ),
      v.description(
        `0 when certain, else why: ${UNCERTAIN_REASONS.map((r, i) => `${i + 1} ${r}`).join(', ')}.`,
      ),
    ),
    set: v.pipe(
      v.nullable(v.array(v.pipe(count, v.maxValue(31)))),
      v.description(
        'The classes that cannot be ruled out at the level of the model card (conformal prediction), as a sum: 1 N, 2 S, 4 V, 8 F, 16 Q. Null where the model gives none.',
      ),
    ),
    likeness: v.pipe(
      v.nullable(v.array(v.nullable(v.pipe(v.number(), v.minValue(-1), v.maxValue(1))))),
      v.description(
        "Correlation of the beat's QRS with that of the sinus beats around it, −1…1; null where no lead shows it.",
      ),
    ),
  }),
  v.description('Columns of equal length, one entry a beat.'),
);
