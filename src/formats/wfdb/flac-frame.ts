import { type BitCursor, readBits, readRice, readSigned, readUnary } from './flac-bits.js';

/** What STREAMINFO says of all frames. */
export interface FlacInfo {
  readonly minBlock: number;
  readonly maxBlock: number;
  /** Bytes; 0 when unknown. */
  readonly maxFrameBytes: number;
  readonly channels: number;
  readonly bits: number;
}

/** One decoded frame. */
export interface FlacFrame {
  /** First sample, counted from the stream's beginning. */
  readonly first: number;
  readonly count: number;
  /** Bytes of the frame. */
  readonly size: number;
  /** Each at least `count` long, valid until the next frame is decoded. */
  readonly channels: readonly Int32Array[];
}

/** Room to decode into, and the tables of the two checksums. */
export interface FlacScratch {
  readonly channels: Int32Array[];
  readonly crc8: Uint16Array;
  readonly crc16: Uint16Array;
  /** Samples decoded of frames that then proved to be none. */
  wasted: number;
}

/** What one stream's frames are decoded with. */
export function createScratch(channels: number): FlacScratch {
  return {
    channels: Array.from({ length: channels }, () => new Int32Array(0)),
    crc8: crcTable(8, 0x07),
    crc16: crcTable(16, 0x8005),
    wasted: 0,
  };
}

const BITS_OF_CODE = [0, 8, 12, -1, 16, 20, 24, 32];

/** Highest predictor order of the fixed predictors, and of the linear ones. */
const MAX_FIXED_ORDER = 4;

/**
 * The frame that begins at a byte, or undefined when none does: a wrong mark, a wrong checksum, an end
 * before its end, or another shape than the stream's.
 *
 * Source: RFC 9639, sections 9.1–9.3.
 */
export function decodeFrame(
  bytes: Uint8Array,
  offset: number,
  info: FlacInfo,
  scratch: FlacScratch,
): FlacFrame | undefined {
  const cursor: BitCursor = { bytes, at: 8 * offset, end: 8 * bytes.length };
  const header = readFrameHeader(cursor, offset, info, scratch.crc8);
  if (header === undefined) return undefined;
  const { assignment, count, first } = header;
  scratch.wasted += count * info.channels;
  const { channels } = scratch;
  for (let c = 0; c < info.channels; c++) {
    if (channels[c].length < count) channels[c] = new Int32Array(count);
    // The side channel of a pair has one bit more: it is a difference.
    const side = assignment === 9 ? c === 0 : (assignment === 8 || assignment === 10) && c === 1;
    if (!readSubframe(cursor, channels[c], count, info.bits + (side ? 1 : 0))) return undefined;
  }
  const end = (cursor.at + 7) >>> 3;
  if (end + 2 > bytes.length) return undefined;
  let crc = 0;
  for (let i = offset; i < end; i++) crc = ((crc << 8) & 0xffff) ^ scratch.crc16[(crc >> 8) ^ bytes[i]];
  if (crc !== ((bytes[end] << 8) | bytes[end + 1])) return undefined;
  scratch.wasted -= count * info.channels;
  if (assignment > 7) joinPair(channels[0], channels[1], count, assignment);
  return { first, count, size: end + 2 - offset, channels };
}

function readFrameHeader(cursor: BitCursor, offset: number, info: FlacInfo, crc8: Uint16Array) {
  const { bytes } = cursor;
  if (bytes[offset] !== 0xff || (bytes[offset + 1] & 0xfe) !== 0xf8) return undefined;
  const variable = (bytes[offset + 1] & 1) === 1;
  cursor.at += 16;
  const blockCode = readBits(cursor, 4);
  const rateCode = readBits(cursor, 4);
  const assignment = readBits(cursor, 4);
  const bitsCode = readBits(cursor, 3);
  const reserved = readBits(cursor, 1);
  const channels = assignment < 8 ? assignment + 1 : 2;
  const bits = BITS_OF_CODE[bitsCode] || info.bits;
  if (blockCode === 0 || rateCode === 15 || assignment > 10 || reserved !== 0) return undefined;
  if (channels !== info.channels || bits !== info.bits) return undefined;
  const number = readCodedNumber(cursor);
  if (number < 0) return undefined;
  const count =
    blockCode === 1
      ? 192
      : blockCode < 6
        ? 576 << (blockCode - 2)
        : blockCode === 6
          ? readBits(cursor, 8) + 1
          : blockCode === 7
            ? readBits(cursor, 16) + 1
            : 256 << (blockCode - 8);
  if (rateCode === 12) cursor.at += 8;
  else if (rateCode === 13 || rateCode === 14) cursor.at += 16;
  const end = cursor.at >>> 3;
  if (end >= bytes.length || count > info.maxBlock) return undefined;
  let crc = 0;
  for (let i = offset; i < end; i++) crc = crc8[crc ^ bytes[i]];
  if (crc !== bytes[end]) return undefined;
  cursor.at += 8;
  // Frames of one size are numbered, of several sizes they state their first sample.
  return { assignment, count, first: variable ? number : number * info.minBlock };
}

/** A number of up to 36 bits in the manner of UTF-8; −1 when it is none. */
function readCodedNumber(cursor: BitCursor): number {
  const lead = readBits(cursor, 8);
  if (lead < 0x80) return lead;
  const more = Math.clz32(~(lead << 24)) - 1;
  if (more < 1 || more > 6) return -1;
  let value = lead & (0x3f >> more);
  for (let i = 0; i < more; i++) {
    const next = readBits(cursor, 8);
    if ((next & 0xc0) !== 0x80) return -1;
    value = value * 64 + (next & 0x3f);
  }
  return value;
}

function readSubframe(cursor: BitCursor, out: Int32Array, count: number, frameBits: number): boolean {
  if (readBits(cursor, 1) !== 0) return false;
  const type = readBits(cursor, 6);
  let wasted = 0;
  if (readBits(cursor, 1) === 1) {
    wasted = readUnary(cursor) + 1;
    if (wasted === 0) return false;
  }
  const bits = frameBits - wasted;
  if (bits <= 0) return false;
  if (type === 0) out.fill(readSigned(cursor, bits), 0, count);
  else if (type === 1) for (let i = 0; i < count; i++) out[i] = readSigned(cursor, bits);
  else if (type >= 8 && type <= 8 + MAX_FIXED_ORDER) {
    if (!readFixed(cursor, out, count, bits, type - 8)) return false;
  } else if (type >= 32) {
    if (!readLinear(cursor, out, count, bits, type - 31)) return false;
  } else return false;
  if (wasted > 0) for (let i = 0; i < count; i++) out[i] <<= wasted;
  return cursor.at <= cursor.end;
}

function readFixed(cursor: BitCursor, out: Int32Array, count: number, bits: number, order: number): boolean {
  if (order > count) return false;
  for (let i = 0; i < order; i++) out[i] = readSigned(cursor, bits);
  if (!readResidual(cursor, out, count, order)) return false;
  // Sums modulo 2³²: exact, because the result fits.
  if (order === 1) for (let i = 1; i < count; i++) out[i] += out[i - 1];
  else if (order === 2) for (let i = 2; i < count; i++) out[i] += 2 * out[i - 1] - out[i - 2];
  else if (order === 3) {
    for (let i = 3; i < count; i++) out[i] += 3 * (out[i - 1] - out[i - 2]) + out[i - 3];
  } else if (order === 4) {
    for (let i = 4; i < count; i++) {
      out[i] += 4 * (out[i - 1] + out[i - 3]) - 6 * out[i - 2] - out[i - 4];
    }
  }
  return true;
}

function readLinear(cursor: BitCursor, out: Int32Array, count: number, bits: number, order: number): boolean {
  if (order > count) return false;
  for (let i = 0; i < order; i++) out[i] = readSigned(cursor, bits);
  const precision = readBits(cursor, 4) + 1;
  const shift = readSigned(cursor, 5);
  if (precision === 16 || shift < 0) return false;
  const coefficients = new Int32Array(order);
  for (let i = 0; i < order; i++) coefficients[i] = readSigned(cursor, precision);
  if (!readResidual(cursor, out, count, order)) return false;
  if (bits + precision + Math.ceil(Math.log2(order)) <= 32) {
    for (let i = order; i < count; i++) {
      let sum = 0;
      for (let k = 0; k < order; k++) sum = (sum + Math.imul(coefficients[k], out[i - 1 - k])) | 0;
      out[i] += sum >> shift;
    }
  } else {
    // At most 25 + 15 + 5 bits: exact in a double.
    const scale = 2 ** shift;
    for (let i = order; i < count; i++) {
      let sum = 0;
      for (let k = 0; k < order; k++) sum += coefficients[k] * out[i - 1 - k];
      out[i] += Math.floor(sum / scale);
    }
  }
  return true;
}

function readResidual(cursor: BitCursor, out: Int32Array, count: number, order: number): boolean {
  const method = readBits(cursor, 2);
  if (method > 1) return false;
  const parameterBits = method === 0 ? 4 : 5;
  const escapeCode = method === 0 ? 15 : 31;
  const partitionOrder = readBits(cursor, 4);
  const partition = count >> partitionOrder;
  if (partition << partitionOrder !== count || partition < order) return false;
  let from = order;
  for (let to = partition; to <= count; to += partition) {
    const parameter = readBits(cursor, parameterBits);
    if (parameter === escapeCode) {
      const width = readBits(cursor, 5);
      for (let i = from; i < to; i++) out[i] = readSigned(cursor, width);
      if (cursor.at > cursor.end) return false;
    } else if (!readRice(cursor, parameter, out, from, to)) return false;
    from = to;
  }
  return true;
}

/** Left and right from left and side, side and right, or middle and side. */
function joinPair(a: Int32Array, b: Int32Array, count: number, assignment: number): void {
  if (assignment === 8) for (let i = 0; i < count; i++) b[i] = a[i] - b[i];
  else if (assignment === 9) for (let i = 0; i < count; i++) a[i] += b[i];
  else {
    for (let i = 0; i < count; i++) {
      const side = b[i];
      const twice = (a[i] << 1) | (side & 1);
      a[i] = (twice + side) >> 1;
      b[i] = (twice - side) >> 1;
    }
  }
}

function crcTable(width: 8 | 16, polynomial: number): Uint16Array {
  const table = new Uint16Array(256);
  const top = 1 << (width - 1);
  const mask = 2 * top - 1;
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte << (width - 8);
    for (let bit = 0; bit < 8; bit++) crc = crc & top ? ((crc << 1) ^ polynomial) & mask : (crc << 1) & mask;
    table[byte] = crc;
  }
  return table;
}
