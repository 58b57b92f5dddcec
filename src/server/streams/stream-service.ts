import type { WebSocket } from 'ws';
import type { Actor } from '../access/actor.js';

/** Live streams of devices. */
export interface StreamService {
  /** Speaks the protocol of `docs/streaming.md` with a device until it leaves. */
  connect(device: string, socket: WebSocket, actor: Actor): void;
  /** Streams that are open or were begun and not ended. */
  count(): number;
  close(): Promise<void>;
}
