import { EcgError, MODEL_ROLES, type ModelRole } from '../core/index.js';
import type { Runtime } from '../nn/index.js';
import { type BeatModel, loadBeatModel } from './beat-model.js';
import { type ModelSet, openModelSet } from './model-set.js';

/**
 * A trained network from where a page keeps it, ready to run.
 *
 * @param url      of the `.onnx` file
 * @param runtime  from `nn/browser`
 * @throws EcgError `not-found` when it cannot be fetched; as `loadBeatModel`
 */
export async function fetchBeatModel(url: string, runtime: Runtime): Promise<BeatModel> {
  return loadBeatModel(await fetchBytes(url), runtime);
}

/** Which networks a page fetches. */
export interface FetchModelSetOptions {
  /** The roles to load; all when omitted. */
  readonly models?: readonly ModelRole[];
}

/**
 * The networks that analyze a recording, from where a page keeps them.
 *
 * @param prefix   what stands before `beats.onnx`, `rhythm.onnx`, …: `/models/`
 * @param runtime  from `nn/browser`
 * @throws EcgError `not-found` when one cannot be fetched; `bad-format` when a file is no such network or fails its
 *   golden vectors
 */
export async function fetchModelSet(
  prefix: string,
  runtime: Runtime,
  { models }: FetchModelSetOptions = {},
): Promise<ModelSet> {
  const read = (role: ModelRole) => fetchBytes(`${prefix}${role}.onnx`);
  const sha256 = async (bytes: Uint8Array) => {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  return openModelSet({ read, sha256 }, runtime, models ?? MODEL_ROLES);
}

/** @throws EcgError `not-found` */
async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new EcgError('not-found', `model: ${url} cannot be fetched, check the address and the connection`, {
      cause,
    });
  });
  if (!response.ok) {
    throw new EcgError('not-found', `model: ${url} answered ${response.status}, check the address`);
  }
  return new Uint8Array(await response.arrayBuffer());
}
