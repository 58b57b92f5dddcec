import { stat } from 'node:fs/promises';
import { EcgError } from '../core/index.js';
import { resolveDatasetRecord } from '../formats/datasets/node.js';
import { DATASETS } from '../formats/index.js';

/**
 * The file that a word on the command line means: a path where something lies there, else a record of a database
 * on this machine (`mitdb/100`), else the word.
 *
 * @throws EcgError `not-found` for a database that is not on this machine, or a record it does not hold; `bad-option`
 *   for a database without a record
 */
export async function findRecord(word: string): Promise<string> {
  const dataset = DATASETS.find(({ id }) => word === id || word.startsWith(`${id}/`));
  if (dataset === undefined || (await isThere(word)) || (await isThere(`${word}.hea`))) return word;
  if (word === dataset.id)
    throw new EcgError('bad-option', `${word} is a database, name a record of it: ${word}/…`);
  return resolveDatasetRecord(word);
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
