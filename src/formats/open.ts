import { EcgError, type RecordingReader, throwIfCancelled } from '../core/index.js';
import { describeBytes } from './look.js';
import { FORMATS } from './registry.js';
import type { ByteSource, Format, OpenOptions } from './source.js';

/** Bytes that decide the format. */
const HEAD_BYTES = 65536;

/**
 * The format of a file by its content, or undefined when none of `FORMATS` fits.
 *
 * @throws EcgError `bad-format` when the file is empty
 */
export async function recognise(source: ByteSource): Promise<Format | undefined> {
  const head = await readHead(source);
  return FORMATS.find((format) => format.recognises(head));
}

/**
 * An open recording, whatever its format: the content decides, never the name.
 *
 * The reader owns the source from here on: its `close` closes it, and so does a failed `open`.
 *
 * @throws EcgError `unsupported` when no format fits, saying what the bytes look like; `bad-format` for an empty
 *   or broken file; `not-found` for a missing companion file; `bad-option` when something only the caller knows
 *   is missing (`fs` of a CSV); `cancelled`
 */
export async function open(source: ByteSource, options?: OpenOptions): Promise<RecordingReader> {
  try {
    throwIfCancelled(options, 'open');
    const head = await readHead(source);
    const format = FORMATS.find((candidate) => candidate.recognises(head));
    if (format === undefined) {
      const known = FORMATS.map((candidate) => candidate.title).join(', ');
      throw new EcgError(
        'unsupported',
        `open: ${source.name} looks like ${describeBytes(head)}; give one of: ${known}`,
      );
    }
    return await format.open(source, options);
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function readHead(source: ByteSource): Promise<Uint8Array> {
  const head = await source.read(0, HEAD_BYTES);
  if (head.length === 0) {
    throw new EcgError('bad-format', `open: ${source.name} is empty (0 bytes), give a recording`);
  }
  return head;
}
