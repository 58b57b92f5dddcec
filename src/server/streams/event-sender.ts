import type { NumberedEvent } from '../contract/stream-messages.js';
import type { LiveStream } from './live-stream.js';

/** Where events go. */
export interface EventSink {
  send(events: readonly NumberedEvent[]): void;
  /** Bytes that were sent and are not yet with the network. */
  buffered(): number;
  /** All events that there are have been sent. */
  caughtUp?(): void;
}

/** Sends the events of a stream to one reader, in order, no faster than it takes them. */
export interface EventSender {
  /** Sends what may be sent now. */
  pump(): void;
  /** The reader holds all events up to this one. */
  acknowledge(seq: number): void;
  /** ms for which events wait that the reader does not take; 0 while it does. */
  stalledMs(now: number): number;
  stop(): void;
}

/** Events in one message. */
const MOST_AT_ONCE = 64;
/** Bytes that may wait in the socket before no more are sent. */
const MOST_BUFFERED = 128 * 1024;

/**
 * @param after   the last event that the reader holds
 * @param window  events that are sent without being acknowledged; endless for readers that never do
 */
export function createEventSender(
  stream: Pick<LiveStream, 'events' | 'lastEvent'>,
  after: number,
  window: number,
  sink: EventSink,
  now: () => number,
): EventSender {
  let sent = after;
  let acknowledged = after;
  let reading = false;
  let stopped = false;
  /** Since when events wait; null while none does. */
  let waitingSince: number | null = null;

  const room = () =>
    sink.buffered() > MOST_BUFFERED ? 0 : Math.min(MOST_AT_ONCE, acknowledged + window - sent);
  const pump = async (): Promise<void> => {
    if (reading) return;
    reading = true;
    try {
      while (!stopped && sent < stream.lastEvent) {
        const count = room();
        if (count <= 0) {
          waitingSince ??= now();
          return;
        }
        const events = await stream.events(sent, count);
        if (stopped || events.length === 0) return;
        sent = events[events.length - 1].seq;
        sink.send(events);
        waitingSince = null;
      }
      if (!stopped) sink.caughtUp?.();
    } finally {
      reading = false;
    }
  };
  return {
    // What cannot be read now is tried again with the next event.
    pump: () => void pump().catch(() => undefined),
    acknowledge(seq) {
      if (seq <= acknowledged) return;
      acknowledged = Math.min(seq, sent);
      waitingSince = null;
      void pump().catch(() => undefined);
    },
    stalledMs: (at) => (waitingSince === null ? 0 : at - waitingSince),
    stop() {
      stopped = true;
    },
  };
}
