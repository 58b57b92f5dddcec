import type { ByteSource } from './source.js';

/**
 * A source over a `File` of a page, with the other files dropped beside it as its siblings.
 *
 * Reads slices of the file on demand; nothing is uploaded and nothing is held.
 */
export function blobSource(file: File, siblings: readonly File[] = []): ByteSource {
  return {
    name: file.name,
    size: file.size,
    read: async (offset, length) =>
      new Uint8Array(await file.slice(offset, Math.min(file.size, offset + length)).arrayBuffer()),
    sibling: async (name) => {
      const found = siblings.find((other) => other.name === name);
      return found === undefined ? undefined : blobSource(found, siblings);
    },
    close: async () => {},
  };
}
