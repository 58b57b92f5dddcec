import * as v from 'valibot';
import { SCREENING, ScreeningInputSchema } from '../../../models/index.js';
import { ValidationRecordsSchema } from '../inter-patient.js';

const wholePositive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** What the recipe `cardiospike` is asked to learn from; the published data where nothing is said. */
export const CardiospikeDataSchema = v.strictObject({
  input: v.optional(ScreeningInputSchema, SCREENING),
  /** Synthetic hearts; validation and test have as many each, with other seeds. 30 × 5 are the published 150 a class. */
  hearts: v.optional(v.pipe(wholePositive, v.maxValue(5000)), 30),
  /** Windows of each class out of one heart. */
  windowsPerHeart: v.optional(wholePositive, 5),
  /** Of the first heart; the others count on from it. */
  seed: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), 1),
  /** The honest split's validation records of mitdb, out of DS1. */
  validation: ValidationRecordsSchema,
});

export type CardiospikeData = v.InferOutput<typeof CardiospikeDataSchema>;
