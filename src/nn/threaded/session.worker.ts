import { parentPort, workerData } from 'node:worker_threads';
import { EcgError } from '../../core/index.js';
import { createRuntime, type RuntimeOptions } from '../node.js';
import type { Session } from '../runtime.js';
import type { Answer, Request } from './messages.js';

const port = parentPort;
if (port === null) throw new Error('session.worker runs in a worker thread only');
const runtime = createRuntime(workerData as RuntimeOptions);
const sessions = new Map<number, Session>();

async function answer(request: Request): Promise<Answer> {
  const { id } = request;
  if (request.kind === 'open') {
    const session = await (await runtime).open(request.model, { training: request.training });
    sessions.set(id, session);
    return { id, kind: 'opened', inputs: session.inputs, outputs: session.outputs };
  }
  const session = sessions.get(request.session);
  if (session === undefined)
    throw new EcgError('bad-option', 'nn: this session was released, open the model again');
  if (request.kind === 'run') return { id, kind: 'ran', outputs: await session.run(request.inputs) };
  sessions.delete(request.session);
  await session.release();
  return { id, kind: 'released' };
}

port.on('message', (request: Request) => {
  answer(request)
    .catch(
      (error: unknown): Answer => ({
        id: request.id,
        kind: 'failed',
        code: error instanceof EcgError ? error.code : undefined,
        message: error instanceof Error ? error.message : String(error),
      }),
    )
    .then((message) => port.postMessage(message));
});
