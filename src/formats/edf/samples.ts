import { type RunOptions, throwIfCancelled } from '../../core/index.js';
import { sampleAtRate } from '../range.js';
import type { ByteSource } from '../source.js';
import type { EdfHeader, EdfSignal } from './header.js';
import type { ScaledSignal } from './scale.js';
import type { Timeline } from './timeline.js';

/** A signal to read: where it lies in a record, its scale, and the samples it will hold. */
export interface Wanted {
  readonly stored: EdfSignal;
  readonly scaled: ScaledSignal;
  /** The place of `samples[0]`, in samples of this signal from the beginning of the recording. */
  readonly from: number;
  /** NaN where nothing was read. */
  readonly samples: Float32Array;
}

/** Records up to this size are read whole, several at a time; of larger ones only what is wanted. */
const SMALL_RECORD = 2 ** 20;
const BLOCK_BYTES = 4 * 2 ** 20;
/** Samples of one signal read at a time from a large record. */
const PIECE = 2 ** 18;

/**
 * Fills the samples of all wanted signals from the records they lie in; a few megabytes at a time are held.
 *
 * @param fs Hz, the recording's, in which `timeline` counts
 * @throws EcgError `cancelled`
 */
export async function readSamples(
  source: ByteSource,
  header: EdfHeader,
  line: Timeline,
  fs: number,
  wanted: readonly Wanted[],
  options?: RunOptions,
): Promise<void> {
  const total = wanted.reduce((sum, { samples }) => sum + samples.length, 0);
  let done = 0;
  const advance = (samples: number) => {
    throwIfCancelled(options, `${header.format}: ${source.name}`);
    done += samples;
    options?.onProgress?.({ stage: 'read', done, total });
  };
  for (const { record, records, position } of line.stretches) {
    const parts = wanted.flatMap((signal) => {
      const per = signal.stored.samplesPerRecord;
      const origin = sampleAtRate(position, signal.scaled.info.fs, fs);
      const begin = Math.max(0, signal.from - origin);
      const end = Math.min(records * per, signal.from + signal.samples.length - origin);
      return begin < end ? [{ signal, per, begin, end, shift: origin - signal.from }] : [];
    });
    if (parts.length === 0) continue;
    const first = Math.min(...parts.map(({ begin, per }) => Math.floor(begin / per)));
    const last = Math.max(...parts.map(({ end, per }) => Math.ceil(end / per)));
    const small = header.recordBytes <= SMALL_RECORD;
    const step = small ? Math.max(1, Math.floor(BLOCK_BYTES / header.recordBytes)) : 1;
    for (let block = first; block < last; block += step) {
      const count = Math.min(step, last - block);
      const at = header.headerBytes + (record + block) * header.recordBytes;
      const bytes = small ? await source.read(at, count * header.recordBytes) : undefined;
      for (const { signal, per, begin, end, shift } of parts) {
        for (let i = 0; i < count; i++) {
          const base = (block + i) * per;
          const from = Math.max(begin, base);
          const to = Math.min(end, base + per);
          const offset = i * header.recordBytes + signal.stored.byteOffset;
          const skip = (from - base) * header.bytesPerSample;
          if (from >= to) continue;
          if (bytes !== undefined) {
            decode(bytes, offset + skip, to - from, signal, from + shift, header.bytesPerSample);
            advance(to - from);
          } else {
            for (let done = from; done < to; done += PIECE) {
              const size = Math.min(PIECE, to - done);
              const place = at + offset + (done - base) * header.bytesPerSample;
              const slice = await source.read(place, size * header.bytesPerSample);
              decode(slice, 0, size, signal, done + shift, header.bytesPerSample);
              advance(size);
            }
          }
        }
      }
    }
  }
}

/** Little-endian two's complement integers, 16 or 24 bits, as far as the bytes reach. */
function decode(
  bytes: Uint8Array,
  offset: number,
  count: number,
  { samples, scaled: { factor, shift } }: Wanted,
  into: number,
  width: 2 | 3,
): void {
  const present = Math.min(count, Math.floor((bytes.length - offset) / width));
  for (let i = 0, at = offset; i < present; i++, at += width) {
    const low = bytes[at] as number;
    const middle = bytes[at + 1] as number;
    const stored =
      width === 2
        ? ((low | (middle << 8)) << 16) >> 16
        : ((low | (middle << 8) | ((bytes[at + 2] as number) << 16)) << 8) >> 8;
    samples[into + i] = stored * factor + shift;
  }
}
