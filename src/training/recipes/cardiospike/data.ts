import * as v from 'valibot';
import { SCREENING, ScreeningInputSchema } from '../../../models/index.js';
import { ValidationRecordsSchema } from '../inter-patient.js';
import { SYNTHETIC_ARRHYTHMIAS } from './synthetic-windows.js';

const wholePositive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** What the recipe `cardiospike` is asked to learn from; the published data where nothing is said. */
export const CardiospikeDataSchema = v.strictObject({
  input: v.optional(ScreeningInputSchema, SCREENING),
  /** Synthetic hearts; validation and test have as many each, with other seeds. 150 × 1 are the published 150 a class. */
  hearts: v.optional(v.pipe(wholePositive, v.maxValue(5000)), 150),
  /** Windows of each class out of one heart. */
  windowsPerHeart: v.optional(wholePositive, 1),
  /**
   * What the arrhythmic windows show, in equal shares. The source does not say what its own show; single premature
   * atrial beats (PAC) are left out unless asked for, since 150 windows do not teach them.
   */
  arrhythmias: v.optional(v.pipe(v.array(v.picklist(SYNTHETIC_ARRHYTHMIAS)), v.minLength(1)), [
    'PVC',
    'VT',
    'SVT',
    'AF',
  ]),
  /** Of the first heart; the others count on from it. */
  seed: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), 1),
  /** The honest split's validation records of mitdb, out of DS1. */
  validation: ValidationRecordsSchema,
});

export type CardiospikeData = v.InferOutput<typeof CardiospikeDataSchema>;
