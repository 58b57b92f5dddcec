import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EcgError } from '../../../../core/index.js';
import { writeWhole } from '../../../records/node.js';

/** One scoring on a test set. */
interface TestUse {
  readonly run: string;
  readonly networks: readonly string[];
  readonly records: readonly string[];
}

/**
 * How often these test records have been scored, this time included: what is looked at often becomes a validation set.
 *
 * @param file  JSON list of all uses; this one is added
 * @throws EcgError `bad-format` when the count is damaged
 */
export async function countTestUse(file: string, use: TestUse): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '[]');
  let uses: (TestUse & { readonly date: string })[];
  try {
    uses = JSON.parse(text) as typeof uses;
    if (!Array.isArray(uses)) throw new TypeError('no list');
  } catch (cause) {
    throw new EcgError('bad-format', `${file} counts the scorings and is damaged, mend or move it`, {
      cause,
    });
  }
  uses.push({ date: new Date().toISOString(), ...use });
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, `${JSON.stringify(uses, null, 1)}\n`);
  const held = new Set(use.records);
  return uses.filter((known) => known.records.some((record) => held.has(record))).length;
}
