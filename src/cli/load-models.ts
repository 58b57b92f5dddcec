import { type AnalysisModels, analysisModels } from '../analysis/index.js';
import { EcgError, MODEL_ROLES, type ModelRole } from '../core/index.js';
import { loadModelSet } from '../models/node.js';
import { loadBeatClassifier } from './beat-classifier.js';

/** Networks ready for `analyze`. */
export interface LoadedModels {
  readonly models: AnalysisModels;
  close(): Promise<void>;
}

/**
 * The built-in networks, or some of them, the one of beats replaced by a file where one is given.
 * @throws EcgError `not-found` without a file; `bad-format` when it is no model or fails its golden vectors
 */
export async function loadModels(options: {
  readonly model: string | undefined;
  readonly only: readonly ModelRole[] | undefined;
  readonly threads: number;
}): Promise<LoadedModels> {
  const { model, only, threads } = options;
  const beats = model === undefined ? null : await loadBeatClassifier(model, threads);
  const wanted = beats === null ? only : only?.filter((role) => role !== 'beats');
  const set = await loadModelSet({ threads, ...(wanted === undefined ? {} : { models: wanted }) });
  const models = analysisModels(set);
  return {
    models: beats === null ? models : { ...models, beats },
    close: async () => {
      await beats?.close();
      await set.close();
    },
  };
}

/** Roles out of the words of `--only`: `beats,rhythm`. */
export function parseRoles(text: string): ModelRole[] {
  const names = text.split(',').map((name) => name.trim());
  const isRole = (name: string): name is ModelRole => (MODEL_ROLES as readonly string[]).includes(name);
  const wrong = names.filter((name) => !isRole(name));
  if (wrong.length > 0)
    throw new EcgError(
      'bad-option',
      `--only: ${wrong.join(', ')} is no network of an analysis, choose of ${MODEL_ROLES.join(', ')}`,
    );
  return names.filter(isRole);
}
