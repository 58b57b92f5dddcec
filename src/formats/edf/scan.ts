import type { RunOptions } from '../../core/index.js';
import { throwIfCancelled } from '../../core/index.js';
import type { ByteSource } from '../source.js';
import type { EdfHeader } from './header.js';
import { parseTals } from './tal.js';

/** One annotation with its time as written. */
interface TimedText {
  /** s from the start time of the header. */
  readonly onset: number;
  /** s; 0 when absent. */
  readonly duration: number;
  readonly text: string;
}

/** What the annotation channels of a file say. */
export interface EdfScan {
  /** s from the start time of the header, one a data record; NaN where a record does not say. */
  readonly onsets: Float64Array;
  readonly texts: readonly TimedText[];
  /** Most digits after the point that an onset is written with. */
  readonly decimals: number;
  readonly warnings: readonly string[];
}

/** Records up to this size are read whole, several at a time; of larger ones only the annotation channels. */
const SMALL_RECORD = 65536;
const BLOCK_BYTES = 4 * 2 ** 20;
const LARGEST_CHANNEL = 16 * 2 ** 20;
/** Annotations kept, so that a file of nothing else stays within a gigabyte. */
const MOST_TEXTS = 2_000_000;

/**
 * The times of all data records and all annotations of an EDF+ or BDF+ file, one pass in bounded memory.
 *
 * @throws EcgError `cancelled`
 */
export async function scanAnnotations(
  source: ByteSource,
  header: EdfHeader,
  options?: RunOptions,
): Promise<EdfScan> {
  const channels = header.signals.filter((signal) => signal.isAnnotation);
  const onsets = new Float64Array(header.records).fill(Number.NaN);
  const texts: TimedText[] = [];
  let decimals = 0;
  let malformed = 0;
  let dropped = 0;

  const take = (record: number, channel: number, bytes: Uint8Array) => {
    const found = parseTals(bytes);
    malformed += found.malformed;
    found.tals.forEach((tal, index) => {
      if (index === 0 && channel === 0) onsets[record] = tal.onset;
      decimals = Math.max(decimals, tal.decimals);
      for (const text of tal.texts) {
        if (texts.length < MOST_TEXTS) texts.push({ onset: tal.onset, duration: tal.duration, text });
        else dropped++;
      }
    });
  };

  const small = header.recordBytes <= SMALL_RECORD;
  const step = small ? Math.max(1, Math.floor(BLOCK_BYTES / header.recordBytes)) : 1;
  for (let record = 0; record < header.records; record += step) {
    throwIfCancelled(options, `${header.format}: ${source.name}`);
    const at = header.headerBytes + record * header.recordBytes;
    const count = Math.min(step, header.records - record);
    const block = small ? await source.read(at, count * header.recordBytes) : undefined;
    for (let i = 0; i < count; i++) {
      for (const [channel, signal] of channels.entries()) {
        const bytes = Math.min(signal.samplesPerRecord * header.bytesPerSample, LARGEST_CHANNEL);
        const begin = i * header.recordBytes + signal.byteOffset;
        take(
          record + i,
          channel,
          block?.subarray(begin, begin + bytes) ?? (await source.read(at + begin, bytes)),
        );
      }
    }
    options?.onProgress?.({ stage: 'read', done: record + count, total: header.records });
  }
  const warnings = [
    ...(malformed > 0 ? [`${malformed} stretches of the annotation channel are no annotations.`] : []),
    ...(dropped > 0 ? [`${dropped} annotations after the first ${MOST_TEXTS} are left out.`] : []),
  ];
  return { onsets, texts, decimals, warnings };
}
