import { Worker } from 'node:worker_threads';
import type { ResumePoint } from '../../../analysis/index.js';
import type { StreamEvent } from '../../../core/index.js';
import { ServiceFault } from '../../fault.js';
import type { RecordToWrite } from '../record/write-record.js';
import type { AnalysisReport, AnalysisRequest, AnalysisSettings, StreamToHear } from './messages.js';

/** Who hears what is seen in one stream. */
export interface StreamListener {
  /** Events that were told together, and where the analysis goes on after them. */
  told(events: readonly StreamEvent[], resume: ResumePoint): void;
  /** Samples heard so far. */
  heard(samples: number): void;
  /** The last events have been told. */
  ended(): void;
  /** The thread is gone with all that it knew: hear the stream anew. */
  lost(): void;
  /** The stream cannot be heard, and would not be when tried again. */
  failed(message: string): void;
}

/** One stream that is heard in a thread. */
export interface HeardStream {
  /** The next samples; null bytes for a gap. The bytes' memory is given away. */
  push(count: number, bytes: Uint8Array | null): void;
  /** No more comes. */
  end(): void;
  /** Drops the stream without its last events. */
  forget(): void;
}

/** Threads that hear streams. */
export interface AnalysisPool {
  hear(what: StreamToHear, listener: StreamListener): HeardStream;
  /** Writes the record of a stream in one of the threads. */
  write(record: RecordToWrite): Promise<void>;
  close(): Promise<void>;
}

/** ms that a thread may take to load its networks or finish with them before it is ended all the same. */
const END_MS = 7000;

interface Thread {
  readonly worker: Worker;
  readonly listeners: Map<number, StreamListener>;
  readonly writers: Map<number, { resolve(): void; reject(error: Error): void }>;
}

/**
 * Threads of analysers, started when they are first needed.
 *
 * @param threads  at least 1
 * @param onFault  is told when a thread died
 */
export function createAnalysisPool(
  threads: number,
  settings: AnalysisSettings,
  onFault: (fault: Error) => void,
): AnalysisPool {
  const running: (Thread | undefined)[] = Array.from({ length: threads }, () => undefined);
  let next = 1;
  let closed = false;

  const start = (place: number): Thread => {
    const thread: Thread = { worker: startWorker(settings), listeners: new Map(), writers: new Map() };
    running[place] = thread;
    thread.worker.unref();
    thread.worker.on('message', (report: AnalysisReport) => receive(thread, report));
    thread.worker.on('error', (error: unknown) =>
      onFault(error instanceof Error ? error : new Error(String(error))),
    );
    thread.worker.once('exit', () => {
      if (running[place] === thread) running[place] = undefined;
      const fault = new ServiceFault('unavailable', 'stream: the thread that wrote the record has ended');
      for (const { reject } of thread.writers.values()) reject(fault);
      if (!closed) for (const listener of [...thread.listeners.values()]) listener.lost();
    });
    return thread;
  };
  /** The thread that hears the fewest streams. */
  const choose = (): Thread => {
    let best = 0;
    const load = (place: number) => running[place]?.listeners.size ?? 0;
    for (let place = 1; place < threads; place++) if (load(place) < load(best)) best = place;
    return running[best] ?? start(best);
  };
  return {
    hear(what, listener) {
      if (closed) throw new ServiceFault('unavailable', 'stream: the server is stopping');
      const stream = next++;
      const thread = choose();
      const post = (request: AnalysisRequest, transfer: ArrayBuffer[] = []) =>
        thread.worker.postMessage(request, transfer);
      thread.listeners.set(stream, listener);
      post({ kind: 'hear', stream, what });
      return {
        push(count, bytes) {
          // Only memory of its own can be given away; what is part of a larger buffer is copied.
          const own = bytes === null || bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
          post(
            { kind: 'samples', stream, count, bytes: own },
            own === null ? [] : [own.buffer as ArrayBuffer],
          );
        },
        end: () => post({ kind: 'end', stream }),
        forget() {
          thread.listeners.delete(stream);
          post({ kind: 'forget', stream });
        },
      };
    },
    write: (record) =>
      new Promise((resolve, reject) => {
        const stream = next++;
        const thread = choose();
        thread.writers.set(stream, { resolve, reject });
        thread.worker.ref();
        thread.worker.postMessage({ kind: 'write', stream, record } satisfies AnalysisRequest);
      }),
    async close() {
      closed = true;
      await Promise.all(running.map((thread) => thread && end(thread)));
    },
  };
}

/** Ends a thread where it may be ended: terminated in the middle of a network, it would take the process with it. */
async function end({ worker }: Thread): Promise<void> {
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const late = setTimeout(() => void worker.terminate(), END_MS);
  worker.ref();
  worker.postMessage({ kind: 'close', stream: 0 } satisfies AnalysisRequest);
  await gone;
  clearTimeout(late);
}

function receive({ worker, listeners, writers }: Thread, report: AnalysisReport): void {
  switch (report.kind) {
    case 'told':
      listeners.get(report.stream)?.told(report.events, report.resume);
      return;
    case 'heard':
      for (const [stream, samples] of report.heard) listeners.get(stream)?.heard(samples);
      return;
    case 'ended': {
      const listener = listeners.get(report.stream);
      listeners.delete(report.stream);
      listener?.ended();
      return;
    }
    case 'written':
    case 'failed': {
      const writer = writers.get(report.stream);
      writers.delete(report.stream);
      if (writers.size === 0) worker.unref();
      if (report.kind === 'written') {
        writer?.resolve();
        return;
      }
      writer?.reject(
        new ServiceFault('unavailable', `stream: its record cannot be written: ${report.message}`),
      );
      const listener = listeners.get(report.stream);
      listeners.delete(report.stream);
      listener?.failed(report.message);
    }
  }
}

/** Run from its sources (tests, tsx), the worker is TypeScript too, which its thread has to learn first. */
function startWorker(workerData: AnalysisSettings): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./stream.worker.js', import.meta.url), { workerData });
  const file = JSON.stringify(new URL('./stream.worker.ts', import.meta.url).href);
  const bootstrap = `import('tsx/esm/api').then(({ register }) => { register(); return import(${file}); });`;
  return new Worker(bootstrap, { eval: true, workerData });
}
