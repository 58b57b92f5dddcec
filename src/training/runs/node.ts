import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EcgError } from '../../core/index.js';

/** SHA-256 of a recipe's JSON, hexadecimal; what stands on the model card. */
export function recipeSha256(recipe: object): string {
  return sha256(JSON.stringify(recipe));
}

/** SHA-256, hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/**
 * The folder of a run: a new one named after the recipe and the time, or the one to go on in.
 *
 * @throws EcgError `bad-option` when `resume` holds another recipe's run; `not-found` when it holds none
 */
export async function openRun(
  recipe: { readonly name: string; readonly version: string },
  runsFolder: string,
  resume?: string,
): Promise<string> {
  if (resume !== undefined) {
    const path = join(resume, 'config.json');
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      throw new EcgError('not-found', `training: ${resume} holds no run (no config.json), check the path`, {
        cause,
      });
    });
    if (text.trim() !== JSON.stringify(recipe, null, 1)) {
      throw new EcgError(
        'bad-option',
        `training: the run in ${resume} was begun with another recipe; resume it with its own config.json, or start anew`,
      );
    }
    return resume;
  }
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '');
  const folder = join(runsFolder, `${recipe.name}-${recipe.version}-${time}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), `${JSON.stringify(recipe, null, 1)}\n`);
  return folder;
}
