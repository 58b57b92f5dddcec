import { parentPort, workerData } from 'node:worker_threads';
import { EcgError } from '../../core/index.js';
import type { JobMessage, TrainingJob } from './job.js';
import { runJob } from './run/node.js';

const port = parentPort;
if (port === null) throw new Error('job.worker runs in a worker thread only');
const say = (message: JobMessage): void => port.postMessage(message);
try {
  await runJob(workerData as TrainingJob, (event) => say({ kind: 'event', event }));
  say({ kind: 'done' });
} catch (error) {
  const code = error instanceof EcgError ? error.code : undefined;
  say({
    kind: 'failed',
    code,
    message: error instanceof Error ? (code ? error.message : `${error.stack}`) : String(error),
  });
}
