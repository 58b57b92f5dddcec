import { Worker } from 'node:worker_threads';
import { EcgError, type ErrorCode, type RunOptions } from '../../core/index.js';
import type { TrainingEvent } from '../events.js';
import type { JobMessage, TrainingJob } from './job.js';

/**
 * Trains every job, `workers` at a time, each in its own thread, so that this one stays responsive.
 *
 * @throws EcgError of the first job that fails, the others stopped; `cancelled`, after which the checkpoints
 *   in the jobs' folders let the same call go on
 */
export async function runJobs(
  jobs: readonly TrainingJob[],
  workers: number,
  onEvent: (event: TrainingEvent) => void,
  options?: RunOptions,
): Promise<void> {
  const waiting = [...jobs];
  const running = new Set<Worker>();
  let done = 0;
  const work = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      await runInWorker(job, onEvent, running, options);
      done++;
      options?.onProgress?.({ stage: 'train', done, total: jobs.length });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, work));
  } finally {
    waiting.length = 0;
    await Promise.all([...running].map((worker) => worker.terminate()));
  }
}

async function runInWorker(
  job: TrainingJob,
  onEvent: (event: TrainingEvent) => void,
  running: Set<Worker>,
  options?: RunOptions,
): Promise<void> {
  const worker = startWorker(job);
  running.add(worker);
  // A cancel signal has no event that every host shares: it is asked.
  const watch = setInterval(() => {
    if (options?.signal?.aborted) void worker.terminate();
  }, 100);
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (message: JobMessage) => {
        if (message.kind === 'event') onEvent(message.event);
        else if (message.kind === 'done') resolve();
        else reject(new EcgError((message.code ?? 'bad-option') as ErrorCode, message.message));
      });
      worker.on('error', (cause) => {
        reject(
          new EcgError('bad-option', `training ${job.run}: the worker failed: ${String(cause)}`, { cause }),
        );
      });
      worker.on('exit', () => {
        reject(
          options?.signal?.aborted
            ? new EcgError(
                'cancelled',
                `training ${job.run}: cancelled, its checkpoint lies in ${job.folder}`,
              )
            : new EcgError(
                'bad-option',
                `training ${job.run}: the worker stopped, run again to go on from ${job.folder}`,
              ),
        );
      });
    });
  } finally {
    clearInterval(watch);
    running.delete(worker);
    await worker.terminate();
  }
}

/** Run from its sources (tests, tsx), the worker is TypeScript too, which its thread has to learn first. */
function startWorker(job: TrainingJob): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./job.worker.js', import.meta.url), { workerData: job });
  }
  const file = JSON.stringify(new URL('./job.worker.ts', import.meta.url).href);
  const bootstrap = `import('tsx/esm/api').then(({ register }) => { register(); return import(${file}); });`;
  return new Worker(bootstrap, { eval: true, workerData: job });
}
