import { EcgError } from '../core/index.js';
import type { Runtime } from '../nn/index.js';
import { type BeatModel, loadBeatModel } from './beat-model.js';

/**
 * A trained network from where a page keeps it, ready to run.
 *
 * @param url      of the `.onnx` file
 * @param runtime  from `nn/browser`
 * @throws EcgError `not-found` when it cannot be fetched; as `loadBeatModel`
 */
export async function fetchBeatModel(url: string, runtime: Runtime): Promise<BeatModel> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new EcgError('not-found', `model: ${url} cannot be fetched, check the address and the connection`, {
      cause,
    });
  });
  if (!response.ok) {
    throw new EcgError('not-found', `model: ${url} answered ${response.status}, check the address`);
  }
  return loadBeatModel(new Uint8Array(await response.arrayBuffer()), runtime);
}
