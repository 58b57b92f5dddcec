import { decodeModel } from './read.js';

/** An input or output of a network's file. */
export interface TensorSignature {
  readonly name: string;
  /** Of its elements. */
  readonly type: 'float32' | 'float64' | 'other';
  /** −1 where any size fits; null where the file does not say. */
  readonly shape: readonly number[] | null;
}

/** What a network reads and gives, as its file declares it. */
export interface ModelSignature {
  readonly inputs: readonly TensorSignature[];
  readonly outputs: readonly TensorSignature[];
}

/** Numbers of element types in ONNX. */
const TYPES: Readonly<Record<number, TensorSignature['type']>> = { 1: 'float32', 11: 'float64' };

/**
 * The inputs and outputs of a network's file, without running it.
 * @throws EcgError `bad-format` when the bytes are no ONNX file; `unsupported` when they are one with more in it than
 *   Ectopy writes
 */
export function readModelSignature(bytes: Uint8Array): ModelSignature {
  const { inputs, outputs } = decodeModel(bytes);
  const signature = ({ name, type, shape }: (typeof inputs)[number]): TensorSignature => ({
    name,
    type: TYPES[type] ?? 'other',
    shape: shape === undefined ? null : shape.map((size) => (typeof size === 'string' ? -1 : size)),
  });
  return { inputs: inputs.map(signature), outputs: outputs.map(signature) };
}
