import { EcgError } from '../../core/index.js';
import { decodeMetadata, encodeMetadata } from './protobuf.js';

/**
 * The metadata entries of an `.onnx` file, without starting a runtime.
 * @throws EcgError `bad-format` when the bytes are no ONNX file
 */
export function readModelMetadata(bytes: Uint8Array): Record<string, string> {
  try {
    return decodeMetadata(bytes);
  } catch (cause) {
    throw new EcgError(
      'bad-format',
      `onnx: ${bytes.length} bytes are no ONNX file, give a file of a trained network`,
      {
        cause,
      },
    );
  }
}

/**
 * An `.onnx` file with further metadata entries; the rest of the file stays as it is.
 * @throws EcgError `bad-format` when the bytes are no ONNX file; `bad-option` when an entry is already there
 */
export function addModelMetadata(bytes: Uint8Array, metadata: Readonly<Record<string, string>>): Uint8Array {
  const present = readModelMetadata(bytes);
  for (const key of Object.keys(metadata))
    if (key in present)
      throw new EcgError('bad-option', `onnx: metadata entry ${key} is already there, choose another`);
  const tail = encodeMetadata(metadata);
  const whole = new Uint8Array(bytes.length + tail.length);
  whole.set(bytes);
  whole.set(tail, bytes.length);
  return whole;
}
