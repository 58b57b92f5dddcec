import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { EcgError } from '../../core/index.js';
import { DS1, DS2 } from '../../evaluation/index.js';
import { datasetsFolder, resolveDatasetRecord } from '../../formats/datasets/node.js';
import { DATASETS } from '../../formats/index.js';

/** A record to evaluate. */
export interface SelectedRecord {
  /** With its database, `mitdb/100`: what patients are told apart by. */
  readonly id: string;
  /** Its header, or the name of the record. */
  readonly path: string;
}

/** Halves of mitdb by name. */
const HALVES: Readonly<Record<string, readonly string[]>> = { 'mitdb-ds1': DS1, 'mitdb-ds2': DS2 };

/**
 * The records that words on the command line mean: a database (`mitdb`), a half (`mitdb-ds2`), a record of a
 * database (`mitdb/100`), or a path.
 *
 * @throws EcgError `not-found` for a database that is not on this machine or a record it does not hold
 */
export async function selectRecords(words: readonly string[]): Promise<SelectedRecord[]> {
  const found: SelectedRecord[] = [];
  for (const word of words) found.push(...(await recordsOf(word)));
  const twice = found.find(({ id }, i) => found.findIndex((other) => other.id === id) !== i);
  if (twice) throw new EcgError('bad-option', `evaluate: ${twice.id} is named twice, name each record once`);
  return found;
}

async function recordsOf(word: string): Promise<SelectedRecord[]> {
  const half = HALVES[word];
  if (half !== undefined) return Promise.all(half.map((record) => ofDatabase(`mitdb/${record}`)));
  const database = DATASETS.find(({ id }) => word === id || word.startsWith(`${id}/`));
  if (database === undefined) {
    const stem = basename(word, extname(word));
    return [{ id: `${basename(dirname(resolve(word)))}/${stem}`, path: word }];
  }
  if (word !== database.id) return [await ofDatabase(word)];
  const folder = join(datasetsFolder(), database.id);
  const files = await readdir(folder).catch((cause: unknown) => {
    throw new EcgError(
      'not-found',
      `evaluate: ${word} is not on this machine, fetch it: ectopy data get ${word}`,
      {
        cause,
      },
    );
  });
  const names = files.filter((file) => file.endsWith('.hea')).map((file) => file.slice(0, -4));
  return Promise.all(names.sort().map((name) => ofDatabase(`${word}/${name}`)));
}

async function ofDatabase(id: string): Promise<SelectedRecord> {
  return { id, path: await resolveDatasetRecord(id) };
}
