import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesPerSample, type SampleChunk, type StreamFormat } from '../../contract/stream-chunk.js';
import { ServiceFault } from '../../fault.js';
import { FRAME, type Frame } from './frame.js';
import { type FrameFile, openFrameFile, readFrames } from './frame-file.js';

/** The samples of a stream on disk: segments of frames, each segment named by its first sample. */
export interface SampleLog {
  /** Samples that are written: the index of the next one. */
  readonly next: number;
  /** Writes samples that begin at `next`, or after what was handed in before. */
  append(chunk: SampleChunk): Promise<void>;
  /** Writes that no samples were recorded from `next` on. */
  appendGap(first: number, count: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** A stretch of a stream; without bytes nothing was recorded. */
export interface LoggedChunk {
  readonly first: number;
  readonly count: number;
  readonly bytes: Uint8Array | null;
}

/** Bytes after which a new segment begins. */
const SEGMENT = 4 << 20;
const EMPTY = new Uint8Array(0);

/** Opens the log of a stream, repairs its end, and makes it when there is none. */
export async function openSampleLog(folder: string): Promise<SampleLog> {
  await mkdir(folder, { recursive: true });
  let next = (await segmentsOf(folder)).at(-1) ?? 0;
  let file: FrameFile = await openFrameFile(pathOf(folder, next), (frame) => {
    next = frame.first + frame.count;
  });
  let turn: Promise<void> = Promise.resolve();
  const write = async (frame: Frame): Promise<void> => {
    // What follows a frame that could not be written would leave a hole.
    if (frame.first !== next)
      throw new ServiceFault('unavailable', `stream: samples from ${next} on are missing, send them again`);
    if (file.size >= SEGMENT) {
      await file.sync();
      const following = await openFrameFile(pathOf(folder, next), () => undefined);
      await file.close();
      file = following;
    }
    await file.append([frame]);
    next = frame.first + frame.count;
  };
  const inTurn = (frame: Frame): Promise<void> => {
    const written = turn.then(() => write(frame));
    turn = written.catch(() => undefined);
    return written;
  };
  return {
    get next() {
      return next;
    },
    append: ({ first, count, bytes }) => inTurn({ kind: FRAME.samples, first, count, payload: bytes }),
    appendGap: (first, count) => inTurn({ kind: FRAME.gap, first, count, payload: EMPTY }),
    sync: () => file.sync(),
    async close() {
      await turn;
      await file.close();
    },
  };
}

/**
 * What a stream holds from `from` to one before `to`, in order; the first and the last piece are cut there.
 * Reads a log that is being written, and waits for nothing.
 */
export async function* readSampleLog(
  folder: string,
  format: StreamFormat,
  from: number,
  to: number,
): AsyncGenerator<LoggedChunk> {
  const segments = await segmentsOf(folder);
  const width = bytesPerSample(format);
  for (const [i, segment] of segments.entries()) {
    if (segment >= to) return;
    if (i + 1 < segments.length && segments[i + 1] <= from) continue;
    for await (const { kind, first, count, payload } of readFrames(pathOf(folder, segment))) {
      if (first >= to) return;
      const begin = Math.max(from, first);
      const end = Math.min(to, first + count);
      if (end <= begin) continue;
      const bytes =
        kind === FRAME.samples ? payload.subarray((begin - first) * width, (end - first) * width) : null;
      yield { first: begin, count: end - begin, bytes };
    }
  }
}

/** First samples of the segments, ascending. */
async function segmentsOf(folder: string): Promise<number[]> {
  return (await readdir(folder))
    .filter((name) => /^\d{16}\.samples$/.test(name))
    .map((name) => Number(name.slice(0, 16)))
    .sort((a, b) => a - b);
}

function pathOf(folder: string, first: number): string {
  return join(folder, `${String(first).padStart(16, '0')}.samples`);
}
