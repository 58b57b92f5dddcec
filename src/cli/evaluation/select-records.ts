import { basename, dirname, extname, resolve } from 'node:path';
import { EcgError } from '../../core/index.js';
import { DS1, DS2 } from '../../evaluation/index.js';
import { datasetRecords, resolveDatasetRecord } from '../../formats/datasets/node.js';
import { DATASETS } from '../../formats/index.js';
import { findRecord } from '../find-record.js';

/** A record to evaluate. */
export interface SelectedRecord {
  /** With its database, `mitdb/100`: what patients are told apart by. */
  readonly id: string;
  /** What tables call its database: `mitdb`, `mitdb-ds2`; the folder of a path. */
  readonly database: string;
  /** Its header, or the name of the record. */
  readonly path: string;
}

/** Halves of mitdb by name. */
const HALVES: ReadonlyMap<string, readonly string[]> = new Map([
  ['mitdb-ds1', DS1],
  ['mitdb-ds2', DS2],
]);

/**
 * The records that words on the command line mean: a database (`mitdb`), a half (`mitdb-ds2`), a record of a
 * database (`mitdb/100`), or a path.
 *
 * @throws EcgError `not-found` for a database that is not on this machine or a record it does not hold;
 *   `bad-option` for a record that is named twice
 */
export async function selectRecords(words: readonly string[]): Promise<SelectedRecord[]> {
  const found: SelectedRecord[] = [];
  for (const word of words) found.push(...(await recordsOf(word)));
  const twice = found.find(({ id }, i) => found.findIndex((other) => other.id === id) !== i);
  if (found.length === 0) {
    throw new EcgError('not-found', `evaluate: ${words.join(', ')} holds no records, fetch them anew`);
  }
  if (twice) throw new EcgError('bad-option', `evaluate: ${twice.id} is named twice, name each record once`);
  return found;
}

async function recordsOf(word: string): Promise<SelectedRecord[]> {
  const half = HALVES.get(word);
  if (half !== undefined) return ofDatabase('mitdb', half, word);
  if (DATASETS.some(({ id }) => id === word)) return ofDatabase(word, await datasetRecords(word), word);
  const path = await findRecord(word);
  const database = basename(dirname(resolve(path)));
  return [{ id: `${database}/${recordName(path)}`, database, path }];
}

async function ofDatabase(
  dataset: string,
  records: readonly string[],
  database: string,
): Promise<SelectedRecord[]> {
  return Promise.all(
    records.map(async (record) => {
      const id = `${dataset}/${record}`;
      return { id, database, path: await resolveDatasetRecord(id) };
    }),
  );
}

/** The name of the record that a path leads to: `100` of `mitdb/100.hea`. */
export function recordName(path: string): string {
  return basename(path, extname(path));
}
