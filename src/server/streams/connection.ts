import * as v from 'valibot';
import type { RawData, WebSocket } from 'ws';
import { chunkOf, decodeChunk, type SampleChunk, trimChunk } from '../contract/stream-chunk.js';
import {
  CLOSE_CODES,
  type DeviceMessage,
  DeviceMessageSchema,
  type Hello,
  type ServerMessage,
  STREAM_PROTOCOL,
  type StreamErrorCode,
} from '../contract/stream-messages.js';
import { describeFileFault } from '../storage/durable-files.js';
import { type Allowance, createAllowance } from './allowance.js';
import { createEventSender, type EventSender } from './event-sender.js';
import {
  BURST_S,
  HELLO_S,
  LAG_S,
  LONGEST_GAP_S,
  limitsOf,
  MESSAGE_BYTES,
  SILENCE_S,
  SPEED,
  UNREAD_S,
} from './limits.js';
import type { LiveStream } from './live-stream.js';

/** Why a device is refused. */
export interface Refusal {
  readonly code: StreamErrorCode;
  readonly message: string;
}

/** What became of a stream. */
export interface EndedStream {
  readonly stream: Pick<LiveStream, 'events' | 'lastEvent'>;
  readonly id: string;
  readonly samples: number;
  readonly recording: string | null;
}

/** What a connection asks of those who keep the streams. */
export interface ConnectionHost {
  /** The stream that a device begins or goes on with; from here on this connection is the one it has. */
  enter(hello: Hello, connection: Connection): Promise<LiveStream | EndedStream | Refusal>;
  leave(connection: Connection): void;
  /** Makes a recording of a stream. */
  end(stream: LiveStream): Promise<EndedStream>;
  onFault(fault: unknown): void;
  readonly now: () => number;
}

/** One socket of a device. */
export interface Connection {
  /** Closes it: the stream goes on elsewhere, or the server stops. */
  close(code: number, reason: string): void;
  /** Called every few seconds: sends a ping, and closes what is dead. */
  tick(now: number): void;
}

/** With which code each refusal closes the socket; null where it stays open. */
const CLOSES: Readonly<Record<StreamErrorCode, number | null>> = {
  'bad-message': 1007,
  'too-large': 1009,
  'hello-expected': 1008,
  'not-found': 1008,
  ended: CLOSE_CODES.ended,
  mismatch: 1008,
  hole: null,
  incomplete: null,
  'too-many-streams': 1013,
  'storage-full': 1011,
  internal: 1011,
};
/** ms that a device may take to close its side. */
const CLOSING_MS = 5000;

/** Speaks the protocol of `docs/streaming.md` over one socket. */
export function createConnection(socket: WebSocket, host: ConnectionHost): Connection {
  let stream: LiveStream | null = null;
  let sender: EventSender | null = null;
  let allowance: Allowance | null = null;
  let unwatch = (): void => undefined;
  let ended: EndedStream | null = null;
  let ending = false;
  let over = false;
  let lastSign = host.now();
  const began = lastSign;
  /** Messages that came while one was being answered. */
  const inbox: { readonly data: RawData; readonly binary: boolean }[] = [];
  let busy = false;
  let timer: NodeJS.Timeout | undefined;

  const send = (message: ServerMessage): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message), () => sender?.pump());
  };
  const close = (code: number, reason: string): void => {
    if (over) return;
    over = true;
    release();
    socket.close(code, reason);
    // Who does not answer the closing, or cannot because it is not read, is cut off.
    socket.resume();
    setTimeout(() => socket.terminate(), CLOSING_MS).unref();
  };
  const release = (): void => {
    clearTimeout(timer);
    unwatch();
    sender?.stop();
    inbox.length = 0;
    host.leave(connection);
  };
  const refuse = ({ code, message }: Refusal, expected?: number, closeCode = CLOSES[code]): void => {
    send({ type: 'error', code, message, ...(expected === undefined ? {} : { expected }) });
    if (closeCode !== null) close(closeCode, code);
  };
  const fault = (error: unknown): void => {
    // What was on its way when the first fault closed the connection fails with it.
    if (over) return;
    host.onFault(error);
    const full = (describeFileFault(error) as { code?: unknown }).code === 'storage-full';
    refuse({
      code: full ? 'storage-full' : 'internal',
      message: full
        ? 'there is no space left to store samples; what was acknowledged is kept, go on later'
        : 'something went wrong here; what was acknowledged is kept, go on with the stream',
    });
  };

  /** ms until more may be taken, 0 when it may now; endless while others have to catch up first. */
  const waitMs = (): number => {
    if (stream === null || allowance === null) return 0;
    const { fs } = stream.identity.format;
    const behind = stream.expected - stream.held > limitsOf(fs).window || stream.lag > LAG_S * fs;
    return behind ? Number.POSITIVE_INFINITY : allowance.waitMs(host.now());
  };
  /** Reads the socket, or does not while there is enough to do; TCP slows the device down then. */
  const flow = (): void => {
    if (over || busy) return;
    const ms = waitMs();
    clearTimeout(timer);
    if (ms > 0) {
      if (!socket.isPaused) socket.pause();
      if (Number.isFinite(ms)) timer = setTimeout(flow, ms);
    } else {
      if (socket.isPaused) {
        lastSign = host.now();
        socket.resume();
      }
      if (inbox.length > 0) void work();
    }
  };

  const welcome = async (hello: Hello): Promise<void> => {
    const entered = await host.enter(hello, connection);
    if (over) {
      host.leave(connection);
      return;
    }
    if ('code' in entered) {
      refuse(entered);
      return;
    }
    const identity = 'identity' in entered ? entered : null;
    const lastEvent = identity?.lastEvent ?? (entered as EndedStream).stream.lastEvent;
    if (hello.lastEvent > lastEvent) {
      const message = `the stream has ${lastEvent} events, you cannot hold event ${hello.lastEvent}`;
      refuse({ code: 'mismatch', message });
      return;
    }
    const limits = limitsOf(hello.fs);
    send({
      type: 'welcome',
      protocol: STREAM_PROTOCOL,
      stream: identity?.identity.id ?? (entered as EndedStream).id,
      next: identity?.held ?? (entered as EndedStream).samples,
      lastEvent,
      limits,
    });
    const follow = (of: Pick<LiveStream, 'events' | 'lastEvent'>): void => {
      sender = createEventSender(
        of,
        hello.lastEvent,
        limits.eventWindow,
        {
          send: (events) => send({ type: 'events', events: [...events] }),
          buffered: () => socket.bufferedAmount,
          caughtUp: () => {
            if (ended !== null) goodbye(ended);
          },
        },
        host.now,
      );
    };
    if (identity === null) {
      ended = entered as EndedStream;
      follow(ended.stream);
    } else {
      stream = identity;
      allowance = createAllowance(SPEED * hello.fs, BURST_S * hello.fs, host.now());
      follow(identity);
      unwatch = identity.watch({ events: () => sender?.pump(), heard: flow });
    }
    sender?.pump();
  };
  const goodbye = ({ id, samples, recording, stream: { lastEvent } }: EndedStream): void => {
    send({ type: 'ended', stream: id, samples, lastEvent, recording });
    close(CLOSE_CODES.ended, 'ended');
  };

  const takeChunk = (to: LiveStream, chunk: SampleChunk | string, binary: boolean): void => {
    if (typeof chunk === 'string') {
      refuse({ code: 'bad-message', message: `samples: ${chunk}` }, undefined, binary ? 1003 : 1007);
      return;
    }
    const { format } = to.identity;
    const most = limitsOf(format.fs).messageSamples;
    if (chunk.count > most) {
      const message = `samples: ${chunk.count} in one message, at most ${most} are taken`;
      refuse({ code: 'too-large', message });
      return;
    }
    allowance?.take(chunk.count, host.now());
    const fresh = trimChunk(chunk, to.expected, format);
    if (fresh === 'hole') {
      const message = `samples: ${chunk.first} comes after ${to.expected}, send those between or declare a gap`;
      refuse({ code: 'hole', message }, to.expected);
    } else if (fresh === 'known') send({ type: 'ack', samples: to.held });
    else store(to, to.write(fresh));
  };
  const store = (to: LiveStream, writing: Promise<void>): void => {
    writing.then(() => {
      if (over) return;
      send({ type: 'ack', samples: to.held });
      flow();
    }, fault);
  };
  const takeGap = (to: LiveStream, from: number, until: number): void => {
    if (from > to.expected) {
      const message = `gap: it begins at ${from}, after ${to.expected}`;
      refuse({ code: 'hole', message }, to.expected);
    } else if (until <= to.expected) send({ type: 'ack', samples: to.held });
    else if (until - to.expected > LONGEST_GAP_S * to.identity.format.fs)
      refuse({ code: 'bad-message', message: `gap: longer than ${LONGEST_GAP_S} s, end the stream` });
    else store(to, to.gap(until));
  };
  const takeEnd = (to: LiveStream, samples: number | undefined): void => {
    if (samples !== undefined && samples > to.expected) {
      const message = `end: ${samples} samples were announced and ${to.expected} came, send the others`;
      refuse({ code: 'incomplete', message }, to.expected);
      return;
    }
    ending = true;
    // Acknowledgements of events go on meanwhile.
    host.end(to).then((done) => {
      ended = done;
      sender?.pump();
    }, fault);
  };

  const take = async (data: RawData, binary: boolean): Promise<void> => {
    const bytes = data as Buffer;
    if (bytes.length > MESSAGE_BYTES) {
      refuse({ code: 'too-large', message: `message: ${bytes.length} bytes, at most ${MESSAGE_BYTES}` });
      return;
    }
    if (binary) {
      if (stream === null) refuse({ code: 'hello-expected', message: 'samples: say hello first' });
      else if (ending) refuse({ code: 'ended', message: 'samples: the stream has ended' });
      else takeChunk(stream, decodeChunk(bytes, stream.identity.format), true);
      return;
    }
    const message = parse(bytes);
    if (typeof message === 'string') refuse({ code: 'bad-message', message });
    else if (message.type === 'hello') {
      if (stream === null && ended === null) await welcome(message);
      else refuse({ code: 'bad-message', message: 'hello: it was said before' });
    } else if (message.type === 'ack' && sender !== null) sender.acknowledge(message.event);
    else if (stream === null) refuse({ code: 'hello-expected', message: `${message.type}: say hello first` });
    else if (ending) refuse({ code: 'ended', message: `${message.type}: the stream has ended` });
    else if (message.type === 'samples')
      takeChunk(stream, chunkOf(message.first, message.data, stream.identity.format), false);
    else if (message.type === 'gap') takeGap(stream, message.from, message.to);
    else if (message.type === 'end') takeEnd(stream, message.samples);
  };
  /** Messages one after another, as long as they may be taken; the socket rests while one takes long. */
  const work = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    while (inbox.length > 0 && !over && waitMs() === 0) {
      const { data, binary } = inbox.shift()!;
      try {
        const taken = take(data, binary);
        if (!over && !socket.isPaused && stream === null) socket.pause();
        await taken;
      } catch (error) {
        fault(error);
      }
    }
    busy = false;
    flow();
  };

  const connection: Connection = {
    close,
    tick(now) {
      if (over) return;
      if (stream === null && ended === null && now - began > HELLO_S * 1000) {
        refuse({ code: 'hello-expected', message: `hello: none came within ${HELLO_S} s` });
        return;
      }
      // A socket that is not read cannot show that it lives.
      if (socket.isPaused) lastSign = now;
      else if (now - lastSign > SILENCE_S * 1000) {
        close(CLOSE_CODES.silent, 'silent');
        return;
      }
      sender?.pump();
      if ((sender?.stalledMs(now) ?? 0) > UNREAD_S * 1000) {
        close(CLOSE_CODES.eventsUnread, 'events unread');
        return;
      }
      socket.ping();
    },
  };
  socket.on('message', (data: RawData, binary: boolean) => {
    lastSign = host.now();
    if (over) return;
    inbox.push({ data, binary });
    void work();
  });
  socket.on('pong', () => {
    lastSign = host.now();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    if (over) return;
    over = true;
    release();
  });
  return connection;
}

/** A message as text, or a sentence about what is wrong with it. */
function parse(bytes: Buffer): DeviceMessage | string {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return 'message: it is not JSON';
  }
  const result = v.safeParse(DeviceMessageSchema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = v.getDotPath(issue);
  return `message${where === null ? '' : `, ${where}`}: ${issue.message.slice(0, 200)}`;
}
