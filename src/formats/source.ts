import type { RecordingReader, RunOptions } from '../core/index.js';

/** Random access to the bytes of one file, wherever it lies: a disk, a `File` in a page, memory. */
export interface ByteSource {
  /** File name with extension, without a folder: `100.hea`. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** The bytes from `offset`, fewer at the end of the file; never more than `length`. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Another file of the same folder (`100.dat` beside `100.hea`), or undefined. The caller closes it. */
  sibling(name: string): Promise<ByteSource | undefined>;
  close(): Promise<void>;
}

/** One file format: how to know it and how to open it. */
export interface Format {
  /** The value of `RecordingInfo.format`. */
  readonly id: string;
  /** What a person calls it: `WFDB (PhysioNet)`. */
  readonly title: string;
  /** True when the first bytes (up to 64 KiB, fewer in a small file) are of this format; the name never decides. */
  recognises(head: Uint8Array): boolean;
  /** @throws EcgError `bad-format`, `unsupported`, `not-found` (a sibling is missing), `cancelled` */
  open(source: ByteSource, options?: OpenOptions): Promise<RecordingReader>;
}

/** Units that a caller may say a CSV's values have. */
export const VALUE_UNITS = ['mV', 'uV', 'V', 'adc'] as const;

/** What the file does not say and the caller knows. */
export interface OpenOptions extends RunOptions {
  /** Hz, for a CSV without a time column. */
  readonly fs?: number;
  /** Unit of the values of a CSV without one. */
  readonly unit?: (typeof VALUE_UNITS)[number];
  /** ADC units per mV, for `unit: 'adc'`. */
  readonly gain?: number;
  /** Columns of a CSV to take as leads: names, or indices from 0. */
  readonly columns?: readonly (string | number)[];
  /** Annotators of a WFDB record to read, by extension; `['atr']` where absent. */
  readonly annotators?: readonly string[];
}

/** A source over bytes in memory, with its siblings by name; for tests, pages and streams. */
export function memorySource(
  name: string,
  bytes: Uint8Array,
  siblings: ReadonlyMap<string, Uint8Array> = new Map(),
): ByteSource {
  return {
    name,
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, Math.min(bytes.length, offset + length)),
    sibling: async (other) => {
      const found = siblings.get(other);
      return found === undefined ? undefined : memorySource(other, found, siblings);
    },
    close: async () => {},
  };
}
