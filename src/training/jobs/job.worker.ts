import { parentPort, workerData } from 'node:worker_threads';
import { EcgError } from '../../core/index.js';
import type { TrainingEvent } from '../events.js';
import { runExampleJob } from './examples/node.js';
import type { JobData, JobMessage } from './job.js';
import { runJob } from './run/node.js';

const port = parentPort;
if (port === null) throw new Error('job.worker runs in a worker thread only');
const say = (message: JobMessage): void => port.postMessage(message);
try {
  const { job, stop } = workerData as JobData;
  const signal = {
    get aborted() {
      return Atomics.load(stop, 0) === 1;
    },
  };
  const onEvent = (event: TrainingEvent): void => say({ kind: 'event', event });
  if (job.kind === 'beats') await runJob(job, onEvent, { signal });
  else await runExampleJob(job, onEvent, { signal });
  say({ kind: 'done' });
} catch (error) {
  const code = error instanceof EcgError ? error.code : undefined;
  say({
    kind: 'failed',
    code,
    message: error instanceof Error ? (code ? error.message : `${error.stack}`) : String(error),
  });
}
