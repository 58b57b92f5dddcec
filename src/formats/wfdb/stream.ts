import type { ByteSource } from '../source.js';
import { bytesOfSamples, type SampleFormat, samplesInBytes } from './sample-formats.js';

/** Samples decoded at once: few enough to stay in a processor's second cache. */
const CHUNK_SAMPLES = 1 << 15;

/** Chunks fetched at once by a read that takes whole chunks: a disk prefers long reads. */
const CHUNKS_AHEAD = 16;

/** The samples of one signal file in ADC units, frame after frame. */
export interface SampleStream {
  /** Whole frames that the file holds. */
  readonly frames: number;
  /** The most frames one `read` gives. */
  readonly chunkFrames: number;
  /**
   * The interleaved samples of `count` frames from frame `from`, both inside the file and `count` at most
   * `chunkFrames`; valid until the next `read`. Fewer than asked for only when the file shrank or is damaged.
   */
  read(from: number, count: number): Promise<Int32Array>;
  /** What was found damaged since the last call, a phrase each; those samples were given as invalid. */
  takeLosses?(): string[];
  close(): Promise<void>;
}

/** A stream over a file of packed integers. */
export function packedStream(
  source: ByteSource,
  format: SampleFormat,
  byteOffset: number,
  frameSamples: number,
): SampleStream {
  const frames = Math.floor(samplesInBytes(format, Math.max(0, source.size - byteOffset)) / frameSamples);
  const chunkFrames = chunkOf(frameSamples);
  const decode = format.decode!;
  let scratch = new Int32Array(0);
  let window = new Uint8Array(0);
  let windowAt = 0;
  const fetch = async (offset: number, length: number, ahead: boolean): Promise<Uint8Array> => {
    const inside = offset - windowAt;
    if (inside >= 0 && inside + length <= window.length) return window.subarray(inside, inside + length);
    const bytes = (await source.read(
      offset,
      ahead ? CHUNKS_AHEAD * length : length,
    )) as Uint8Array<ArrayBuffer>;
    if (ahead) {
      window = bytes;
      windowAt = offset;
    }
    return bytes.subarray(0, length);
  };
  return {
    frames,
    chunkFrames,
    close: () => source.close(),
    read: async (from, count) => {
      const first = from * frameSamples;
      // A block that began before the first sample is decoded whole and its head dropped.
      const inBlock = first % format.blockSamples;
      const wanted = inBlock + count * frameSamples;
      const block = (first - inBlock) / format.blockSamples;
      const length = bytesOfSamples(format, wanted);
      const bytes = await fetch(byteOffset + block * format.blockBytes, length, count === chunkFrames);
      const got = Math.min(wanted, samplesInBytes(format, bytes.length));
      if (scratch.length < wanted) scratch = new Int32Array(wanted);
      decode(bytes, scratch, got);
      return scratch.subarray(Math.min(inBlock, got), got);
    },
  };
}

/** Frames between the kept sums of a difference stream. */
const CHECKPOINT_FRAMES = 1 << 16;

/**
 * A stream of sample values over a stream of first differences. A value needs all differences before
 * it, so sums are kept every 65,536 frames and a read goes on from the nearest.
 *
 * @param initial  the value before the first difference, one a signal
 * @param columns  the signal of each sample of a frame
 */
export function summedStream(
  differences: SampleStream,
  initial: readonly number[],
  columns: readonly number[],
): SampleStream {
  const chunkFrames = Math.min(differences.chunkFrames, CHECKPOINT_FRAMES);
  const checkpoints: Int32Array[] = [Int32Array.from(initial)];
  const width = columns.length;
  const add = (chunk: Int32Array, sums: Int32Array) => {
    for (let at = 0; at + width <= chunk.length; at += width) {
      for (let k = 0; k < width; k++) chunk[at + k] = sums[columns[k]] += chunk[at + k];
    }
  };
  return {
    frames: differences.frames,
    chunkFrames,
    close: () => differences.close(),
    read: async (from, count) => {
      let checkpoint = Math.min(Math.floor(from / CHECKPOINT_FRAMES), checkpoints.length - 1);
      const sums = checkpoints[checkpoint].slice();
      let frame = checkpoint * CHECKPOINT_FRAMES;
      while (frame < from) {
        const next = Math.min(from, frame + chunkFrames, (checkpoint + 1) * CHECKPOINT_FRAMES);
        const chunk = await differences.read(frame, next - frame);
        if (chunk.length < (next - frame) * width) return new Int32Array(0);
        add(chunk, sums);
        frame = next;
        if (frame === (checkpoint + 1) * CHECKPOINT_FRAMES) {
          checkpoint++;
          if (checkpoint === checkpoints.length) checkpoints.push(sums.slice());
        }
      }
      const chunk = await differences.read(from, count);
      add(chunk, sums);
      return chunk;
    },
  };
}

/** Whole frames of about `CHUNK_SAMPLES` samples, at least one. */
export function chunkOf(frameSamples: number): number {
  return Math.max(1, Math.floor(CHUNK_SAMPLES / frameSamples));
}
