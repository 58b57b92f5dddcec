import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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
 * @throws EcgError `bad-option` when `resume` holds another recipe's run, or no folder can be made; `not-found` when
 *   `resume` holds none
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
  const folder = await newFolder(join(runsFolder, `${recipe.name}-${recipe.version}-${time}`));
  await writeFile(join(folder, 'config.json'), `${JSON.stringify(recipe, null, 1)}\n`);
  return folder;
}

/** A folder that nobody had: two runs begun in the same second have their own. */
async function newFolder(stem: string): Promise<string> {
  const runsFolder = dirname(stem);
  const refuse = (cause: NodeJS.ErrnoException): never => {
    throw new EcgError(
      'bad-option',
      `training: no folder can be made in ${runsFolder} (${cause.code}), keep runs elsewhere`,
      { cause },
    );
  };
  await mkdir(runsFolder, { recursive: true }).catch(refuse);
  for (let n = 1; ; n++) {
    const folder = n === 1 ? stem : `${stem}-${n}`;
    try {
      await mkdir(folder);
      return folder;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') refuse(cause as NodeJS.ErrnoException);
    }
  }
}
