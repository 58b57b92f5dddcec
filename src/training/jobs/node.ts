import { Worker } from 'node:worker_threads';
import { EcgError, type ErrorCode, type RunOptions, throwIfCancelled } from '../../core/index.js';
import type { TrainingEvent } from '../events.js';
import type { Job, JobData, JobMessage } from './job.js';

/**
 * Trains every job, `workers` at a time, each in its own thread, so that this one stays responsive.
 *
 * @throws EcgError of the first job that fails, the others stopped; `cancelled`, after which the checkpoints
 *   in the jobs' folders let the same call go on
 */
export async function runJobs(
  jobs: readonly Job[],
  workers: number,
  onEvent: (event: TrainingEvent) => void,
  options?: RunOptions,
): Promise<void> {
  const waiting = [...jobs];
  // Workers see this flag between two steps: stopping one from outside, amid native code, takes the process down.
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const watch = setInterval(() => {
    if (options?.signal?.aborted) Atomics.store(stop, 0, 1);
  }, 50);
  let done = 0;
  const work = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      throwIfCancelled(options, `training ${job.run}`);
      await runInWorker(job, stop, onEvent);
      done++;
      options?.onProgress?.({ stage: 'train', done, total: jobs.length });
    }
  };
  const workersDone = Array.from({ length: Math.min(workers, jobs.length) }, () =>
    work().catch((error: unknown) => {
      // The first failure ends all; the others stop at their next step and leave checkpoints.
      waiting.length = 0;
      Atomics.store(stop, 0, 1);
      throw error;
    }),
  );
  try {
    await Promise.all(workersDone);
  } finally {
    await Promise.allSettled(workersDone);
    clearInterval(watch);
  }
}

/** Resolves when the worker has left, its job done. */
function runInWorker(job: Job, stop: Int32Array, onEvent: (event: TrainingEvent) => void): Promise<void> {
  const worker = startWorker({ job, stop });
  let end: JobMessage = {
    kind: 'failed',
    code: undefined,
    message: `training ${job.run}: the worker stopped, run again to go on from ${job.folder}`,
  };
  return new Promise<void>((resolve, reject) => {
    worker.on('message', (message: JobMessage) => {
      if (message.kind === 'event') onEvent(message.event);
      else end = message;
    });
    worker.on('error', (cause) => {
      end = {
        kind: 'failed',
        code: undefined,
        message: `training ${job.run}: the worker failed: ${String(cause)}`,
      };
    });
    worker.on('exit', () => {
      if (end.kind === 'failed') reject(new EcgError((end.code ?? 'bad-option') as ErrorCode, end.message));
      else resolve();
    });
  });
}

/** Run from its sources (tests, tsx), the worker is TypeScript too, which its thread has to learn first. */
function startWorker(workerData: JobData): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./job.worker.js', import.meta.url), { workerData });
  }
  const file = JSON.stringify(new URL('./job.worker.ts', import.meta.url).href);
  const bootstrap = `import('tsx/esm/api').then(({ register }) => { register(); return import(${file}); });`;
  return new Worker(bootstrap, { eval: true, workerData });
}
