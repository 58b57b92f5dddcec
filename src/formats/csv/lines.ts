import { EcgError, type RunOptions, throwIfCancelled } from '../../core/index.js';
import type { ByteSource } from '../source.js';

/** Called for each line: its bounds in `bytes` without the line feed, and where it begins in the file. */
export type OnLine = (bytes: Uint8Array, from: number, to: number, offset: number) => boolean | undefined;

const CHUNK = 2 ** 20;
const LONGEST_LINE = 4 * 2 ** 20;

/**
 * Walks the lines of a file from a byte offset, a megabyte at a time, until `onLine` returns false or the file ends.
 *
 * Lines end with LF or CR LF, or with CR alone when the file has no LF in its first megabyte.
 *
 * @throws EcgError `unsupported` for a line over 4 MiB; `cancelled`
 */
export async function walkLines(
  source: ByteSource,
  start: number,
  onLine: OnLine,
  options?: RunOptions,
): Promise<void> {
  let rest: Uint8Array = new Uint8Array(0);
  let base = start;
  let feed = 10;
  for (let at = start; at < source.size; ) {
    throwIfCancelled(options, `csv: ${source.name}`);
    const fresh = await source.read(at, CHUNK);
    if (fresh.length === 0) break;
    if (at === start && !fresh.includes(10) && fresh.includes(13)) feed = 13;
    at += fresh.length;
    const bytes = rest.length === 0 ? fresh : joined(rest, fresh);
    let line = 0;
    for (let end = bytes.indexOf(feed); end >= 0; end = bytes.indexOf(feed, line)) {
      if (onLine(bytes, line, end, base + line) === false) return;
      line = end + 1;
    }
    rest = bytes.subarray(line);
    base += line;
    if (rest.length > LONGEST_LINE) {
      throw new EcgError(
        'unsupported',
        `csv: ${source.name} has a line over 4 MiB; one row a sample is expected`,
      );
    }
    options?.onProgress?.({ stage: 'read', done: at - start, total: source.size - start });
  }
  if (rest.length > 0) onLine(rest, 0, rest.length, base);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
