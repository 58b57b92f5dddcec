import { type FileHandle, open } from 'node:fs/promises';
import { breatheWhenDue } from '../../../core/index.js';
import { ServiceFault } from '../../fault.js';
import { decodeFrame, encodeFrame, FRAME_HEADER, type Frame, LONGEST_PAYLOAD } from './frame.js';

/** An append-only file of checksummed frames. */
export interface FrameFile {
  /** Bytes that are written and whole. */
  readonly size: number;
  /**
   * Writes frames; when it is done they outlive this process. Frames that come while one write is under way go into
   * the next one together.
   * @throws ServiceFault `storage-full`, `unavailable`: nothing of the frames remains in the file
   */
  append(frames: readonly Frame[]): Promise<void>;
  /** Makes what is written outlive the machine's power. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Bytes read at a time. */
const PORTION = 1 << 20;

/**
 * Opens a file of frames to append to, and cuts what a crash left half-written at its end.
 *
 * @param onFrame  is shown every whole frame and where it begins
 */
export async function openFrameFile(
  path: string,
  onFrame: (frame: Frame, at: number) => void,
): Promise<FrameFile> {
  const handle = await open(path, 'a+');
  try {
    let size = 0;
    for await (const { frame, at, end } of scan(handle, 0)) {
      onFrame(frame, at);
      size = end;
    }
    if ((await handle.stat()).size > size) {
      await handle.truncate(size);
      await handle.datasync();
    }
    return appender(handle, size);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The whole frames of a file from a place on; ends at the first that is not whole. Payloads are copies. */
export async function* readFrames(path: string, from = 0): AsyncGenerator<Frame> {
  const handle = await open(path, 'r');
  try {
    for await (const { frame } of scan(handle, from)) yield frame;
  } finally {
    await handle.close();
  }
}

async function* scan(
  handle: FileHandle,
  from: number,
): AsyncGenerator<{ frame: Frame; at: number; end: number }> {
  let bytes = new Uint8Array(0);
  let start = from;
  for (;;) {
    const more = new Uint8Array(Math.max(PORTION, FRAME_HEADER + LONGEST_PAYLOAD));
    const { bytesRead } = await handle.read(more, 0, more.length, start + bytes.length);
    if (bytesRead === 0) return;
    const joined = new Uint8Array(bytes.length + bytesRead);
    joined.set(bytes);
    joined.set(more.subarray(0, bytesRead), bytes.length);
    let at = 0;
    for (;;) {
      const frame = decodeFrame(joined, at);
      if (frame === 'damaged') return;
      if (frame === 'short') break;
      const length = FRAME_HEADER + frame.payload.length;
      yield {
        frame: { ...frame, payload: frame.payload.slice() },
        at: start + at,
        end: start + at + length,
      };
      at += length;
      await breatheWhenDue();
    }
    bytes = joined.slice(at);
    start += at;
  }
}

interface Waiting {
  readonly bytes: readonly Uint8Array[];
  resolve(): void;
  reject(error: unknown): void;
}

function appender(handle: FileHandle, begin: number): FrameFile {
  let size = begin;
  let waiting: Waiting[] = [];
  let writing: Promise<void> | null = null;
  let dirty = false;
  let torn = false;

  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      const parts = group.flatMap(({ bytes }) => bytes);
      const length = parts.reduce((sum, part) => sum + part.length, 0);
      try {
        if (torn) await cut();
        torn = true;
        await writeAll(handle, parts, length);
        torn = false;
        size += length;
        dirty = true;
        for (const { resolve } of group) resolve();
      } catch (cause) {
        const fault = faultOf(cause);
        for (const { reject } of group) reject(fault);
        await cut().catch(() => undefined);
      }
    }
    writing = null;
  };
  /** Takes back what a failed write left, so that the next frame follows the last whole one. */
  const cut = async (): Promise<void> => {
    await handle.truncate(size);
    torn = false;
  };
  return {
    get size() {
      return size;
    },
    append: (frames) =>
      new Promise((resolve, reject) => {
        waiting.push({ bytes: frames.map(encodeFrame), resolve, reject });
        writing ??= write();
      }),
    async sync() {
      if (!dirty) return;
      dirty = false;
      await handle.datasync();
    },
    async close() {
      await writing;
      await handle.close();
    },
  };
}

async function writeAll(handle: FileHandle, parts: readonly Uint8Array[], length: number): Promise<void> {
  const whole = parts.length === 1 ? parts[0] : Buffer.concat(parts, length);
  let at = 0;
  while (at < whole.length) at += (await handle.write(whole, at, whole.length - at)).bytesWritten;
}

function faultOf(cause: unknown): ServiceFault {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? new ServiceFault('storage-full', 'stream: there is no space left to store samples, free some', {
        cause,
      })
    : new ServiceFault('unavailable', `stream: samples cannot be stored (${code})`, { cause });
}
