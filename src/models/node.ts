import { readFile } from 'node:fs/promises';
import { EcgError } from '../core/index.js';
import { createRuntime } from '../nn/node.js';
import { type BeatModel, loadBeatModel } from './beat-model.js';

/** The trained networks that come with the package. */
export type BundledModel = 'beats' | 'beat-image';

/**
 * The bytes of a network that comes with the package.
 * @throws EcgError `not-found` when the package was installed without it
 */
export async function readBundledModel(name: BundledModel): Promise<Uint8Array> {
  const file = new URL(`../../models/${name}.onnx`, import.meta.url);
  return readFile(file).catch((cause: unknown) => {
    throw new EcgError(
      'not-found',
      `model: ${name}.onnx does not come with this installation; reinstall the package, or train it with "ectopy train ${name}"`,
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
