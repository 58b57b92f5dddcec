import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';

/** ms that are waited for the end of a body that nobody wants. */
const PATIENCE_MS = 2000;

/**
 * Drops a body that nobody reads, and waits for its end: a connection that is closed with bytes unread takes the end of
 * the answer with it (RFC 9112, 9.6). Requests without a body wait for nothing.
 */
export async function dropBody(request: IncomingMessage): Promise<void> {
  request.resume();
  const { headers } = request;
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!hasBody || request.complete) return;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  // Late, or broken off: the answer may not arrive, which is not worse than before.
  await once(request, 'end', { signal }).catch(() => undefined);
}
