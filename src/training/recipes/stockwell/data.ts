import * as v from 'valibot';
import { DS1, MITDB, MITDB_PACED } from '../../../evaluation/index.js';
import { StockwellWindowSchema } from '../../../models/index.js';
import type { RecordSplit } from '../../examples/split.js';
import { interPatientRecords } from '../inter-patient.js';

/** DS1 and the paced records: windows of paced rhythm are examples of `other`. */
const DEVELOPMENT: readonly string[] = [...DS1, ...MITDB_PACED];

/** What the recipe `stockwell-convnext` is asked to learn from. */
export const StockwellDataSchema = v.strictObject({
  input: StockwellWindowSchema,
  /**
   * Validation records of mitdb, out of DS1 and the paced ones. Of these only 203 and 217 hold atrial fibrillation (147
   * and 26 windows): one of them has to be trained on.
   */
  validation: v.pipe(v.array(v.picklist(DEVELOPMENT)), v.minLength(1)),
});

export type StockwellData = v.InferOutput<typeof StockwellDataSchema>;

/** All records of mitdb: a cross-validation deals with every one. */
export const WINDOW_RECORDS: readonly string[] = MITDB.map((name) => `mitdb/${name}`);

/**
 * The split of `interPatientRecords` with the paced records in it: those that do not validate are trained on.
 * @throws EcgError `bad-option` when the patient of a validation record is tested on, or nothing is left to train on
 */
export function windowRecords(validation: readonly string[]): RecordSplit {
  const usual = interPatientRecords(validation.filter((name) => !MITDB_PACED.includes(name)));
  const paced = (validates: boolean) =>
    MITDB_PACED.filter((name) => validation.includes(name) === validates).map((name) => `mitdb/${name}`);
  return {
    train: [...usual.train, ...paced(false)],
    validation: [...usual.validation, ...paced(true)],
    test: usual.test,
  };
}
