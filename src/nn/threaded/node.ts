import { Worker } from 'node:worker_threads';
import { EcgError } from '../../core/index.js';
import type { RuntimeOptions } from '../node.js';
import type { Runtime, Session, Tensor } from '../runtime.js';
import type { Answer, Request } from './messages.js';

/** A request without its number. */
type Asked = Request extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

/**
 * The runtime of this machine in a thread of its own: networks compute while the caller prepares what comes next, and
 * the caller's thread answers in between. Inputs and outputs are copied.
 *
 * The thread ends with its last session; it does not keep the process alive by itself.
 *
 * @param options  of the runtime in that thread
 */
export function createThreadedRuntime(options: RuntimeOptions = {}): Runtime {
  let worker: Worker | undefined;
  let next = 0;
  let open = 0;
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();

  const settle = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const start = (): Worker => {
    const started = startWorker(options);
    started.unref();
    started.on('message', (answer: Answer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) started.unref();
      if (answer.kind === 'failed') asked?.reject(errorOf(answer));
      else asked?.resolve(answer);
    });
    // A thread that has died takes its sessions with it; the next model that is opened starts another.
    started.on('error', (error) => {
      if (worker === started) {
        worker = undefined;
        open = 0;
      }
      settle(error);
    });
    return started;
  };
  const ask = <K extends Answer['kind']>(request: Asked, kind: K) =>
    new Promise<Extract<Answer, { kind: K }>>((resolve, reject) => {
      worker ??= start();
      const id = next++;
      waiting.set(id, {
        resolve: (answer) => {
          if (answer.kind === kind) resolve(answer as Extract<Answer, { kind: K }>);
        },
        reject,
      });
      // Who waits for an answer keeps the process alive until it comes.
      worker.ref();
      worker.postMessage({ ...request, id });
    });
  return {
    name: 'onnxruntime-node',
    async open(model, { training = false } = {}) {
      const opened = await ask({ kind: 'open', model, training }, 'opened');
      open++;
      return sessionOf(opened, async () => {
        await ask({ kind: 'release', session: opened.id }, 'released');
        open--;
        if (open > 0) return;
        const ended = worker;
        worker = undefined;
        await ended?.terminate();
      });
    },
  };

  function sessionOf(opened: Extract<Answer, { kind: 'opened' }>, release: () => Promise<void>): Session {
    return {
      inputs: opened.inputs,
      outputs: opened.outputs,
      run: async (inputs) =>
        (await ask({ kind: 'run', session: opened.id, inputs: compact(inputs) }, 'ran')).outputs,
      release,
    };
  }
}

/** Views of larger buffers as arrays of their own: a message would copy the whole buffer. */
function compact(inputs: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { data, shape }]) => [
      name,
      { data: data.byteLength === data.buffer.byteLength ? data : data.slice(), shape },
    ]),
  );
}

function errorOf({ code, message }: Extract<Answer, { kind: 'failed' }>): Error {
  return code === undefined ? new Error(message) : new EcgError(code, message);
}

/** Run from its sources (tests, tsx), the worker is TypeScript too, which its thread has to learn first. */
function startWorker(workerData: RuntimeOptions): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./session.worker.js', import.meta.url), { workerData });
  const file = JSON.stringify(new URL('./session.worker.ts', import.meta.url).href);
  const bootstrap = `import('tsx/esm/api').then(({ register }) => { register(); return import(${file}); });`;
  return new Worker(bootstrap, { eval: true, workerData });
}
