import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EcgError } from '../../../core/index.js';
import type { RecipeRun } from '../run/node.js';
import { readRunMetrics } from '../run/read-metrics/node.js';

/**
 * The finished runs of recipes over examples in a folder, oldest first; other folders are passed over.
 * @param onDamaged  told of each run whose metrics are damaged, or of another version; it is passed over
 */
export async function listRuns(
  runsFolder: string,
  onDamaged: (message: string) => void,
): Promise<RecipeRun[]> {
  const names = await readdir(runsFolder).catch(() => [] as string[]);
  const runs: RecipeRun[] = [];
  for (const name of names) {
    const folder = join(runsFolder, name);
    try {
      runs.push({ folder, metrics: await readRunMetrics(folder) });
    } catch (error) {
      if (!(error instanceof EcgError)) throw error;
      if (error.code === 'bad-format') onDamaged(error.message);
      else if (error.code !== 'not-found' && error.code !== 'unsupported') throw error;
    }
  }
  return runs.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
}

/** Names of folders end with the time they were begun, and a number where that is not theirs alone; others come first. */
function timeOf({ folder }: RecipeRun): string {
  return `${/\d{4}-\d\d-\d\dT\d{6}(-\d+)?$/.exec(folder)?.[0] ?? ''} ${folder}`;
}
