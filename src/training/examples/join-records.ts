import { patientOf } from '../../evaluation/index.js';
import { type ExampleSet, exampleSize } from './example-set.js';

/** The examples of one record. */
export interface RecordExamples {
  /** [count, ...shape]; of one kind in all records. */
  readonly data: ExampleSet['data'];
  readonly label: Uint8Array;
}

/**
 * The examples of some records one after another.
 *
 * @param ids    `mitdb/100`
 * @param parts  one a record
 */
export function joinRecords(
  ids: readonly string[],
  parts: readonly RecordExamples[],
  classes: readonly string[],
  shape: readonly number[],
): ExampleSet {
  const size = exampleSize({ shape });
  const count = parts.reduce((sum, { label }) => sum + label.length, 0);
  const data =
    parts[0]?.data instanceof Uint8Array ? new Uint8Array(count * size) : new Float32Array(count * size);
  const label = new Uint8Array(count);
  const record = new Uint16Array(count);
  let at = 0;
  parts.forEach((own, r) => {
    data.set(own.data, at * size);
    label.set(own.label, at);
    record.fill(r, at, at + own.label.length);
    at += own.label.length;
  });
  return { classes, shape, data, label, record, records: ids.map((id) => ({ id, patient: patientOf(id) })) };
}
