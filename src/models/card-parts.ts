import * as v from 'valibot';

/** What the cards of all trained networks share. */

export const text = v.pipe(v.string(), v.minLength(1));
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const interval = v.tuple([v.number(), v.number()]);

/** What one output of a network stands for. */
export function labelSchema<S extends v.GenericSchema>(ofClass: S) {
  return v.strictObject({
    class: ofClass,
    meaning: text,
    /** Absent where no single concept covers the class. */
    snomedCt: v.optional(v.strictObject({ code: v.pipe(v.string(), v.digits()), display: text })),
  });
}

export const CalibrationSchema = v.strictObject({
  /** Logits are divided by this before the softmax. */
  temperature: v.pipe(v.number(), v.gtValue(0)),
  /** What has no class of a higher probability than this is `uncertain`. */
  leastProbability: probability,
  /** What both were chosen on. */
  basis: text,
});

/** Databases with their records. */
export const RecordsSchema = v.array(v.strictObject({ database: text, records: v.array(text) }));

export const MetricsSchema = v.array(
  v.strictObject({
    id: text,
    value: v.number(),
    interval: v.optional(interval),
    unit: text,
    split: text,
  }),
);

/** A figure of a network with where it was measured. */
export type CardMetrics = v.InferOutput<typeof MetricsSchema>;

export const TrainingSchema = v.strictObject({
  recipe: text,
  /** SHA-256 of the recipe's JSON. */
  recipeSha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  seeds: v.array(v.number()),
  /** ISO 8601 day. */
  date: v.pipe(v.string(), v.isoDate()),
  software: text,
});
