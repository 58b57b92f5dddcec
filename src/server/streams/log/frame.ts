import { crc32 } from 'node:zlib';

/** What a frame carries. */
export const FRAME = { samples: 1, gap: 2, event: 3 } as const;
type FrameKind = (typeof FRAME)[keyof typeof FRAME];

/** One entry of an append-only file. */
export interface Frame {
  readonly kind: FrameKind;
  /** Index of the first sample, or number of the first event. */
  readonly first: number;
  /** Samples a lead, or events. */
  readonly count: number;
  readonly payload: Uint8Array;
}

export const FRAME_HEADER = 24;
/** Bytes; a longer length can only be damage. */
export const LONGEST_PAYLOAD = 1 << 20;

/**
 * A frame as bytes, little-endian: CRC-32 of all that follows (u32), kind (u32), bytes of the payload (u32), count
 * (u32), first (f64), payload.
 */
export function encodeFrame({ kind, first, count, payload }: Frame): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, kind, true);
  view.setUint32(8, payload.length, true);
  view.setUint32(12, count, true);
  view.setFloat64(16, first, true);
  bytes.set(payload, FRAME_HEADER);
  view.setUint32(0, crc32(bytes.subarray(4)), true);
  return bytes;
}

/**
 * The frame that begins at `at`: `short` when bytes are missing, `damaged` when they are not those that were written.
 * The payload is a view of the bytes.
 */
export function decodeFrame(bytes: Uint8Array, at: number): Frame | 'short' | 'damaged' {
  if (bytes.length - at < FRAME_HEADER) return 'short';
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, bytes.byteLength - at);
  const length = view.getUint32(8, true);
  const kind = view.getUint32(4, true);
  if (length > LONGEST_PAYLOAD || kind < FRAME.samples || kind > FRAME.event) return 'damaged';
  const to = at + FRAME_HEADER + length;
  if (to > bytes.length) return 'short';
  if (crc32(bytes.subarray(at + 4, to)) !== view.getUint32(0, true)) return 'damaged';
  return {
    kind: kind as FrameKind,
    first: view.getFloat64(16, true),
    count: view.getUint32(12, true),
    payload: bytes.subarray(at + FRAME_HEADER, to),
  };
}
