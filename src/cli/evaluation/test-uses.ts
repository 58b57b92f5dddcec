import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { EcgError } from '../../core/index.js';
import { writeWhole } from '../output-files.js';

/** One scoring of a model on records it was never to be selected on. */
interface TestUse {
  readonly date: string;
  readonly model: string;
  readonly records: readonly string[];
}

/**
 * How often this machine has scored a network on held-out records, this time included.
 *
 * A test set that is looked at often becomes a validation set, so the number stands beside the figures.
 *
 * @param model  SHA-256 of the model's file
 * @throws EcgError `bad-format` when the count is damaged; `bad-option` when it cannot be written
 */
export async function countTestUse(model: string, records: readonly string[]): Promise<number> {
  const file = join(process.env['ECTOPY_HOME'] || join(homedir(), '.ectopy'), 'test-uses.json');
  const text = await readFile(file, 'utf8').catch(() => '[]');
  const uses = parseUses(text, file);
  const all = [...uses, { date: new Date().toISOString(), model, records }];
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, [`${JSON.stringify(all, null, 1)}\n`]);
  const held = new Set(records);
  return all.filter((use) => use.records.some((record) => held.has(record))).length;
}

function parseUses(text: string, file: string): TestUse[] {
  try {
    const uses: unknown = JSON.parse(text);
    if (Array.isArray(uses)) return uses as TestUse[];
  } catch {
    // Said below: a count that cannot be read must not begin again at 1.
  }
  throw new EcgError('bad-format', `evaluate: ${file} counts the scorings and is damaged, mend or move it`);
}
