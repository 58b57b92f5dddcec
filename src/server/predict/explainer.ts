import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { EcgError, type ErrorCode } from '../../core/index.js';
import type { BundledModel } from '../../models/node.js';
import type { EXPLAIN_METHODS } from '../contract/inference.js';
import { ServiceFault } from '../fault.js';
import { startThread } from '../start-thread.js';
import type { Tensors } from './batch-queue.js';

type ExplainMethod = (typeof EXPLAIN_METHODS)[number];

/** What is to be explained. */
export interface ExplanationRequest {
  /** Of one example. */
  readonly inputs: Tensors;
  /** Index of the class; the most probable one when omitted. */
  readonly target?: number;
  /** Integrated gradients where the network has them, else occlusion, when omitted. */
  readonly method?: ExplainMethod;
}

/** How much each number of one example counts for a class. */
export interface Explanation {
  readonly method: ExplainMethod;
  readonly target: number;
  /** One number for each number of each input, above 0 where it speaks for the class. */
  readonly attributions: Tensors;
  /** The score that is explained: the class's logit above the mean of the others', or its mean probability. */
  readonly score: number;
  /** The score of nothing there: zeros. */
  readonly baselineScore: number;
}

/** What the thread is asked; null to release its networks and end. */
export interface ExplainMessage {
  readonly id: number;
  readonly model: BundledModel;
  readonly request: ExplanationRequest;
}

/** What it answers. */
export type ExplainAnswer = { readonly id: number } & (
  | { readonly explanation: Explanation }
  | { readonly code: ErrorCode | undefined; readonly message: string }
);

/** Explanations in a thread of their own, one after another: predictions never wait for them. */
export interface Explainer {
  explain(model: BundledModel, request: ExplanationRequest, signal?: AbortSignal): Promise<Explanation>;
  close(): Promise<void>;
}

interface Waiting {
  readonly message: Omit<ExplainMessage, 'id'>;
  readonly signal: AbortSignal | undefined;
  resolve(explanation: Explanation): void;
  reject(error: Error): void;
}

/** Explanations that may wait: each takes a tenth of a second and more. */
const MOST_WAITING = 16;
const RETRY_AFTER_S = 5;
/** ms that a thread may take to release its networks. */
const RELEASE_MS = 5000;

/** An explainer whose thread starts with the first question. */
export function createExplainer(): Explainer {
  let worker: Worker | undefined;
  let asked: Waiting | undefined;
  let next = 0;
  const waiting: Waiting[] = [];

  const end = (ended: Worker, error: Error) => {
    if (worker !== ended) return;
    worker = undefined;
    asked?.reject(error);
    asked = undefined;
    advance();
  };
  const start = (): Worker => {
    const started = startThread(new URL('./explain.worker.js', import.meta.url));
    started.unref();
    started.on('message', (answer: ExplainAnswer) => {
      const done = asked;
      asked = undefined;
      started.unref();
      if ('explanation' in answer) done?.resolve(answer.explanation);
      else
        done?.reject(
          answer.code === undefined ? new Error(answer.message) : new EcgError(answer.code, answer.message),
        );
      advance();
    });
    started.on('error', (error) => end(started, error));
    started.on('exit', () => end(started, new Error('explain: its thread has ended')));
    return started;
  };
  const advance = () => {
    if (asked !== undefined) return;
    for (let first = waiting.shift(); first !== undefined; first = waiting.shift()) {
      if (first.signal?.aborted === true) {
        first.reject(new EcgError('cancelled', 'explain: cancelled'));
        continue;
      }
      asked = first;
      worker ??= start();
      worker.ref();
      worker.postMessage({ ...first.message, id: next++ } satisfies ExplainMessage);
      return;
    }
  };
  return {
    explain(model, request, signal) {
      if (waiting.length >= MOST_WAITING)
        return Promise.reject(
          new ServiceFault(
            'unavailable',
            `explain: ${waiting.length} questions wait already, try again later`,
            {
              retryAfterS: RETRY_AFTER_S,
            },
          ),
        );
      return new Promise((resolve, reject) => {
        waiting.push({ message: { model, request }, signal, resolve, reject });
        advance();
      });
    },
    async close() {
      const closing = new EcgError('cancelled', 'explain: the server is closing');
      for (const each of waiting.splice(0)) each.reject(closing);
      asked?.reject(closing);
      asked = undefined;
      const ended = worker;
      worker = undefined;
      if (ended !== undefined) await endKindly(ended);
    },
  };
}

/** Ends a thread when it has released its networks, which native code holds; after a while in any case. */
async function endKindly(worker: Worker): Promise<void> {
  const over = once(worker, 'exit');
  worker.ref();
  worker.postMessage(null);
  const timer = setTimeout(() => void worker.terminate(), RELEASE_MS);
  await over;
  clearTimeout(timer);
}
