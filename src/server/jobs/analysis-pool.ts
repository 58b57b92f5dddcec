import { EcgError, type ErrorCode } from '../../core/index.js';
import { ServiceFault } from '../fault.js';
import type { AnalysisReply, AnalysisRequest, AnalysisTask } from './analysis-messages.js';
import { type ForkedWorker, forkWorker } from './fork-worker.js';
import { createTurns, type Turns } from './turns.js';
import { WorkerDied } from './worker-died.js';

/** ms that a process has to stop by itself, with its networks loaded, before it is killed. */
const STOP_MS = 2000;

export interface AnalysisPoolOptions {
  /** Analyses at once, a process each. */
  readonly atOnce: number;
  /** s that one may take. */
  readonly seconds: number;
  /** MiB of objects that one may hold; samples and networks come on top. */
  readonly heapMegabytes: number;
}

interface AnalysisRunOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (stage: string, done: number) => void;
  /** ms to wait for a free process; for ever when omitted. */
  readonly waitMs?: number;
}

/**
 * Processes that analyse; each is replaced when it dies, or takes too long or too much.
 *
 * Not threads: ending a thread while the network runtime computes in it aborts the whole process, and with it every
 * stream and request of the server.
 */
export interface AnalysisPool {
  /**
   * Writes the analysis of an imported recording into `task.out`.
   *
   * @throws EcgError what `analyze` throws; `cancelled`
   * @throws ServiceFault `timed-out`, `too-large`, `storage-full`; `unavailable` when none was free in time
   * @throws WorkerDied when the process ended otherwise
   */
  run(task: AnalysisTask, options?: AnalysisRunOptions): Promise<void>;
  close(): Promise<void>;
}

export function createAnalysisPool({ atOnce, seconds, heapMegabytes }: AnalysisPoolOptions): AnalysisPool {
  const turns = createTurns(atOnce);
  const idle: ForkedWorker[] = [];
  const all = new Set<ForkedWorker>();

  const start = (): ForkedWorker => {
    const worker = forkWorker(new URL('./analyze.worker.js', import.meta.url), heapMegabytes);
    all.add(worker);
    worker.child.once('exit', () => {
      all.delete(worker);
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
    });
    return worker;
  };
  return {
    async run(task, options = {}) {
      const done = await takeTurn(turns, options);
      try {
        const worker = idle.pop() ?? start();
        worker.setIdle(false);
        try {
          await runIn(worker, task, { seconds, heapMegabytes }, options);
        } finally {
          if (worker.isWell()) {
            worker.setIdle(true);
            idle.push(worker);
          }
        }
      } finally {
        done();
      }
    },
    async close() {
      turns.close();
      const ends = [...all].map(({ child }) => new Promise((resolve) => child.once('exit', resolve)));
      for (const { child } of all) child.kill('SIGKILL');
      await Promise.all(ends);
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
  { child, ranOutOfMemory }: ForkedWorker,
  task: AnalysisTask,
  { seconds, heapMegabytes }: { readonly seconds: number; readonly heapMegabytes: number },
  { signal, onProgress }: AnalysisRunOptions,
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    let fault: Error | undefined;
    let stopping: NodeJS.Timeout | undefined;
    const kill = (why: Error) => {
      fault ??= why;
      child.kill('SIGKILL');
    };
    const tell = (request: AnalysisRequest) =>
      child.send(request, (gone) => {
        if (gone !== null) kill(new WorkerDied(`the process that analyses was gone (${gone.message})`));
      });
    const onAbort = () => {
      fault ??= new EcgError('cancelled', 'analyze: cancelled');
      tell({ kind: 'cancel' });
      stopping = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    };
    const timer = setTimeout(() => kill(tooLong(seconds)), 1000 * seconds);
    const settle = (outcome: () => void) => {
      clearTimeout(timer);
      clearTimeout(stopping);
      child.off('message', onMessage);
      child.off('exit', onExit);
      child.off('error', kill);
      signal?.removeEventListener('abort', onAbort);
      outcome();
    };
    const onMessage = (reply: AnalysisReply) => {
      if (reply.kind === 'progress') {
        onProgress?.(reply.stage, reply.done);
        return;
      }
      // What is no fault of a recording may have left anything behind.
      if (reply.kind === 'failed' && reply.code === null) child.kill('SIGKILL');
      settle(() => {
        if (reply.kind === 'analyzed' && fault === undefined) resolve();
        else reject(fault ?? errorOf(reply));
      });
    };
    const onExit = (code: number | null, killedBy: NodeJS.Signals | null) =>
      settle(() =>
        reject(
          fault ??
            (ranOutOfMemory()
              ? tooHeavy(heapMegabytes)
              : new WorkerDied(`the process that analysed ended (${killedBy ?? `code ${code}`})`)),
        ),
      );
    child.on('message', onMessage);
    child.once('exit', onExit);
    child.once('error', kill);
    signal?.addEventListener('abort', onAbort, { once: true });
    tell({ kind: 'analyze', task });
    if (signal?.aborted) onAbort();
  });
}

function tooLong(seconds: number): ServiceFault {
  return new ServiceFault(
    'timed-out',
    `analyze: this analysis takes longer than ${seconds} s; send the recording in parts, or raise ` +
      'limits.analysisSeconds',
  );
}

function tooHeavy(megabytes: number): ServiceFault {
  return new ServiceFault(
    'too-large',
    `analyze: this analysis takes more than ${megabytes} MiB of memory; send the recording in parts`,
  );
}

function errorOf(reply: AnalysisReply): Error {
  if (reply.kind !== 'failed') return new WorkerDied('the process that analysed said nothing');
  if (reply.code === 'storage-full')
    return new ServiceFault('storage-full', 'analyze: the disk of this server is full, free some space');
  return reply.code === null
    ? new Error(`analyze: ${reply.message}`)
    : new EcgError(reply.code as ErrorCode, reply.message);
}
