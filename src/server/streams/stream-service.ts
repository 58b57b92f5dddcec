import type { WebSocket } from 'ws';
import type { Actor } from '../access/actor.js';
import type { StreamFormat } from '../contract/stream-chunk.js';
import type { LiveStream, StreamWatcher } from './live-stream.js';

/** Live streams of devices. */
export interface StreamService {
  /** Speaks the protocol of `docs/streaming.md` with a device until it leaves. */
  connect(device: string, socket: WebSocket, actor: Actor): void;
  /** Streams that are open or were begun and not ended. */
  count(): number;
  /** What is known now of a stream that has not ended, or null. */
  state(id: string): StreamState | null;
  /**
   * The events of a stream, also for a day after its end.
   * @throws EcgError `not-found`
   */
  events(id: string): Promise<StoredEvents>;
  /** How its samples are written. @throws EcgError `not-found` */
  format(id: string): Promise<StreamFormat>;
  /** Tells what comes in a stream until the function that it returns is called. */
  watch(id: string, watcher: Pick<StreamWatcher, 'events' | 'samples' | 'ended'>): () => void;
  /**
   * Makes a recording of a stream as if its device had ended it.
   * @throws EcgError `not-found`
   */
  end(id: string): Promise<{ readonly recording: string | null; readonly samples: number }>;
  /** Removes what is left of streams whose recording was deleted. */
  remove(ids: readonly string[]): Promise<void>;
  /** Stops listening; streams go on when the server runs again. */
  close(): Promise<void>;
}

/** A stream that has not ended. */
export interface StreamState {
  readonly connected: boolean;
  /** Samples that are stored; null until the log was looked at. */
  readonly samples: number | null;
  readonly lastEvent: number | null;
}

/** Numbered events to read from. */
export type StoredEvents = Pick<LiveStream, 'events' | 'lastEvent'>;
