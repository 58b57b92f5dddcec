import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

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
 */
export async function countTestUse(model: string, records: readonly string[]): Promise<number> {
  const file = join(process.env['ECTOPY_HOME'] || join(homedir(), '.ectopy'), 'test-uses.json');
  const uses = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as TestUse[],
    () => [],
  );
  const all = [...uses, { date: new Date().toISOString(), model, records }];
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(all, null, 1)}\n`);
  const held = new Set(records);
  return all.filter((use) => use.records.some((record) => held.has(record))).length;
}
