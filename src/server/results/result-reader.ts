import type { Worker } from 'node:worker_threads';
import { type Correction, EcgError } from '../../core/index.js';
import type { OpenOptions } from '../../formats/index.js';
import { ServiceFault } from '../fault.js';
import type { NamedFile } from '../jobs/job-service.js';
import { startThread } from '../start-thread.js';
import type { BeatFilter, ResultAnswer, ResultRequest, ResultSource } from './result-messages.js';

/** A request without its number. */
type Asked = ResultRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

/** Bytes of corrected analyses that are kept, those used last. */
const KEPT_BYTES = 64 * 2 ** 20;
/** ms without a question after which the thread and what it keeps are let go. */
const IDLE_MS = 60_000;
/** Questions that may wait. */
const MOST_WAITING = 64;

/** Stored analyses with all their corrections, in the forms that are asked for; computed on a thread of its own. */
export interface ResultReader {
  /** The corrected analysis as JSON text. */
  json(source: ResultSource): Promise<Uint8Array>;
  /** A `BeatsPage` as JSON text. */
  beats(source: ResultSource, filter: BeatFilter): Promise<Uint8Array>;
  /** Episodes, rhythms and events as JSON text. */
  episodes(source: ResultSource): Promise<Uint8Array>;
  /** A WFDB annotation file. */
  annotations(source: ResultSource): Promise<Uint8Array>;
  /** The built-in synthetic recording's first minutes as CSV. */
  sample(): Promise<Uint8Array>;
  /** The report of an analysis as a page, with strips of the files it was made of. */
  report(json: Uint8Array, files: readonly NamedFile[], options: OpenOptions): Promise<Uint8Array>;
  /** The annotations of a stored `RecordingInfo`, as JSON text. */
  fileAnnotations(path: string, offset: number, limit: number): Promise<Uint8Array>;
  /**
   * Nothing, when one more correction fits.
   * @throws EcgError `bad-option` when it does not; ServiceFault `conflict` when others rest on what it undoes
   */
  check(source: ResultSource, last: Correction): Promise<void>;
}

export function createResultReader(): ResultReader {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let next = 0;
  const waiting = new Map<number, { resolve(bytes: Uint8Array): void; reject(error: Error): void }>();
  const cached = new Map<string, Uint8Array>();
  let cachedBytes = 0;

  const end = (ended: Worker, error: Error): void => {
    if (worker !== ended) return;
    worker = undefined;
    clearTimeout(idle);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    void ended.terminate();
  };
  const start = (): Worker => {
    const started = startThread(new URL('./result.worker.js', import.meta.url));
    started.unref();
    started.on('message', (answer: ResultAnswer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) {
        started.unref();
        idle = setTimeout(() => end(started, new Error('results: idle')), IDLE_MS).unref();
      }
      if (answer.kind === 'failed') asked?.reject(faultOf(answer));
      else asked?.resolve(answer.bytes);
    });
    started.on('error', (error) => end(started, error));
    started.on('exit', () => end(started, new Error('results: the thread has ended')));
    return started;
  };
  const ask = (request: Asked): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      if (waiting.size >= MOST_WAITING) {
        reject(
          new ServiceFault('unavailable', 'results: too many are waiting, try again', { retryAfterS: 2 }),
        );
        return;
      }
      worker ??= start();
      clearTimeout(idle);
      const id = next++;
      waiting.set(id, { resolve, reject });
      // Who waits for an answer keeps the process alive until it comes.
      worker.ref();
      worker.postMessage({ ...request, id });
    });

  return {
    async json(source) {
      const key = `${source.sha256}.${source.corrections.length}`;
      const known = cached.get(key);
      if (known !== undefined) {
        cached.delete(key);
        cached.set(key, known);
        return known;
      }
      const bytes = await ask({ kind: 'json', source });
      if (!cached.has(key)) cachedBytes += bytes.length;
      cached.set(key, bytes);
      for (const [oldest, { length }] of cached) {
        if (cachedBytes <= KEPT_BYTES) break;
        cached.delete(oldest);
        cachedBytes -= length;
      }
      return bytes;
    },
    beats: (source, filter) => ask({ kind: 'beats', source, filter }),
    episodes: (source) => ask({ kind: 'episodes', source }),
    annotations: (source) => ask({ kind: 'annotations', source }),
    sample: () => ask({ kind: 'sample' }),
    report: (json, files, options) => ask({ kind: 'report', json, files, options }),
    fileAnnotations: (path, offset, limit) => ask({ kind: 'file-annotations', path, offset, limit }),
    async check(source, last) {
      await ask({ kind: 'check', source, last });
    },
  };
}

function faultOf({ code, message, conflict }: Extract<ResultAnswer, { kind: 'failed' }>): Error {
  if (conflict) return new ServiceFault('conflict', message);
  if (code === 'not-found')
    return new EcgError('not-found', 'results: the recording has been deleted meanwhile');
  return code === undefined ? new Error(message) : new EcgError(code, message);
}
