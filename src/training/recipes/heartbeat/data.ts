import * as v from 'valibot';
import { EcgError } from '../../../core/index.js';
import { DS1, DS2, MITDB, patientOf } from '../../../evaluation/index.js';
import { HEARTBEAT, HeartbeatInputSchema } from '../../../models/index.js';
import type { RecordSplit } from '../../examples/split.js';

const path = v.pipe(v.string(), v.minLength(1));

/**
 * DS1 records that validate: together they hold every class (N 8,690, S 175, V 560, F 25, Q 2 beats), and none is the
 * only one with atrial fibrillation (203), the one with most S (209) or most F (208), so that training keeps every
 * class too.
 */
const VALIDATION = ['101', '118', '205', '223'];

/** What the recipes `heartbeat` and `ensemble` are asked to learn from; the published data where nothing is said. */
export const HeartbeatDataSchema = v.strictObject({
  input: v.optional(HeartbeatInputSchema, HEARTBEAT),
  /** Of the leaky split. */
  seed: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), 1),
  /** The honest split's validation records of mitdb, out of DS1. */
  validation: v.optional(v.pipe(v.array(v.picklist(DS1)), v.minLength(1)), VALIDATION),
  /** The original tables, read instead of the recordings; leaky protocol only. */
  csv: v.optional(v.nullable(v.strictObject({ train: path, test: path })), null),
});

export type HeartbeatData = v.InferOutput<typeof HeartbeatDataSchema>;

/** Share of the beats tested on, 21,892 of 109,446 as published, and of the others validated on. */
export const TEST_SHARE = 0.2;
export const VALIDATION_SHARE = 0.1;

/** All records of mitdb, paced ones among them: those of the published table. */
export const LEAKY_RECORDS: readonly string[] = MITDB.map((name) => `mitdb/${name}`);

/**
 * DS1 → DS2 by patient, paced records in neither. Records of a DS1 patient who also stands in DS2 (201, with 202)
 * are on no side.
 * @throws EcgError `bad-option` when nothing is left to train on
 */
export function honestRecords(validation: readonly string[]): RecordSplit {
  const ids = (names: readonly string[]) => names.map((name) => `mitdb/${name}`);
  const test = ids(DS2);
  const tested = new Set(test.map(patientOf));
  const development = ids(DS1).filter((id) => !tested.has(patientOf(id)));
  const chosen = new Set(ids(validation));
  for (const id of chosen) {
    if (!development.includes(id)) {
      throw new EcgError(
        'bad-option',
        `data.validation: the patient of ${id} is tested on, name other records of DS1`,
      );
    }
  }
  const train = development.filter((id) => !chosen.has(id));
  if (train.length === 0) {
    throw new EcgError('bad-option', 'data.validation: holds all of DS1, leave records to train on');
  }
  return { train, validation: [...chosen], test };
}
