import { EcgError } from '../../core/index.js';
import type { Routes } from '../contract/route.js';
import { ServiceFault } from '../fault.js';
import type { Answer, Asked, Handlers } from '../http/handler.js';
import { refuse } from '../http/problem.js';

type Answering = (asked: Asked<Routes[string]>) => Promise<Answer | undefined>;

/**
 * Handlers whose faults are told in both languages: problem+json, with the member `error` in which clients of the Open
 * Inference Protocol look for words.
 */
export function withProtocolErrors<T extends Routes>(handlers: Handlers<T>): Handlers<T> {
  const wrapped = Object.entries(handlers as unknown as Record<string, Answering>).map(
    ([operation, answer]): [string, Answering] => [
      operation,
      async (asked) => {
        try {
          return await answer(asked);
        } catch (fault) {
          if (!(fault instanceof EcgError || fault instanceof ServiceFault)) throw fault;
          const { problem, headers } = refuse(fault, asked.request.id);
          return {
            status: problem.status,
            headers,
            type: 'application/problem+json',
            body: { ...problem, error: problem.detail },
          };
        }
      },
    ],
  );
  return Object.fromEntries(wrapped) as unknown as Handlers<T>;
}
