import * as v from 'valibot';
import { EcgError } from '../../core/index.js';
import { DS1, DS2, patientOf } from '../../evaluation/index.js';
import type { RecordSplit } from '../examples/split.js';

/**
 * Records of DS1 that validate. 101, 118, 205 and 223 together hold every beat class (S 175, V 560, F 25, Q 2 beats),
 * and none is the one with atrial fibrillation (203), with most S (209) or with most F (208), so that training keeps
 * every class too.
 */
export const ValidationRecordsSchema = v.optional(v.pipe(v.array(v.picklist(DS1)), v.minLength(1)), [
  '101',
  '118',
  '205',
  '223',
]);

/**
 * DS1 → DS2 of mitdb by patient, paced records in neither. A DS1 patient who also stands in DS2 (201, with 202) is on
 * no side.
 *
 * @param validation  record names out of DS1
 * @throws EcgError `bad-option` when a patient to validate on is tested, or nothing is left to train on
 */
export function interPatientRecords(validation: readonly string[]): RecordSplit {
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
