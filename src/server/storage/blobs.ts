import type { Readable } from 'node:stream';

/** A stored file. */
export interface Blob {
  /** 64 hexadecimal digits: its name. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Files by their content; what is there is whole and never changes. */
export interface BlobStore {
  /**
   * Stores bytes; the same bytes twice are one blob. On return they survive a crash of the process and of the machine.
   * @throws ServiceFault `storage-full`, `too-large` beyond `largest` bytes
   */
  put(bytes: Uint8Array | Readable, options?: { readonly largest?: number }): Promise<Blob>;
  /** Takes over a finished file of the same file system, which is then gone. */
  adopt(path: string): Promise<Blob>;
  has(sha256: string): Promise<boolean>;
  /**
   * Its bytes, or those from `from` up to and without `to`, as far as it has them.
   * @throws EcgError `not-found`
   */
  read(sha256: string, range?: { readonly from: number; readonly to: number }): Promise<Uint8Array>;
  /** Of an existing blob, for readers that seek. */
  path(sha256: string): string;
  delete(sha256: string): Promise<void>;
  /** Every blob's name, for the sweep of those that nothing names. */
  list(): AsyncIterable<string>;
}
