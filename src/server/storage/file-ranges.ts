import type { FileHandle } from 'node:fs/promises';

/** The bytes of an open file from one place to before another, fewer at its end. */
export function createReadBetween(file: FileHandle): (from: number, to: number) => Promise<Uint8Array> {
  return async (from, to) => {
    const bytes = new Uint8Array(to - from);
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, at, bytes.length - at, from + at);
      if (bytesRead === 0) return bytes.subarray(0, at);
      at += bytesRead;
    }
    return bytes;
  };
}
