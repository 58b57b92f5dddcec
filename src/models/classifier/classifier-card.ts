import * as v from 'valibot';
import {
  CalibrationSchema,
  labelSchema,
  MetricsSchema,
  RecordsSchema,
  TrainingSchema,
  text,
} from '../card-parts.js';

/** The `format` of a classifier's card. */
export const CLASSIFIER_FORMAT = 'ectopy-classifier-1';

/** All a person or a program has to know of a trained classifier of examples before trusting it. */
export const ClassifierCardSchema = v.strictObject({
  format: v.literal(CLASSIFIER_FORMAT),
  /** What an example is: a line of the table of tasks, `heartbeat`, `beat-image`. */
  task: text,
  name: text,
  version: text,
  summary: v.optional(text),
  /** In the order of the network's outputs. */
  labels: v.pipe(
    v.array(labelSchema(text)),
    v.minLength(2),
    v.check(
      (labels) => new Set(labels.map((label) => label.class)).size === labels.length,
      'a class stands twice',
    ),
  ),
  /** The contract by which the task makes an example of a recording or a picture. */
  input: v.record(v.string(), v.unknown()),
  /** Of one example, without the batch: [1, 187]. */
  shape: v.pipe(v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(1))), v.minLength(1)),
  calibration: CalibrationSchema,
  data: v.strictObject({
    training: RecordsSchema,
    /** Records that no step of training or selection has seen. */
    heldOut: RecordsSchema,
    /** How examples were split: the task's name for it. */
    protocol: text,
    /** Whether a patient stands on both sides, knowingly; every table then carries the word. */
    leaky: v.boolean(),
    /** How patients were kept apart. */
    patientSplit: text,
    labelMap: v.optional(text),
    licence: text,
  }),
  /** Whether weights and activations are 8-bit integers. */
  quantised: v.boolean(),
  metrics: MetricsSchema,
  training: TrainingSchema,
  licence: text,
  intendedUse: text,
  limitations: v.array(text),
});

/** All a person or a program has to know of a trained classifier of examples; see `ClassifierCardSchema`. */
export type ClassifierCard = v.InferOutput<typeof ClassifierCardSchema>;
