import * as v from 'valibot';
import { MITDB } from '../../../evaluation/index.js';
import { HEARTBEAT, HeartbeatInputSchema } from '../../../models/index.js';
import { ValidationRecordsSchema } from '../inter-patient.js';

const path = v.pipe(v.string(), v.minLength(1));

/** What the recipes `heartbeat` and `ensemble` are asked to learn from; the published data where nothing is said. */
export const HeartbeatDataSchema = v.strictObject({
  input: v.optional(HeartbeatInputSchema, HEARTBEAT),
  /** Of the leaky split. */
  seed: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), 1),
  /** The honest split's validation records of mitdb, out of DS1. */
  validation: ValidationRecordsSchema,
  /** The original tables, read instead of the recordings; leaky protocol only. */
  csv: v.optional(v.nullable(v.strictObject({ train: path, test: path })), null),
});

export type HeartbeatData = v.InferOutput<typeof HeartbeatDataSchema>;

/** Share of the beats tested on, 21,892 of 109,446 as published, and of the others validated on. */
export const TEST_SHARE = 0.2;
export const VALIDATION_SHARE = 0.1;

/** All records of mitdb, paced ones among them: those of the published table. */
export const LEAKY_RECORDS: readonly string[] = MITDB.map((name) => `mitdb/${name}`);
