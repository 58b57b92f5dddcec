import * as v from 'valibot';
import { EcgError } from '../../../core/index.js';
import { DS1, DS2, MITDB, MITDB_PACED, patientOf } from '../../../evaluation/index.js';
import { StockwellWindowSchema } from '../../../models/index.js';
import type { RecordSplit } from '../../examples/split.js';

/** DS1 and the paced records: windows of paced rhythm are examples of `other`. */
const DEVELOPMENT: readonly string[] = [...DS1, ...MITDB_PACED];

/** What the recipe `stockwell-convnext` is asked to learn from. */
export const StockwellDataSchema = v.strictObject({
  input: StockwellWindowSchema,
  /** Validation records of mitdb, out of DS1 and the paced ones. */
  validation: v.pipe(v.array(v.picklist(DEVELOPMENT)), v.minLength(1)),
});

export type StockwellData = v.InferOutput<typeof StockwellDataSchema>;

/** All records of mitdb: a cross-validation deals with every one. */
export const WINDOW_RECORDS: readonly string[] = MITDB.map((name) => `mitdb/${name}`);

/**
 * DS1 and the paced records → DS2 by patient; 201, whose patient DS2 tests on (202), is on no side.
 * @throws EcgError `bad-option` when the patient of a validation record is tested on, or nothing is left to train on
 */
export function windowRecords(validation: readonly string[]): RecordSplit {
  const ids = (names: readonly string[]) => names.map((name) => `mitdb/${name}`);
  const test = ids(DS2);
  const tested = new Set(test.map(patientOf));
  const development = ids(DEVELOPMENT).filter((id) => !tested.has(patientOf(id)));
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
