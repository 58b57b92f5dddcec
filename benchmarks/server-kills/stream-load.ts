import { WebSocket } from 'ws';
import { encodeChunk } from '../../src/server/contract/stream-chunk.js';
import type { ServerMessage } from '../../src/server/contract/stream-messages.js';
import type { SentStream } from './ledger.js';
import { type LoadOptions, pause } from './loads.js';
import { synthesizeShort } from './make-recording.js';

const FS = 250;
/** s of a stream; it is sent faster than real time. */
const LENGTH = 60;
/** Samples of a message. */
const CHUNK = 125;

/** Streams one after the other, each resumed where the server says it stands, until it has become a recording. */
export async function sendStreams(options: LoadOptions): Promise<void> {
  const { ledger, random, alive } = options;
  while (!alive.aborted) {
    let stream = ledger.streams.find(({ recording }) => recording === undefined);
    if (stream === undefined) {
      const seed = Math.floor(1e6 * random.next());
      const leads = synthesizeShort(seed, LENGTH).signals.map(({ samples }) => samples);
      stream = { device: `device-${ledger.streams.length}`, leads, acknowledged: 0, events: new Map() };
      ledger.streams.push(stream);
    }
    if (!(await goOn(options, stream))) return;
  }
}

/** False when the server went away. */
function goOn({ url, ledger, alive }: LoadOptions, stream: SentStream): Promise<boolean> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/streams/${stream.device}`);
  const length = stream.leads[0]?.length ?? 0;
  const format = { fs: FS, leads: ['MLII', 'V1'], format: 'float32', gain: 200, baseline: 0 } as const;
  const say = (message: object) => socket.send(JSON.stringify(message));
  return new Promise((resolve) => {
    let ended = false;
    const sendFrom = async (next: number, window: number): Promise<void> => {
      for (let at = next; at < length; at += CHUNK) {
        while (at - stream.acknowledged > window - CHUNK && socket.readyState === WebSocket.OPEN)
          await pause(5);
        if (socket.readyState !== WebSocket.OPEN || alive.aborted) return;
        const count = Math.min(CHUNK, length - at);
        const values = new Float32Array(2 * count);
        for (let i = 0; i < count; i++)
          stream.leads.forEach((samples, lead) => {
            values[2 * i + lead] = samples[at + i] ?? Number.NaN;
          });
        socket.send(encodeChunk({ first: at, count, bytes: new Uint8Array(values.buffer) }, format));
        await pause(10);
      }
      say({ type: 'end', samples: length });
    };
    socket.on('open', () => {
      const { id, events } = stream;
      const lastEvent = Math.max(0, ...events.keys());
      say({ type: 'hello', protocol: 1, ...format, ...(id === undefined ? {} : { stream: id, lastEvent }) });
    });
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as ServerMessage;
      if (message.type === 'welcome') {
        if (message.next < stream.acknowledged)
          ledger.lost.push(`${stream.device} held ${stream.acknowledged} samples, and now ${message.next}`);
        stream.id = message.stream;
        stream.acknowledged = Math.max(stream.acknowledged, message.next);
        void sendFrom(message.next, message.limits.window);
      } else if (message.type === 'ack') stream.acknowledged = Math.max(stream.acknowledged, message.samples);
      else if (message.type === 'events') {
        noteEvents(stream, message.events, ledger.lost);
        say({ type: 'ack', event: Math.max(...message.events.map(({ seq }) => seq)) });
      } else if (message.type === 'ended') {
        ended = true;
        stream.recording = message.recording ?? 'none';
        if (message.samples !== length)
          ledger.lost.push(`${stream.device} ended with ${message.samples} of ${length} samples`);
        if (stream.events.size !== message.lastEvent)
          ledger.lost.push(`${stream.device}: ${stream.events.size} of ${message.lastEvent} events came`);
      } else if (message.code === 'ended') {
        // Its end was written, and the answer to it did not come through.
        ended = true;
        stream.recording = 'unknown';
      } else ledger.lost.push(`${stream.device} was told ${message.code}: ${message.message}`);
    });
    // An aborted load leaves the socket to the kill that follows.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(ended));
    alive.addEventListener('abort', () => setTimeout(() => socket.terminate(), 2000).unref(), { once: true });
  });
}

/** Numbers follow each other, and one that comes again says the same. */
function noteEvents(
  { device, events }: SentStream,
  fresh: readonly { readonly seq: number; readonly event: unknown }[],
  lost: string[],
): void {
  for (const { seq, event } of fresh) {
    const text = JSON.stringify(event);
    const before = events.get(seq);
    if (before !== undefined && before !== text) lost.push(`${device}: event ${seq} changed`);
    if (before === undefined && seq > 1 && !events.has(seq - 1))
      lost.push(`${device}: event ${seq} came before ${seq - 1}`);
    events.set(seq, text);
  }
}
