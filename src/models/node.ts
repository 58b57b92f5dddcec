import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { EcgError, MODEL_ROLES, type ModelRole } from '../core/index.js';
import { createRuntime } from '../nn/node.js';
import { createThreadedRuntime } from '../nn/threaded/node.js';
import { type BeatModel, loadBeatModel } from './beat-model.js';
import { type ModelSet, openModelSet } from './model-set.js';

/** The trained networks that come with the package. */
export type BundledModel = ModelRole | 'beats-ds1' | 'beat-image' | 'screening';

/** In which numbers a network computes. */
export interface BundledForm {
  /** 8-bit integers instead of single precision: a quarter of the size and faster; not every network has them. */
  readonly integers?: boolean;
}

/**
 * The bytes of a network that comes with the package.
 * @throws EcgError `not-found` when the package was installed without it
 */
export async function readBundledModel(
  name: BundledModel,
  { integers = false }: BundledForm = {},
): Promise<Uint8Array> {
  const path = integers ? `int8/${name}` : name;
  const file = new URL(`../../models/${path}.onnx`, import.meta.url);
  return readFile(file).catch((cause: unknown) => {
    throw new EcgError(
      'not-found',
      `model: ${path}.onnx does not come with this installation; reinstall the package, or train it with "ectopy train ${name}"`,
      { cause },
    );
  });
}

/** A network that comes with the package, ready to run on this machine's fastest runtime. */
export async function loadBundledModel(
  name: 'beats',
  options: { readonly threads?: number } = {},
): Promise<BeatModel> {
  return loadBeatModel(await readBundledModel(name), await createRuntime(options));
}

/** Which networks, and how they run. */
export interface ModelSetOptions {
  /**
   * Threads that compute; 1 when omitted. From 2 on the networks have a thread of their own, with one thread less for
   * an operation: let `analyze` overlap them.
   */
  readonly threads?: number;
  /** The roles to load; when omitted, those whose network comes with this installation. */
  readonly models?: readonly ModelRole[];
}

/**
 * The networks that come with the package, on this machine's fastest runtime.
 * @throws EcgError `not-found` when a role of `models` was installed without its network; `bad-format` when a file is
 *   no such network or fails its golden vectors
 */
export async function loadModelSet({ threads = 1, models }: ModelSetOptions = {}): Promise<ModelSet> {
  const runtime =
    threads > 1 ? createThreadedRuntime({ threads: threads - 1 }) : await createRuntime({ threads });
  const read = async (role: ModelRole) => {
    try {
      return await readBundledModel(role);
    } catch (error) {
      if (models === undefined && error instanceof EcgError && error.code === 'not-found') return null;
      throw error;
    }
  };
  const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  return openModelSet({ read, sha256 }, runtime, models ?? MODEL_ROLES);
}
