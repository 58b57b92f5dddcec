import { readModelMetadata } from './onnx/metadata.js';
import type { Runtime, Tensor } from './runtime.js';

/** A trained network, ready to run. */
export interface Model {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  /** The network's outputs for a batch of any size. */
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
  release(): Promise<void>;
}

/**
 * A trained network from the bytes of its `.onnx` file.
 * @throws EcgError `bad-format` when the bytes are no model the runtime can run
 */
export async function openModel(runtime: Runtime, bytes: Uint8Array): Promise<Model> {
  const metadata = readModelMetadata(bytes);
  const session = await runtime.open(bytes);
  return { ...session, metadata };
}
