import { EcgError, type RecordingReader, throwIfCancelled } from '../core/index.js';
import { describeBytes } from './look.js';
import { FORMATS } from './registry.js';
import { type ByteSource, type Format, type OpenOptions, VALUE_UNITS } from './source.js';

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
    checkOptions(options);
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

/** @throws EcgError `bad-option` that lists all faults of what the caller says */
function checkOptions(options: OpenOptions | undefined): void {
  if (options === undefined) return;
  const { fs, unit, gain, columns } = options;
  const faults: string[] = [];
  if (fs !== undefined && !(fs >= 1e-3 && fs <= 1e6))
    faults.push(`fs ${fs} Hz is impossible, give 0.001…1000000`);
  if (unit !== undefined && !VALUE_UNITS.includes(unit))
    faults.push(`unit ${unit} is not known, give one of ${VALUE_UNITS.join(', ')}`);
  if (gain !== undefined && !(gain >= 1e-6 && gain <= 1e12)) {
    faults.push(`gain ${gain} is impossible, give the ADC units of 1 mV`);
  }
  if (columns?.length === 0) faults.push('columns is empty, give names or indices');
  if (faults.length > 0) throw new EcgError('bad-option', `open: ${faults.join('; ')}`);
}

async function readHead(source: ByteSource): Promise<Uint8Array> {
  const head = await source.read(0, HEAD_BYTES);
  if (head.length === 0) {
    throw new EcgError('bad-format', `open: ${source.name} is empty (0 bytes), give a recording`);
  }
  return head;
}
