import { Worker } from 'node:worker_threads';
import { EcgError, type ErrorCode } from '../../core/index.js';
import { ServiceFault } from '../fault.js';
import type { AnalysisReply, AnalysisRequest, AnalysisTask } from './analysis-messages.js';
import { createTurns, type Turns } from './turns.js';
import { WorkerDied } from './worker-died.js';

/** ms that a thread has to stop by itself, with its networks loaded, before it is ended. */
const STOP_MS = 2000;

export interface AnalysisPoolOptions {
  /** Analyses at once, a thread each. */
  readonly threads: number;
  /** s that one may take. */
  readonly seconds: number;
  /** MiB of objects that one may hold; samples and networks come on top. */
  readonly heapMegabytes: number;
}

export interface AnalysisRunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (stage: string, done: number) => void;
  /** ms to wait for a thread; for ever when omitted. */
  readonly waitMs?: number;
}

/** Threads that analyse; each is replaced when it dies, or takes too long or too much. */
export interface AnalysisPool {
  /**
   * Writes the analysis of an imported recording into `task.out`.
   *
   * @throws EcgError what `analyze` throws; `cancelled`
   * @throws ServiceFault `timed-out`, `too-large`, `storage-full`; `unavailable` when no thread was free in time
   * @throws WorkerDied when the thread ended otherwise
   */
  run(task: AnalysisTask, options?: AnalysisRunOptions): Promise<void>;
  /** Those who run or wait. */
  busy(): number;
  close(): Promise<void>;
}

export function createAnalysisPool({ threads, seconds, heapMegabytes }: AnalysisPoolOptions): AnalysisPool {
  const turns = createTurns(threads);
  const idle: Worker[] = [];
  const all = new Set<Worker>();

  const start = (): Worker => {
    const worker = startWorker(heapMegabytes);
    all.add(worker);
    worker.once('exit', () => {
      all.delete(worker);
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
    });
    // Without a listener, a fault of an idle thread would end the process; its exit follows.
    worker.on('error', () => {});
    return worker;
  };
  return {
    async run(task, options = {}) {
      const done = await takeTurn(turns, options);
      try {
        const worker = idle.pop() ?? start();
        worker.ref();
        await runIn(worker, task, seconds, heapMegabytes, options, () => {
          worker.unref();
          idle.push(worker);
        });
      } finally {
        done();
      }
    },
    busy: () => turns.taken() + turns.waiting(),
    async close() {
      turns.close();
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

async function takeTurn(turns: Turns, { signal, waitMs }: AnalysisRunOptions): Promise<() => void> {
  if (waitMs === undefined) return turns.take(signal);
  const late = AbortSignal.timeout(waitMs);
  const either = signal === undefined ? late : AbortSignal.any([signal, late]);
  return turns.take(either).catch((fault: unknown) => {
    if (!late.aborted || signal?.aborted) throw fault;
    throw new ServiceFault('unavailable', 'analyze: other recordings are being analysed, try again later', {
      retryAfterS: 30,
    });
  });
}

function runIn(
  worker: Worker,
  task: AnalysisTask,
  seconds: number,
  heapMegabytes: number,
  { signal, onProgress }: AnalysisRunOptions,
  keep: () => void,
): Promise<void> {
  const tell = (request: AnalysisRequest) => worker.postMessage(request);
  return new Promise<void>((resolve, reject) => {
    let fault: Error | undefined;
    let stopping: NodeJS.Timeout | undefined;
    const end = (why: Error) => {
      fault ??= why;
      void worker.terminate();
    };
    const onAbort = () => {
      fault ??= new EcgError('cancelled', 'analyze: cancelled');
      tell({ kind: 'cancel' });
      stopping = setTimeout(() => void worker.terminate(), STOP_MS);
    };
    const timer = setTimeout(
      () =>
        end(
          new ServiceFault(
            'timed-out',
            `analyze: this analysis takes longer than ${seconds} s; send the recording in parts, or raise ` +
              'limits.analysisSeconds',
          ),
        ),
      1000 * seconds,
    );
    const settle = (outcome: () => void) => {
      clearTimeout(timer);
      clearTimeout(stopping);
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      signal?.removeEventListener('abort', onAbort);
      outcome();
    };
    const onMessage = (reply: AnalysisReply) => {
      if (reply.kind === 'progress') {
        onProgress?.(reply.stage, reply.done);
        return;
      }
      settle(() => {
        // What is no fault of a recording may have left anything behind.
        if (reply.kind === 'failed' && reply.code === null) void worker.terminate();
        else keep();
        if (reply.kind === 'analyzed' && fault === undefined) resolve();
        else reject(fault ?? errorOf(reply));
      });
    };
    const onError = (error: NodeJS.ErrnoException) => {
      fault ??=
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? new ServiceFault(
              'too-large',
              `analyze: this analysis takes more than ${heapMegabytes} MiB of memory; send the recording in parts`,
            )
          : new WorkerDied(`the thread that analysed ended: ${error.message}`);
    };
    const onExit = () =>
      settle(() => reject(fault ?? new WorkerDied('the thread that analysed ended unexpectedly')));
    worker.on('message', onMessage);
    worker.once('error', onError);
    worker.once('exit', onExit);
    signal?.addEventListener('abort', onAbort, { once: true });
    tell({ kind: 'analyze', task });
    if (signal?.aborted) onAbort();
  });
}

function errorOf(reply: AnalysisReply): Error {
  if (reply.kind !== 'failed') return new WorkerDied('the thread that analysed said nothing');
  if (reply.code === 'storage-full')
    return new ServiceFault('storage-full', 'analyze: the disk of this server is full, free some space');
  return reply.code === null
    ? new Error(`analyze: ${reply.message}`)
    : new EcgError(reply.code as ErrorCode, reply.message);
}

/** Run from its sources (tests, tsx), the thread is TypeScript too, which it has to learn first. */
function startWorker(maxOldGenerationSizeMb: number): Worker {
  const resourceLimits = { maxOldGenerationSizeMb };
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./analyze.worker.js', import.meta.url), { resourceLimits, env: {} });
  const file = JSON.stringify(new URL('./analyze.worker.ts', import.meta.url).href);
  const bootstrap = `import('tsx/esm/api').then(({ register }) => { register(); return import(${file}); });`;
  return new Worker(bootstrap, { eval: true, resourceLimits, env: {} });
}
