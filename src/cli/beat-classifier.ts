import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type BeatClassifier, createBeatClassifier } from '../analysis/index.js';
import { EcgError } from '../core/index.js';
import { loadBeatModel, type ModelCard } from '../models/index.js';
import { readBundledModel } from '../models/node.js';
import { createRuntime } from '../nn/node.js';

/** A network ready to classify, and what its card says. */
export interface LoadedClassifier extends BeatClassifier {
  readonly card: ModelCard;
  close(): Promise<void>;
}

/**
 * The classifier of a model file, or of the built-in one.
 * @throws EcgError `not-found` without the file; `bad-format` when it is no model or fails its golden vectors
 */
export async function loadBeatClassifier(
  path: string | undefined,
  threads: number,
): Promise<LoadedClassifier> {
  const bytes = await readBeatModel(path);
  const model = await loadBeatModel(bytes, await createRuntime({ threads }));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ...createBeatClassifier(model, sha256), card: model.card, close: () => model.close() };
}

/**
 * The bytes of a model file, or of the built-in network of beats.
 * @throws EcgError `not-found` without the file
 */
export async function readBeatModel(path: string | undefined): Promise<Uint8Array> {
  if (path === undefined) return readBundledModel('beats');
  return readFile(path).catch((cause: unknown) => {
    throw new EcgError('not-found', `--model: ${path} cannot be read, check the path`, { cause });
  });
}
