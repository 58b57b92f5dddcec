import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EcgError, type RunOptions, throwIfCancelled } from '../../../core/index.js';

/** How a file is fetched. */
export interface DownloadOptions extends RunOptions {
  /** SHA-256 in lower-case hex; not checked when absent. */
  readonly sha256?: string;
  /** Further attempts after the first, 5 where absent. */
  readonly retries?: number;
  /** ms before the second attempt, doubled each time; 500 where absent. */
  readonly retryMs?: number;
  /** ms without a byte after which a connection counts as dead; 60000 where absent. */
  readonly stallMs?: number;
}

/** A server's answer that no further attempt changes. */
class Refusal extends EcgError {}

/**
 * A file fetched whole: from where an earlier attempt stopped (`.part` beside it), as often as it takes, its checksum
 * right. The file appears under its name only then.
 *
 * @returns bytes that came over the wire
 * @throws EcgError `not-found` when the server does not have it or cannot be reached; `unsupported` when it wants an
 *   account; `bad-format` when the checksum is wrong twice; `cancelled`, leaving the part for the next time
 */
export async function download(url: string, path: string, options: DownloadOptions = {}): Promise<number> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  const retries = options.retries ?? 5;
  let received = 0;
  let wrong = 0;
  for (let attempt = 0; ; ) {
    const before = await sizeOf(part);
    try {
      received += await fetchRest(url, part, options);
      if (options.sha256 === undefined || (await sha256(part, options)) === options.sha256) {
        await rename(part, path);
        return received;
      }
      await rm(part, { force: true });
      if (++wrong === 2) {
        throw new Refusal(
          'bad-format',
          `data: ${url} does not match its SHA-256 ${options.sha256}, ask the publisher`,
        );
      }
    } catch (error) {
      throwIfCancelled(options, `data: ${basename(path)}`);
      if (error instanceof Refusal) throw error;
      // A connection that breaks again and again still gets there as long as it brings something each time.
      if ((await sizeOf(part)) > before) attempt = 0;
      if (attempt >= retries) {
        const why = reasonOf(error);
        throw new EcgError(
          'not-found',
          `data: ${url} could not be fetched (${why}), check the network and try again`,
          {
            cause: error,
          },
        );
      }
      await waitUnlessCancelled((options.retryMs ?? 500) * 2 ** attempt, options);
      attempt++;
    }
  }
}

/** SHA-256 of a file in lower-case hex. */
export async function sha256(path: string, options?: RunOptions): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    throwIfCancelled(options, `data: ${basename(path)}`);
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function fetchRest(url: string, part: string, options: DownloadOptions): Promise<number> {
  const have = await sizeOf(part);
  const abort = new AbortController();
  const watch = watchdog(abort, options);
  try {
    const response = await fetch(url, {
      headers: { 'accept-encoding': 'identity', ...(have > 0 ? { range: `bytes=${have}-` } : {}) },
      signal: abort.signal,
    });
    if (response.status === 416) {
      // The part is as long as the file, or longer: the checksum tells; without one it is fetched anew.
      await response.body?.cancel();
      const complete = Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1]) === have;
      if (complete) return 0;
      await rm(part, { force: true });
      throw new Error('the part was longer than the file');
    }
    if (!response.ok) {
      await response.body?.cancel();
      refuse(response.status, url);
    }
    const continues = response.status === 206 && rangeStart(response) === have;
    if (response.status === 206 && !continues) {
      await response.body?.cancel();
      await rm(part, { force: true });
      throw new Error('the server sent another range than asked');
    }
    const begin = continues ? have : 0;
    const total = begin + Number(response.headers.get('content-length') ?? Number.NaN);
    const file = await open(part, continues ? 'a' : 'w');
    try {
      return await pour(response, file, begin, total, watch, options);
    } finally {
      await file.close();
    }
  } finally {
    watch.stop();
  }
}

async function pour(
  response: Response,
  file: FileHandle,
  begin: number,
  total: number,
  watch: Watchdog,
  options: DownloadOptions,
): Promise<number> {
  let received = 0;
  for await (const chunk of response.body ?? []) {
    throwIfCancelled(options, `data: ${response.url}`);
    watch.alive();
    await file.write(chunk as Uint8Array);
    received += (chunk as Uint8Array).length;
    options.onProgress?.({ stage: 'download', done: begin + received, total: total || begin + received });
  }
  if (begin + received < total)
    throw new Error(`the connection broke after ${begin + received} of ${total} bytes`);
  return received;
}

/** @throws EcgError for an answer that stays; Error for one that may change */
function refuse(status: number, url: string): never {
  if (status === 401 || status === 403) {
    throw new Refusal('unsupported', `data: ${url} needs an account at its publisher (HTTP ${status})`);
  }
  if (status === 404 || status === 410) {
    throw new Refusal('not-found', `data: the publisher has no ${url} (HTTP ${status})`);
  }
  throw new Error(`HTTP ${status}`);
}

function rangeStart(response: Response): number {
  return Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1]);
}

interface Watchdog {
  alive(): void;
  stop(): void;
}

/** Aborts a connection that stalls, or whose run was cancelled. */
function watchdog(abort: AbortController, options: DownloadOptions): Watchdog {
  const stallMs = options.stallMs ?? 60_000;
  let last = performance.now();
  const timer = setInterval(
    () => {
      if (options.signal?.aborted) abort.abort();
      else if (performance.now() - last > stallMs) abort.abort(new Error(`no byte for ${stallMs / 1000} s`));
    },
    Math.min(200, stallMs / 4),
  );
  return {
    alive: () => {
      last = performance.now();
    },
    stop: () => clearInterval(timer),
  };
}

async function waitUnlessCancelled(ms: number, options: RunOptions): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    throwIfCancelled(options, 'data');
    await pause(Math.min(100, left));
  }
}

function reasonOf(error: unknown): string {
  const cause = (error as Error).cause;
  return cause instanceof Error && cause.message !== '' ? cause.message : (error as Error).message;
}
