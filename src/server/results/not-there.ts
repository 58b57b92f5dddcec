import type { Answer } from '../http/handler.js';

/** The answer where something of a recording is not there, with the time after which it may be. */
export function notThere({
  reason,
  retryAfterS,
}: {
  readonly reason: string;
  readonly retryAfterS?: number;
}): Answer {
  const problem = {
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: `recording: ${reason}`,
    code: 'not-found',
  };
  return {
    status: 404,
    type: 'application/problem+json',
    ...(retryAfterS === undefined ? {} : { headers: { 'retry-after': String(retryAfterS) } }),
    body: JSON.stringify(problem),
  };
}
