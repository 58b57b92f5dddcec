import type { FastifyReply } from 'fastify';
import type { Route } from '../contract/route.js';
import { ServiceFault } from '../fault.js';
import type { AskedSignals } from './asked-signal.js';

/** s for a request whose route says nothing else. */
const DEADLINE_S = 60;

/** What is done in time, or a refusal; the work is told by its signal to end. */
export async function withinDeadline<T>(
  { deadlineS = DEADLINE_S, accepts, body }: Route,
  reply: FastifyReply,
  signals: AskedSignals,
  work: () => Promise<T>,
): Promise<T> {
  const endless =
    deadlineS === null || (deadlineS === DEADLINE_S && accepts !== undefined && body === undefined);
  if (endless) return work();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const fault = new ServiceFault(
        'timed-out',
        `request: not answered within ${deadlineS} s, ask for less or use a job`,
      );
      signals.abort(reply, fault);
      reject(fault);
    }, deadlineS * 1000);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
