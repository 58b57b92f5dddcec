/** How the samples of a stream are written, from its first to its last. */
export interface StreamFormat {
  readonly fs: number;
  readonly leads: readonly string[];
  readonly format: 'int16' | 'float32';
  /** Of `int16`: ADC units per mV. */
  readonly gain: number;
  /** Of `int16`: ADC units at 0 mV. */
  readonly baseline: number;
}

/** Samples as they travel and are stored: little-endian, all leads of a sample side by side. */
export interface SampleChunk {
  /** Index of the first sample since the begin of the stream. */
  readonly first: number;
  /** Samples a lead. */
  readonly count: number;
  readonly bytes: Uint8Array;
}

/** What stands for an invalid `int16` sample; of `float32` it is NaN. */
export const INVALID_INT16 = -32768;
/** Bytes before the samples of a binary message. */
const CHUNK_HEADER = 16;

const VERSION = 1;
const FLOAT = 1;

export function bytesPerSample({ format, leads }: Pick<StreamFormat, 'format' | 'leads'>): number {
  return (format === 'int16' ? 2 : 4) * leads.length;
}

/**
 * A binary message: version (u8), flags (u8: 1 for float32), leads (u16), samples a lead (u32), index of the first
 * sample (u64), then the samples, all little-endian.
 */
export function encodeChunk({ first, count, bytes }: SampleChunk, format: StreamFormat): Uint8Array {
  const message = new Uint8Array(CHUNK_HEADER + bytes.length);
  const view = new DataView(message.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, format.format === 'float32' ? FLOAT : 0);
  view.setUint16(2, format.leads.length, true);
  view.setUint32(4, count, true);
  view.setUint32(8, first % 2 ** 32, true);
  view.setUint32(12, Math.floor(first / 2 ** 32), true);
  message.set(bytes, CHUNK_HEADER);
  return message;
}

/** The samples of a binary message, or a sentence about what is wrong with it. The bytes are a view of the message. */
export function decodeChunk(message: Uint8Array, format: StreamFormat): SampleChunk | string {
  if (message.length < CHUNK_HEADER)
    return `a binary message has a header of ${CHUNK_HEADER} bytes, got ${message.length} bytes in all`;
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const version = view.getUint8(0);
  if (version !== VERSION) return `version ${version} of binary messages is not known, use ${VERSION}`;
  const flags = view.getUint8(1);
  const wanted = format.format === 'float32' ? FLOAT : 0;
  if (flags !== wanted) return `flags are ${flags}, and ${wanted} says ${format.format} as the hello did`;
  const leads = view.getUint16(2, true);
  if (leads !== format.leads.length) return `${leads} leads, and the hello named ${format.leads.length}`;
  const count = view.getUint32(4, true);
  const first = view.getUint32(8, true) + view.getUint32(12, true) * 2 ** 32;
  if (!Number.isSafeInteger(first + count)) return `sample ${first} is too far away`;
  if (count === 0) return 'a message carries at least one sample';
  // Not `subarray`: of a Buffer that is a Buffer, whose `slice` copies nothing.
  const bytes = new Uint8Array(
    message.buffer,
    message.byteOffset + CHUNK_HEADER,
    message.length - CHUNK_HEADER,
  );
  if (bytes.length !== count * bytesPerSample(format))
    return `${count} samples of ${leads} leads take ${count * bytesPerSample(format)} bytes, got ${bytes.length}`;
  return { first, count, bytes };
}

/**
 * Samples given lead by lead as a chunk, or a sentence about what is wrong with them.
 *
 * @param data  one list a lead, of one length; whole ADC units or mV, null where invalid
 */
export function chunkOf(
  first: number,
  data: readonly (readonly (number | null)[])[],
  format: StreamFormat,
): SampleChunk | string {
  const leads = format.leads.length;
  if (data.length !== leads) return `${data.length} lists of samples, and the hello named ${leads} leads`;
  const count = data[0].length;
  if (!data.every((lead) => lead.length === count)) return 'the lists of the leads differ in length';
  const bytes = new Uint8Array(count * bytesPerSample(format));
  const view = new DataView(bytes.buffer);
  for (let lead = 0; lead < leads; lead++) {
    for (let i = 0; i < count; i++) {
      const value = data[lead][i];
      if (format.format === 'float32') view.setFloat32(4 * (i * leads + lead), value ?? Number.NaN, true);
      else {
        if (value !== null && !(Number.isInteger(value) && value > INVALID_INT16 && value <= 32767))
          return `int16 samples are whole numbers from -32767 to 32767 or null, got ${value}`;
        view.setInt16(2 * (i * leads + lead), value ?? INVALID_INT16, true);
      }
    }
  }
  return { first, count, bytes };
}

/** Samples in mV, one array a lead, NaN where invalid. */
export function leadsOf({ count, bytes }: Pick<SampleChunk, 'count' | 'bytes'>, format: StreamFormat) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const leads = format.leads.length;
  const out = Array.from({ length: leads }, () => new Float32Array(count));
  const { gain, baseline } = format;
  for (let lead = 0; lead < leads; lead++) {
    const samples = out[lead];
    if (format.format === 'float32')
      for (let i = 0; i < count; i++) {
        const value = view.getFloat32(4 * (i * leads + lead), true);
        // An infinity is no voltage.
        samples[i] = Number.isFinite(value) ? value : Number.NaN;
      }
    else
      for (let i = 0; i < count; i++) {
        const value = view.getInt16(2 * (i * leads + lead), true);
        samples[i] = value === INVALID_INT16 ? Number.NaN : (value - baseline) / gain;
      }
  }
  return out;
}

/** What of a chunk is new to a stream that holds `next` samples: all, the rest of it, nothing; `hole` beyond it. */
export function trimChunk(
  chunk: SampleChunk,
  next: number,
  format: StreamFormat,
): SampleChunk | 'known' | 'hole' {
  if (chunk.first > next) return 'hole';
  const known = next - chunk.first;
  if (known >= chunk.count) return 'known';
  if (known === 0) return chunk;
  return {
    first: next,
    count: chunk.count - known,
    bytes: chunk.bytes.subarray(known * bytesPerSample(format)),
  };
}
