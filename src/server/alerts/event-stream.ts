import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';

/** One server-sent event. */
export interface ServerSentEvent {
  /** From where a client that comes back goes on. */
  readonly id?: number;
  readonly event: string;
  /** Plain data. */
  readonly data: unknown;
}

/** ms between two signs of life. */
const HEARTBEAT_MS = 15_000;
/** ms after which a client that lost the connection comes back. */
const RETRY_MS = 2000;

/**
 * Events as bytes of `text/event-stream`, no faster than the client reads them, with a comment now and then so that
 * both sides notice when the other is gone.
 *
 * Source: WHATWG HTML, 9.2 Server-sent events.
 */
export function writeEventStream(
  events: AsyncIterable<ServerSentEvent>,
  signal: AbortSignal,
  heartbeatMs = HEARTBEAT_MS,
): Readable {
  const out = new PassThrough();
  out.write(`retry: ${RETRY_MS}\n\n`);
  const heartbeat = setInterval(() => {
    if (!out.writableNeedDrain) out.write(': \n\n');
  }, heartbeatMs);
  heartbeat.unref();
  const copy = async (): Promise<void> => {
    for await (const { id, event, data } of events) {
      if (signal.aborted || out.destroyed) return;
      const text = `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
      if (!out.write(text)) await once(out, 'drain', { signal });
    }
  };
  copy()
    // A client that has gone, or a source that cannot go on: the client comes back and goes on where it was.
    .catch(() => undefined)
    .finally(() => {
      clearInterval(heartbeat);
      out.end();
    });
  return out;
}

/** The event that a client saw last: `Last-Event-ID` of a browser that comes back, or null. */
export function lastEventId(header: string | string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : null;
}
