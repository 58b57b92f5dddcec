/** How the samples of one WFDB signal format lie in bytes. */
export interface SampleFormat {
  /** Samples of the smallest repeating unit, and its bytes: 2 in 3 for format 212. */
  readonly blockSamples: number;
  readonly blockBytes: number;
  /** The stored value that marks an invalid sample; undefined where the format has none. */
  readonly invalid?: number;
  /** Resolution in bits that the library assumes where the header states none. */
  readonly bits: number;
  /** Bits of a stored sample, where they are few enough for a table of all values. */
  readonly storedBits?: number;
  /**
   * Decodes whole or partial blocks.
   * @param bytes from the start of a block
   * @param out   receives `count` samples
   */
  readonly decode?: (bytes: Uint8Array, out: Int32Array, count: number) => void;
}

/**
 * The signal formats of the WFDB library by their number; the FLAC ones are decoded elsewhere.
 *
 * Source: WFDB Applications Guide, signal(5); invalid values as in lib/signal.c of the WFDB library 10.7.
 */
export const SAMPLE_FORMATS: ReadonlyMap<number, SampleFormat> = new Map<number, SampleFormat>([
  // Format 0 is a signal that has no samples at all, in the layout segment of a multi-segment record.
  [0, { blockSamples: 1, blockBytes: 0, bits: 12 }],
  // First differences; the reader sums them.
  [8, { blockSamples: 1, blockBytes: 1, bits: 10, decode: decode8 }],
  [16, { blockSamples: 1, blockBytes: 2, invalid: -32768, bits: 16, storedBits: 16, decode: decode16 }],
  [24, { blockSamples: 1, blockBytes: 3, invalid: -8388608, bits: 24, decode: decode24 }],
  [32, { blockSamples: 1, blockBytes: 4, invalid: -2147483648, bits: 32, decode: decode32 }],
  [61, { blockSamples: 1, blockBytes: 2, invalid: -32768, bits: 16, storedBits: 16, decode: decode61 }],
  [80, { blockSamples: 1, blockBytes: 1, invalid: -128, bits: 8, storedBits: 8, decode: decode80 }],
  [160, { blockSamples: 1, blockBytes: 2, invalid: -32768, bits: 16, storedBits: 16, decode: decode160 }],
  [212, { blockSamples: 2, blockBytes: 3, invalid: -2048, bits: 12, storedBits: 12, decode: decode212 }],
  [310, { blockSamples: 3, blockBytes: 4, invalid: -512, bits: 10, storedBits: 10, decode: decode310 }],
  [311, { blockSamples: 3, blockBytes: 4, invalid: -512, bits: 10, storedBits: 10, decode: decode311 }],
  [508, { blockSamples: 1, blockBytes: 0, invalid: -128, bits: 8, storedBits: 8 }],
  [516, { blockSamples: 1, blockBytes: 0, invalid: -32768, bits: 16, storedBits: 16 }],
  [524, { blockSamples: 1, blockBytes: 0, invalid: -8388608, bits: 24 }],
]);

/** True for the formats whose signal file is a FLAC stream. */
export function isFlacFormat(format: number): boolean {
  return format === 508 || format === 516 || format === 524;
}

/** Whole samples in the given bytes of a packed format; a last block may be cut. */
export function samplesInBytes(format: SampleFormat, size: number): number {
  const { blockSamples, blockBytes } = format;
  if (blockBytes === 0) return 0;
  const whole = Math.floor(size / blockBytes);
  const rest = size - whole * blockBytes;
  return whole * blockSamples + (blockSamples > 1 && rest >= 2 ? 1 : 0);
}

/** Bytes that the given samples take from the start of a block. */
export function bytesOfSamples(format: SampleFormat, samples: number): number {
  const { blockSamples, blockBytes } = format;
  const whole = Math.floor(samples / blockSamples);
  return whole * blockBytes + (samples > whole * blockSamples ? blockBytes : 0);
}

function decode8(bytes: Uint8Array, out: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) out[i] = (bytes[i] << 24) >> 24;
}

function decode80(bytes: Uint8Array, out: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) out[i] = bytes[i] - 128;
}

function decode16(bytes: Uint8Array, out: Int32Array, count: number): void {
  for (let i = 0, at = 0; i < count; i++, at += 2) {
    out[i] = ((bytes[at] | (bytes[at + 1] << 8)) << 16) >> 16;
  }
}

function decode61(bytes: Uint8Array, out: Int32Array, count: number): void {
  for (let i = 0, at = 0; i < count; i++, at += 2) {
    out[i] = ((bytes[at + 1] | (bytes[at] << 8)) << 16) >> 16;
  }
}

function decode160(bytes: Uint8Array, out: Int32Array, count: number): void {
  for (let i = 0, at = 0; i < count; i++, at += 2) out[i] = (bytes[at] | (bytes[at + 1] << 8)) - 32768;
}

function decode24(bytes: Uint8Array, out: Int32Array, count: number): void {
  for (let i = 0, at = 0; i < count; i++, at += 3) {
    out[i] = ((bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16)) << 8) >> 8;
  }
}

function decode32(bytes: Uint8Array, out: Int32Array, count: number): void {
  for (let i = 0, at = 0; i < count; i++, at += 4) {
    out[i] = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
  }
}

function decode212(bytes: Uint8Array, out: Int32Array, count: number): void {
  const even = count & ~1;
  let at = 0;
  for (let i = 0; i < even; i += 2, at += 3) {
    const middle = bytes[at + 1];
    out[i] = ((bytes[at] | (middle << 8)) << 20) >> 20;
    out[i + 1] = ((bytes[at + 2] | ((middle & 0xf0) << 4)) << 20) >> 20;
  }
  if (even < count) out[even] = ((bytes[at] | (bytes[at + 1] << 8)) << 20) >> 20;
}

function decode310(bytes: Uint8Array, out: Int32Array, count: number): void {
  for (let i = 0, at = 0; i < count; i += 3, at += 4) {
    const low = bytes[at] | (bytes[at + 1] << 8);
    const high = bytes[at + 2] | (bytes[at + 3] << 8);
    out[i] = (low << 21) >> 22;
    if (i + 1 < count) out[i + 1] = (high << 21) >> 22;
    if (i + 2 < count) out[i + 2] = (((low >> 11) | ((high >> 11) << 5)) << 22) >> 22;
  }
}

function decode311(bytes: Uint8Array, out: Int32Array, count: number): void {
  for (let i = 0, at = 0; i < count; i += 3, at += 4) {
    const word = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    out[i] = (word << 22) >> 22;
    if (i + 1 < count) out[i + 1] = (word << 12) >> 22;
    if (i + 2 < count) out[i + 2] = (word << 2) >> 22;
  }
}
