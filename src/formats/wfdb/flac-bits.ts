/** Reads bits from bytes, the highest first. Past the end it gives zeros; `at` then lies beyond `end`. */
export interface BitCursor {
  readonly bytes: Uint8Array;
  /** Bit position of the next bit. */
  at: number;
  /** Bits in all. */
  readonly end: number;
}

/** The next 32 bits as a signed integer, without moving on. */
function peek32(bytes: Uint8Array, at: number): number {
  const i = at >>> 3;
  const shift = at & 7;
  const word = (bytes[i] << 24) | (bytes[i + 1] << 16) | (bytes[i + 2] << 8) | bytes[i + 3];
  return shift === 0 ? word : (word << shift) | (bytes[i + 4] >>> (8 - shift));
}

/** The next `count` bits, 0…32, as an unsigned integer (signed at 32). */
export function readBits(cursor: BitCursor, count: number): number {
  if (count === 0) return 0;
  const value = peek32(cursor.bytes, cursor.at) >>> (32 - count);
  cursor.at += count;
  return value;
}

/** The next `count` bits, 0…32, in two's complement. */
export function readSigned(cursor: BitCursor, count: number): number {
  if (count === 0) return 0;
  const value = peek32(cursor.bytes, cursor.at) >> (32 - count);
  cursor.at += count;
  return value;
}

/** Zeros before the next one, which is read too; −1 when the bytes end first. */
export function readUnary(cursor: BitCursor): number {
  let zeros = 0;
  while (cursor.at < cursor.end) {
    const run = Math.clz32(peek32(cursor.bytes, cursor.at));
    cursor.at += run;
    zeros += run;
    if (run < 32) {
      cursor.at++;
      return zeros;
    }
  }
  return -1;
}

/**
 * Rice-coded residuals: a unary quotient, a one, and `parameter` bits of remainder, folded to signed.
 *
 * @returns false when the bytes end first
 */
export function readRice(
  cursor: BitCursor,
  parameter: number,
  out: Int32Array,
  from: number,
  to: number,
): boolean {
  const { bytes, end } = cursor;
  let at = cursor.at;
  for (let i = from; i < to; i++) {
    let word = peek32(bytes, at);
    let quotient = Math.clz32(word);
    if (quotient + 1 + parameter <= 32) {
      // The common case: the whole code lies in one word.
      const remainder = parameter === 0 ? 0 : (word << (quotient + 1)) >>> (32 - parameter);
      at += quotient + 1 + parameter;
      const folded = (quotient << parameter) | remainder;
      out[i] = (folded >>> 1) ^ -(folded & 1);
    } else {
      let run = quotient;
      at += run;
      while (run === 32 && at < end) {
        word = peek32(bytes, at);
        run = Math.clz32(word);
        at += run;
        quotient += run;
      }
      at++;
      const remainder = parameter === 0 ? 0 : peek32(bytes, at) >>> (32 - parameter);
      at += parameter;
      const folded = (quotient << parameter) | remainder;
      out[i] = (folded >>> 1) ^ -(folded & 1);
    }
    if (at > end) {
      cursor.at = at;
      return false;
    }
  }
  cursor.at = at;
  return true;
}
