import { WebSocket } from 'ws';
import { encodeChunk, type SampleChunk, type StreamFormat } from '../../src/server/contract/stream-chunk.js';
import type {
  DeviceMessageInput,
  HelloInput,
  NumberedEvent,
  ServerMessage,
} from '../../src/server/contract/stream-messages.js';

/** A device of which everything can be read again: it sends, loses its connection, and goes on. */
export interface Device {
  /** Id of its stream, once the server has given it one. */
  readonly stream: string | null;
  readonly connected: boolean;
  /** Samples that the server says it holds. */
  readonly acknowledged: number;
  /** Samples sent at least once. */
  readonly sent: number;
  /** The last event it holds. */
  readonly lastEvent: number;
  /** Connects, and goes on with its stream where it has one. Done when the server has welcomed it. */
  connect(): Promise<void>;
  /** Loses the connection without a word. */
  drop(): void;
  /** Sends the next samples up to one before `to`, in messages of at most `most`. */
  sendUpTo(to: number, most: number): void;
  /** Sends samples again, or out of turn. */
  sendChunk(first: number, count: number): void;
  say(message: DeviceMessageInput): void;
  /** Ends the stream; the recording that it became. */
  end(): Promise<string | null>;
}

/** What a device tells of itself. */
export interface DeviceListener {
  /** An event that it had not yet. */
  event?(event: NumberedEvent): void;
  /** An event that it had already, or one that does not follow: neither may be. */
  wrongEvent?(event: NumberedEvent, lastEvent: number): void;
  message?(message: ServerMessage): void;
  closed?(code: number, reason: string): void;
}

export interface DeviceOptions {
  /** Of the socket, asked before each connection: `ws://host:port/v1/streams/device`. */
  readonly url: () => string;
  readonly format: StreamFormat;
  readonly startTime?: string;
  /** Samples of the recording that it sends, as the format writes them. */
  readonly read: (first: number, count: number) => Uint8Array;
  /** Sends JSON instead of binary messages. */
  readonly json?: boolean;
  readonly listener?: DeviceListener;
  /** Does not acknowledge events. */
  readonly mute?: boolean;
}

/** ms that a server may take to welcome a device. */
const WELCOME_MS = 20_000;

export function createDevice(options: DeviceOptions): Device {
  const { url, format, read, json = false, listener = {}, mute = false } = options;
  let socket: WebSocket | null = null;
  let stream: string | null = null;
  let acknowledged = 0;
  let next = 0;
  let sent = 0;
  let lastEvent = 0;
  let onEnded: ((recording: string | null) => void) | null = null;

  const say = (message: DeviceMessageInput): void => socket?.send(JSON.stringify(message));
  const sendChunk = (first: number, count: number): void => {
    const chunk: SampleChunk = { first, count, bytes: read(first, count) };
    if (json) say({ type: 'samples', first, data: valuesOf(chunk, format) });
    else socket?.send(encodeChunk(chunk, format));
  };
  const hear = (message: ServerMessage): void => {
    listener.message?.(message);
    if (message.type === 'ack') acknowledged = Math.max(acknowledged, message.samples);
    else if (message.type === 'events') {
      for (const event of message.events) {
        if (event.seq !== lastEvent + 1) listener.wrongEvent?.(event, lastEvent);
        else {
          lastEvent = event.seq;
          listener.event?.(event);
        }
      }
      if (!mute) say({ type: 'ack', event: lastEvent });
    } else if (message.type === 'ended') onEnded?.(message.recording);
  };
  return {
    get stream() {
      return stream;
    },
    get connected() {
      return socket?.readyState === WebSocket.OPEN;
    },
    get acknowledged() {
      return acknowledged;
    },
    get sent() {
      return sent;
    },
    get lastEvent() {
      return lastEvent;
    },
    connect: () =>
      new Promise((resolve, reject) => {
        socket?.terminate();
        const opened = new WebSocket(url(), { perMessageDeflate: false });
        socket = opened;
        const late = setTimeout(() => opened.terminate(), WELCOME_MS);
        opened.on('open', () => {
          const { fs, leads, gain, baseline } = format;
          const hello: HelloInput = {
            type: 'hello',
            protocol: 1,
            fs,
            leads: [...leads],
            format: format.format,
            gain,
            baseline,
            lastEvent,
            ...(stream === null ? {} : { stream }),
            ...(options.startTime === undefined ? {} : { startTime: options.startTime }),
          };
          opened.send(JSON.stringify(hello));
        });
        opened.on('message', (data) => {
          if (socket !== opened) return;
          const message = JSON.parse(String(data)) as ServerMessage;
          if (message.type === 'welcome') {
            clearTimeout(late);
            stream = message.stream;
            acknowledged = Math.max(acknowledged, message.next);
            next = message.next;
            resolve();
          }
          hear(message);
          if (message.type === 'error' && opened.readyState !== WebSocket.OPEN)
            reject(new Error(message.message));
        });
        opened.on('error', reject);
        opened.on('close', (code, reason) => {
          clearTimeout(late);
          listener.closed?.(code, String(reason));
          reject(new Error(`closed with ${code} ${String(reason)}`));
        });
      }),
    drop() {
      const dropped = socket;
      socket = null;
      dropped?.terminate();
    },
    sendUpTo(to, most) {
      while (next < to) {
        const count = Math.min(most, to - next);
        sendChunk(next, count);
        next += count;
        sent = Math.max(sent, next);
      }
    },
    sendChunk,
    say,
    end: () =>
      new Promise((resolve) => {
        onEnded = resolve;
        say({ type: 'end', samples: next });
      }),
  };
}

/** Samples as JSON carries them. */
function valuesOf({ count, bytes }: SampleChunk, { leads, format }: StreamFormat): (number | null)[][] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return leads.map((_, lead) =>
    Array.from({ length: count }, (__, i) => {
      const at = i * leads.length + lead;
      if (format === 'int16') {
        const value = view.getInt16(2 * at, true);
        return value === -32768 ? null : value;
      }
      const value = view.getFloat32(4 * at, true);
      return Number.isFinite(value) ? value : null;
    }),
  );
}
