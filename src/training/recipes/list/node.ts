import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EcgError } from '../../../core/index.js';
import { type RecipeRun, readRunMetrics } from '../run/node.js';

/**
 * The finished runs of a folder, oldest first; folders that hold none are passed over.
 * @throws EcgError `bad-format` for a run whose metrics are damaged
 */
export async function listRuns(runsFolder: string): Promise<RecipeRun[]> {
  const names = await readdir(runsFolder).catch(() => [] as string[]);
  const runs: RecipeRun[] = [];
  for (const name of names) {
    const folder = join(runsFolder, name);
    try {
      runs.push({ folder, metrics: await readRunMetrics(folder) });
    } catch (error) {
      if (!(error instanceof EcgError) || error.code !== 'not-found') throw error;
    }
  }
  return runs.filter(({ metrics }) => Array.isArray(metrics.networks)).sort(byTime);
}

/** Names end with the time they were begun. */
function byTime(a: RecipeRun, b: RecipeRun): number {
  const time = ({ folder }: RecipeRun) => folder.slice(-17);
  return time(a) < time(b) ? -1 : 1;
}
