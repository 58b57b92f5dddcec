import { readFile } from 'node:fs/promises';
import { EcgError } from '../../../core/index.js';
import { type BeatRecipe, parseBeatRecipe } from '../../recipe.js';
import { parseWaveRecipe, type WaveRecipe } from '../../waves/wave-recipe.js';
import { parseRecipe, type Recipe } from '../recipe.js';

/** A recipe of any kind: the beat network's, that of the network of waves, or one over examples. */
export type AnyRecipe =
  | { readonly kind: 'beats'; readonly recipe: BeatRecipe }
  | { readonly kind: 'waves'; readonly recipe: WaveRecipe }
  | { readonly kind: 'examples'; readonly recipe: Recipe };

/**
 * A recipe from its file; one that names a task or protocols is over examples, one of a `unet-1d` is of waves.
 * @throws EcgError `not-found` without the file; `bad-option` when it is not JSON or not valid, with all faults
 */
export async function readRecipe(path: string): Promise<AnyRecipe> {
  const data = await readJson(path);
  if (typeof data === 'object' && data !== null && ('task' in data || 'protocols' in data)) {
    return { kind: 'examples', recipe: parseRecipe(data, path) };
  }
  if (networkKind(data) === 'unet-1d') return { kind: 'waves', recipe: parseWaveRecipe(data, path) };
  return { kind: 'beats', recipe: parseBeatRecipe(data, path) };
}

function networkKind(data: unknown): unknown {
  const { network } = (data ?? {}) as { network?: { kind?: unknown } };
  return network?.kind;
}

/**
 * The beat network's recipe from its file.
 * @throws EcgError as `readRecipe`
 */
export async function readBeatRecipe(path: string): Promise<BeatRecipe> {
  return parseBeatRecipe(await readJson(path), path);
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new EcgError('not-found', `training: there is no recipe ${path}, check the path`, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EcgError('bad-option', `${path}: not JSON: ${String(cause)}`, { cause });
  }
}
