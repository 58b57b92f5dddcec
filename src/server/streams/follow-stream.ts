import type { ServerSentEvent } from '../alerts/event-stream.js';
import { leadsOf, type SampleChunk, type StreamFormat } from '../contract/stream-chunk.js';
import type { StoredEvents, StreamService } from './stream-service.js';

/** Pieces of signal that wait for a watcher at most; a slow one misses the oldest, never an event. */
const MOST_PIECES = 32;
const AT_ONCE = 64;
/** ms between two looks when nothing calls. */
const LOOK_MS = 5000;

/** What somebody who looks on wants of a stream. */
export interface FollowOptions {
  readonly format: StreamFormat;
  /** The last event that they have seen; from now on when null. */
  readonly after: number | null;
  /** Values a second and lead; no samples when null. */
  readonly samplesPerSecond: number | null;
}

/** A stream as a watcher sees it, until it ends: every event once, and signal as far as they keep up. */
export async function* followStream(
  streams: Pick<StreamService, 'events' | 'watch' | 'state'>,
  id: string,
  { format, after, samplesPerSecond }: FollowOptions,
  signal: AbortSignal,
): AsyncGenerator<ServerSentEvent> {
  let stored: StoredEvents = await streams.events(id);
  let seen = after ?? stored.lastEvent;
  let pieces: ServerSentEvent[] = [];
  let wake = (): void => undefined;
  let calls = 0;
  const call = (): void => {
    calls++;
    wake();
  };
  const unwatch = streams.watch(id, {
    events: call,
    ended: call,
    samples: (chunk) => {
      if (samplesPerSecond === null) return;
      pieces.push({ event: 'samples', data: pieceOf(chunk, format, samplesPerSecond) });
      if (pieces.length > MOST_PIECES) pieces = pieces.slice(-MOST_PIECES);
      call();
    },
  });
  signal.addEventListener('abort', call);
  try {
    while (!signal.aborted) {
      const before = calls;
      // The log of a stream that rested is another one once it is open again.
      stored = await streams.events(id);
      const ended = streams.state(id) === null;
      const events = await stored.events(seen, AT_ONCE);
      for (const event of events) {
        yield { id: event.seq, event: 'event', data: event };
        seen = event.seq;
      }
      for (const piece of pieces.splice(0)) yield piece;
      if (events.length > 0) continue;
      if (ended) {
        yield { event: 'ended', data: { id } };
        return;
      }
      if (calls === before)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, LOOK_MS);
          timer.unref();
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
          if (calls !== before) wake();
        });
    }
  } finally {
    unwatch();
    signal.removeEventListener('abort', call);
  }
}

/** Signal for a screen: of each stretch the lowest and the highest value in their order, null where there is none. */
function pieceOf(chunk: SampleChunk, format: StreamFormat, samplesPerSecond: number) {
  const { first, count } = chunk;
  const width = Math.max(1, Math.round((2 * format.fs) / samplesPerSecond));
  const leads = leadsOf(chunk, format).map((lead) =>
    width <= 2 ? Array.from(lead, milli) : lowestAndHighest(lead, width),
  );
  const values = leads[0].length;
  return { first, count, fs: (format.fs * values) / count, leads };
}

function lowestAndHighest(lead: Float32Array, width: number): (number | null)[] {
  const out: (number | null)[] = [];
  for (let from = 0; from < lead.length; from += width) {
    let low = -1;
    let high = -1;
    for (let i = from; i < Math.min(lead.length, from + width); i++) {
      if (Number.isNaN(lead[i])) continue;
      if (low < 0 || lead[i] < lead[low]) low = i;
      if (high < 0 || lead[i] > lead[high]) high = i;
    }
    const pair = low < 0 ? [null, null] : [lead[Math.min(low, high)], lead[Math.max(low, high)]];
    out.push(...pair.map((value) => (value === null ? null : milli(value))));
  }
  return out;
}

/** mV to the microvolt. */
function milli(value: number): number | null {
  return Number.isNaN(value) ? null : Math.round(value * 1000) / 1000;
}
