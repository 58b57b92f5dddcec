import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createDevice } from '../benchmarks/streams/device.js';
import { detectBeats, synthesize } from '../src/ecg/index.js';
import { openFile } from '../src/formats/node.js';
import { bytesPerSample, leadsOf, type StreamFormat } from '../src/server/contract/stream-chunk.js';
import {
  type NumberedEvent,
  type ServerMessage,
  ServerMessageSchema,
} from '../src/server/contract/stream-messages.js';
import { readSampleLog } from '../src/server/streams/log/sample-log.js';
import { makeTestStorage, type TestStorage } from './both-databases.js';
import { type StreamServer, serveStreams, until } from './stream-server.js';

const FS = 250;
const int16: StreamFormat = { fs: FS, leads: ['MLII', 'V1'], format: 'int16', gain: 200, baseline: 0 };
const float32: StreamFormat = { ...int16, format: 'float32' };
const SECONDS = 60;

const recording = synthesize(
  { id: 'stream', segments: [{ rhythm: 'sinus', seconds: SECONDS, heartRateBpm: 75 }] },
  { fs: FS, seed: 3, leads: [...int16.leads] },
);
const length = SECONDS * FS;
const asInt16 = new Int16Array(2 * length);
const asFloat32 = new Float32Array(2 * length);
recording.signals.forEach(({ samples }, lead) => {
  for (let i = 0; i < length; i++) {
    asInt16[2 * i + lead] = Math.round(samples[i] * 200);
    asFloat32[2 * i + lead] = samples[i];
  }
});
asInt16[2 * 1000] = -32768;
asFloat32[2 * 1000] = Number.NaN;
const reading = (format: StreamFormat) => (first: number, count: number) => {
  const all = format.format === 'int16' ? asInt16 : asFloat32;
  return new Uint8Array(all.slice(2 * first, 2 * (first + count)).buffer);
};

let place: TestStorage;
let server: StreamServer;
beforeAll(async () => {
  place = await makeTestStorage('sqlite');
  server = await serveStreams(place);
});
afterAll(async () => {
  await server.close();
  await place.remove();
});

let devices = 0;
/** A device with a name of its own, and all that it is told. */
function deviceOf(format: StreamFormat, { json = false, mute = false } = {}) {
  const name = `device-${++devices}`;
  const events: NumberedEvent[] = [];
  const wrong: NumberedEvent[] = [];
  const messages: ServerMessage[] = [];
  const closed: number[] = [];
  const device = createDevice({
    url: () => server.sockets + name,
    format,
    json,
    mute,
    startTime: '2026-05-18T15:48:11',
    read: reading(format),
    listener: {
      event: (event) => events.push(event),
      wrongEvent: (event) => wrong.push(event),
      message: (message) => messages.push(v.parse(ServerMessageSchema, message)),
      closed: (code) => closed.push(code),
    },
  });
  return { name, device, events, wrong, messages, closed };
}

/** All that the log of a stream holds, as one piece. */
async function logged(stream: string, format: StreamFormat, samples: number): Promise<Uint8Array> {
  const width = bytesPerSample(format);
  const all = new Uint8Array(samples * width);
  for await (const { first, bytes } of readSampleLog(
    join(place.config.data, 'streams', stream),
    format,
    0,
    samples,
  ))
    if (bytes !== null) all.set(bytes, first * width);
  return all;
}

describe('the protocol', () => {
  it('holds exactly what was sent, whatever is dropped, sent twice or sent out of turn', async () => {
    const step = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ do: fc.constant('send'), count: fc.integer({ min: 1, max: 200 }) }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('drop'), count: fc.constant(0) }) },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant('again'), count: fc.integer({ min: 1, max: 400 }) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ do: fc.constant('hole'), count: fc.integer({ min: 1, max: 50 }) }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('takeover'), count: fc.constant(0) }) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 25 }),
        fc.boolean(),
        fc.constantFrom(int16, float32),
        async (steps, json, format) => {
          const { device } = deviceOf(format, { json });
          await device.connect();
          let to = 0;
          for (const { do: what, count } of steps) {
            if (what === 'send') {
              to = Math.min(length, to + count);
              device.sendUpTo(to, 60);
            } else if (what === 'again') device.sendChunk(Math.max(0, to - count), Math.min(count, to) || 1);
            else if (what === 'hole') device.sendChunk(to + 1, count);
            else {
              // A drop loses what is on its way; a takeover leaves the old socket to the server.
              if (what === 'drop') device.drop();
              await device.connect();
            }
          }
          device.sendUpTo(to, 60);
          // What was sent again from the begin may have gone beyond.
          await until('all is acknowledged', () => device.acknowledged >= to);
          const held = device.acknowledged;
          expect(held - to).toBeLessThanOrEqual(1);
          expect(await logged(device.stream!, format, held)).toEqual(reading(format)(0, held));
          device.drop();
        },
      ),
      { numRuns: 25, seed: 5 },
    );
  }, 40_000);

  it('tells the same events for JSON as for binary messages, and for any size of them', async () => {
    const told: NumberedEvent[][] = [];
    for (const [json, most] of [
      [false, 50],
      [true, 125],
      [false, 1000],
    ] as const) {
      const { device, events, wrong } = deviceOf(int16, { json });
      await device.connect();
      device.sendUpTo(length, most);
      await device.end();
      expect(wrong).toEqual([]);
      told.push(events);
    }
    const beats = told[0].filter(({ event }) => event.kind === 'beat' && event.final);
    // Every beat that the detector finds in the whole recording, but for those at its edges.
    const whole = detectBeats(leadsOf({ count: length, bytes: reading(int16)(0, length) }, int16), FS);
    expect(Math.abs(beats.length - whole.length)).toBeLessThanOrEqual(2);
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
  }, 30_000);

  it('keeps events for a device that was away, and sends those it does not hold', async () => {
    const { device, events, wrong } = deviceOf(int16);
    await device.connect();
    for (let to = FS; to <= length; to += 5 * FS) {
      device.sendUpTo(to, 100);
      await until('acknowledged', () => device.acknowledged >= to);
      device.drop();
      await device.connect();
    }
    device.sendUpTo(length, 500);
    await device.end();
    expect(wrong).toEqual([]);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    expect(events.filter(({ event }) => event.kind === 'beat' && event.final).length).toBeGreaterThan(60);
  });

  it('makes a recording of an ended stream with the very samples, and tells it again to who did not hear', async () => {
    const { device, name, messages } = deviceOf(int16);
    await device.connect();
    device.sendUpTo(5000, 500);
    device.say({ type: 'gap', from: 5000, to: 5500 });
    await until('the gap is held', () => device.acknowledged === 5500);
    device.drop();
    await device.connect();
    device.sendUpTo(length, 500);
    const id = await device.end();
    const row = await place.storage.database
      .selectFrom('recording_files')
      .selectAll()
      .where('recording_id', '=', id)
      .orderBy('position')
      .execute();
    expect(row.map((file) => file.name)).toEqual([`${device.stream}.hea`, `${device.stream}.dat`]);
    const bytes = new Int16Array(new Uint8Array(await place.storage.blobs.read(row[1].sha256)).buffer);
    const wanted = asInt16.slice();
    wanted.fill(-32768, 2 * 5000, 2 * 5500);
    expect(bytes).toEqual(wanted);
    const job = await place.storage.database
      .selectFrom('jobs')
      .select('id')
      .where('recording_id', '=', id)
      .executeTakeFirstOrThrow();
    const done = await server.context.jobs.wait(job.id, 20_000);
    expect(done).toMatchObject({ status: 'done', error: null });
    const recordingRow = await place.storage.database
      .selectFrom('recordings')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(recordingRow).toMatchObject({
      status: 'ready',
      fs: FS,
      length,
      start_time: '2026-05-18T15:48:11',
    });
    expect(recordingRow.name).toContain(name);
    // It did not hear the end: it asks again and is told the same.
    messages.length = 0;
    await device.connect();
    await until('ended', () => messages.some(({ type }) => type === 'ended'));
    expect(messages.find(({ type }) => type === 'ended')).toMatchObject({ recording: id, samples: length });
  }, 30_000);

  it('lets a newer connection take over and sends the older away', async () => {
    const { device, closed } = deviceOf(int16);
    await device.connect();
    device.sendUpTo(500, 100);
    await until('held', () => device.acknowledged === 500);
    const newer = new WebSocket(`${server.sockets}device-${devices}`);
    await new Promise((resolve) => newer.once('open', resolve));
    newer.send(JSON.stringify({ type: 'hello', protocol: 1, ...int16, stream: device.stream }));
    await until('sent away', () => closed.includes(4001));
    newer.terminate();
  });
});

describe('what is no message', () => {
  const hello = { type: 'hello', protocol: 1, ...int16 };
  const cases: [string, (string | Buffer)[], string, number][] = [
    ['text that is no JSON', ['{'], 'bad-message', 1007],
    ['an unknown type', ['{"type":"hi"}'], 'bad-message', 1007],
    ['samples before hello', [Buffer.alloc(20)], 'hello-expected', 1008],
    ['a rate no ECG has', [JSON.stringify({ ...hello, fs: 20 })], 'bad-message', 1007],
    ['a stream that is not there', [JSON.stringify({ ...hello, stream: 's0' })], 'not-found', 1008],
    ['a path as a stream', [JSON.stringify({ ...hello, stream: '../../etc' })], 'bad-message', 1007],
    [
      'a binary message cut short',
      [JSON.stringify(hello), Buffer.from([1, 0, 2, 0, 9])],
      'bad-message',
      1003,
    ],
    ['too large a message', [JSON.stringify(hello), Buffer.alloc(300_000)], 'too-large', 1009],
    ['events that were never sent', [JSON.stringify({ ...hello, lastEvent: 7 })], 'mismatch', 1008],
    [
      'values beyond int16',
      [JSON.stringify(hello), '{"type":"samples","first":0,"data":[[40000],[0]]}'],
      'bad-message',
      1007,
    ],
    ['two hellos', [JSON.stringify(hello), JSON.stringify(hello)], 'bad-message', 1007],
  ];
  it.each(cases)('%s is refused', async (_, sent, code, closeCode) => {
    const socket = new WebSocket(`${server.sockets}strange`);
    const errors: string[] = [];
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as ServerMessage;
      if (message.type === 'error') errors.push(message.code);
    });
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    for (const message of sent) socket.send(message);
    expect(await closed).toBe(closeCode);
    expect(errors).toEqual([code]);
  });

  it('never ends the server, whatever bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.json(), fc.string()), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.boolean(),
        async (sent, polite) => {
          const socket = new WebSocket(`${server.sockets}fuzz`);
          socket.on('error', () => undefined);
          const closed = new Promise((resolve) => socket.once('close', resolve));
          await new Promise((resolve) => socket.once('open', resolve));
          if (polite) socket.send(JSON.stringify(hello));
          for (const message of sent) socket.send(message);
          socket.close();
          await closed;
        },
      ),
      { numRuns: 60, seed: 7 },
    );
    const { device } = deviceOf(int16);
    await device.connect();
    device.drop();
  }, 20_000);
});

describe('slow sides', () => {
  it('stops reading a device that sends faster than it may, and takes all of it in the end', async () => {
    const { device } = deviceOf(int16);
    await device.connect();
    const start = Date.now();
    device.sendUpTo(length / 2, 250);
    // 60 s may come at once; what was sent before counts, though it is held already.
    for (let again = 0; again < 30; again++) device.sendChunk(250 * again, 2 * FS);
    device.sendUpTo(length, 250);
    await until('all is held', () => device.acknowledged === length);
    // 120 s came, 60 s beyond the burst at 20 times real time.
    expect(Date.now() - start).toBeGreaterThan(2500);
    expect(await logged(device.stream!, int16, length)).toEqual(reading(int16)(0, length));
    device.drop();
  }, 20_000);

  it('sends no more than the window to a device that acknowledges nothing, and the others once it does', async () => {
    const { device, events } = deviceOf(int16, { mute: true });
    await device.connect();
    device.sendUpTo(length, 250);
    await until('all is heard', async () => {
      const stored = await server.context.streams.events(device.stream!);
      return stored.lastEvent > 50;
    });
    await until('some came', () => events.length > 0);
    expect(events.length).toBeLessThanOrEqual(512);
    device.say({ type: 'ack', event: events.at(-1)!.seq });
    device.drop();
  });
});

describe('who looks on', () => {
  it('follows a stream as server-sent events and goes on after the last one seen', async () => {
    const { device, events } = deviceOf(int16);
    await device.connect();
    const follow = async (
      headers: Record<string, string>,
      query: string,
      enough: (text: string) => boolean,
    ) => {
      const stop = new AbortController();
      const response = await fetch(`${server.address}/v1/streams/${device.stream}/live?${query}`, {
        headers,
        signal: stop.signal,
      });
      expect(response.headers.get('content-type')).toContain('text/event-stream');
      let text = '';
      const decoder = new TextDecoder();
      for await (const piece of response.body!) {
        text += decoder.decode(piece, { stream: true });
        if (enough(text)) break;
      }
      stop.abort();
      return text;
    };
    const idsOf = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    const first = follow({}, 'after=0&samplesPerSecond=100', (text) => idsOf(text).length >= 20);
    device.sendUpTo(length / 2, 125);
    const seen = idsOf(await first);
    expect(seen).toEqual(seen.map((_, i) => i + 1));
    expect(await first).toContain('event: samples');
    const last = seen.at(-1)!;
    const second = follow({ 'last-event-id': String(last) }, '', (text) => text.includes('event: ended'));
    device.sendUpTo(length, 125);
    await device.end();
    const rest = idsOf(await second);
    expect(rest).toEqual(events.slice(last).map(({ seq }) => seq));
    const listed = (await (
      await fetch(`${server.address}/v1/streams/${device.stream}/events?after=3&limit=4`)
    ).json()) as { events: NumberedEvent[] };
    expect(listed.events).toEqual(events.slice(3, 7));
  }, 30_000);
});

it('ends a stream from which nothing comes, and forgets one that was begun and never used', async () => {
  const own = await makeTestStorage('sqlite');
  const quick = await serveStreams(own, { hub: { endAfterS: 0.4 } });
  try {
    for (const samples of [1000, 0]) {
      const device = createDevice({
        url: () => `${quick.sockets}quiet`,
        format: int16,
        read: reading(int16),
      });
      await device.connect();
      device.sendUpTo(samples, 250);
      await until('held', () => device.acknowledged === samples);
      device.drop();
      const row = () =>
        own.storage.database
          .selectFrom('streams')
          .selectAll()
          .where('id', '=', device.stream)
          .executeTakeFirstOrThrow();
      await until('it is ended', async () => (await row()).ended_at !== null);
      expect((await row()).recording_id === null).toBe(samples === 0);
      await until('it is forgotten', () => quick.context.streams.count() === 0);
    }
  } finally {
    await quick.close();
    await own.remove();
  }
});

it('a recording made of a float32 stream is read by our formats, to a thousandth of a mV', async () => {
  const { device } = deviceOf(float32);
  await device.connect();
  device.sendUpTo(2000, 500);
  const id = await device.end();
  const files = await place.storage.database
    .selectFrom('recording_files')
    .selectAll()
    .where('recording_id', '=', id)
    .execute();
  const folder = join(place.config.data, 'read');
  const { mkdir, writeFile } = await import('node:fs/promises');
  await mkdir(folder, { recursive: true });
  for (const { name, sha256 } of files)
    await writeFile(join(folder, name), await readFile(place.storage.blobs.path(sha256)));
  const reader = await openFile(join(folder, `${device.stream}.hea`));
  expect(reader.info).toMatchObject({ fs: FS, length: 2000, warnings: [] });
  const { signals } = await reader.read();
  await reader.close();
  let worst = 0;
  signals.forEach(({ samples }, lead) => {
    for (let i = 0; i < 2000; i++) {
      const wanted = asFloat32[2 * i + lead];
      if (Number.isNaN(wanted)) expect(samples[i]).toBeNaN();
      else worst = Math.max(worst, Math.abs(samples[i] - wanted));
    }
  });
  expect(worst).toBeLessThanOrEqual(0.0005 + 1e-6);
  expect(worst).toBeGreaterThan(0);
});
