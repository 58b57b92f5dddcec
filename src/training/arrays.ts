import { EcgError } from '../core/index.js';

/** Typed arrays that can be kept in a file. */
export type StoredArray = Float32Array | Float64Array | Int32Array | Int8Array | Uint16Array | Uint8Array;

const KINDS = { Float32Array, Float64Array, Int32Array, Int8Array, Uint16Array, Uint8Array } as const;
type Kind = keyof typeof KINDS;

interface Header {
  readonly meta: unknown;
  readonly arrays: readonly { readonly name: string; readonly kind: Kind; readonly length: number }[];
}

const MAGIC = 0x45435459;

/** One block of bytes out of named arrays and some JSON data; `unpackArrays` undoes it, bit for bit. */
export function packArrays(meta: unknown, arrays: Readonly<Record<string, StoredArray>>): Uint8Array {
  const pieces = packedPieces(meta, arrays);
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** What `packArrays` packs, in pieces that follow one another; the arrays' own memory, not a copy of it. */
export function packedPieces(meta: unknown, arrays: Readonly<Record<string, StoredArray>>): Uint8Array[] {
  const entries = Object.entries(arrays);
  const header: Header = {
    meta,
    arrays: entries.map(([name, data]) => ({
      name,
      kind: data.constructor.name as Kind,
      length: data.length,
    })),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const head = new Uint8Array(8 + align(text.length));
  const view = new DataView(head.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, text.length);
  head.set(text, 8);
  const pieces: Uint8Array[] = [head];
  for (const [, data] of entries) {
    pieces.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    pieces.push(new Uint8Array(align(data.byteLength) - data.byteLength));
  }
  return pieces;
}

/**
 * What `packArrays` packed.
 *
 * @param share  whether arrays may lie in the memory of `bytes`, where they are aligned, instead of in a copy
 * @throws EcgError `bad-format` when the bytes are something else or end early
 */
export function unpackArrays(
  bytes: Uint8Array,
  where: string,
  share = false,
): { meta: unknown; arrays: Record<string, StoredArray> } {
  const broken = (what: string): EcgError =>
    new EcgError('bad-format', `${where}: ${what} (${bytes.length} bytes), delete it and run again`);
  if (bytes.length < 8) throw broken('is too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== MAGIC) throw broken('does not begin as expected');
  const length = view.getUint32(4);
  let header: Header;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Header;
  } catch {
    throw broken('has a damaged header');
  }
  const arrays: Record<string, StoredArray> = {};
  let at = 8 + align(length);
  for (const { name, kind, length: count } of header.arrays) {
    const Type = KINDS[kind];
    const size = count * Type.BYTES_PER_ELEMENT;
    if (at + size > bytes.length) throw broken(`ends within ${name}`);
    const aligned = share && (bytes.byteOffset + at) % Type.BYTES_PER_ELEMENT === 0;
    // A copy is aligned: a Buffer's own slice need not be.
    arrays[name] = aligned
      ? new Type(bytes.buffer as ArrayBuffer, bytes.byteOffset + at, count)
      : new Type(new Uint8Array(bytes.subarray(at, at + size)).buffer);
    at += align(size);
  }
  return { meta: header.meta, arrays };
}

/** Every array begins at a multiple of 8. */
function align(size: number): number {
  return Math.ceil(size / 8) * 8;
}
