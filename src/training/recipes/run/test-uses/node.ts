import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { EcgError } from '../../../../core/index.js';
import { writeWhole } from '../../../records/node.js';

/** Scorings on test sets. */
const UsesSchema = v.array(
  v.strictObject({
    date: v.string(),
    run: v.string(),
    networks: v.array(v.string()),
    records: v.array(v.string()),
  }),
);
type TestUse = v.InferOutput<typeof UsesSchema>[number];

/**
 * How often these test records have been scored, this time included: what is looked at often becomes a validation set.
 *
 * @param file  JSON list of all uses; this one is added
 * @throws EcgError `bad-format` when the count is damaged
 */
export async function countTestUse(file: string, use: Omit<TestUse, 'date'>): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => '[]');
  let uses: TestUse[];
  try {
    uses = [...v.parse(UsesSchema, JSON.parse(text))];
  } catch (cause) {
    throw new EcgError('bad-format', `${file} counts the scorings and is damaged, mend or move it`, {
      cause,
    });
  }
  uses.push({ ...use, date: new Date().toISOString() });
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, `${JSON.stringify(uses, null, 1)}\n`);
  const held = new Set(use.records);
  return uses.filter((known) => known.records.some((record) => held.has(record))).length;
}
