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

/** The networks of beats that come with the package: the one `analyze` uses, and the one of the DS1 benchmark. */
const BUILT_IN = ['beats', 'beats-ds1'] as const;

/**
 * The classifier of a model file, or of a built-in one by its name.
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
 * The bytes of a model file, or of a built-in network of beats.
 * @param path  of a file, or `beats`, `beats-ds1`; the first when undefined
 * @throws EcgError `not-found` without the file
 */
export async function readBeatModel(path: string | undefined): Promise<Uint8Array> {
  const builtIn = BUILT_IN.find((name) => name === (path ?? BUILT_IN[0]));
  if (builtIn !== undefined) return readBundledModel(builtIn);
  return readFile(path as string).catch((cause: unknown) => {
    throw new EcgError(
      'not-found',
      `--model: ${path} cannot be read, check the path, or name a built-in network: ${BUILT_IN.join(', ')}`,
      { cause },
    );
  });
}
