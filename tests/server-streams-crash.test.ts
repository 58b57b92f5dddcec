import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevice } from '../benchmarks/streams/device.js';
import { startServing } from '../benchmarks/streams/serving.js';
import { createRandom, type StreamEvent } from '../src/core/index.js';
import { synthesize } from '../src/ecg/index.js';
import type { StreamFormat } from '../src/server/contract/stream-chunk.js';
import type { NumberedEvent } from '../src/server/contract/stream-messages.js';
import { until } from './stream-server.js';

const FS = 250;
const SECONDS = 80;
const KILLS = 3;
const length = SECONDS * FS;
const format: StreamFormat = { fs: FS, leads: ['MLII', 'V1'], format: 'int16', gain: 200, baseline: 0 };

// With runs of ventricular beats and a stop, so that there are alerts.
const recording = synthesize(
  {
    id: 'crash',
    segments: [
      {
        rhythm: 'sinus',
        seconds: SECONDS,
        heartRateBpm: 80,
        events: [
          { at: 20, beats: 'VVVVV' },
          { at: 50, beats: 'VVVVV' },
        ],
      },
    ],
  },
  { fs: FS, seed: 11, leads: [...format.leads] },
);
const stored = new Int16Array(2 * length);
recording.signals.forEach(({ samples }, lead) => {
  for (let i = 0; i < length; i++) {
    const stopped = i > 60 * FS && i < 67 * FS;
    stored[2 * i + lead] = stopped ? 0 : Math.round(samples[i] * 200);
  }
});
const read = (first: number, count: number) =>
  new Uint8Array(stored.slice(2 * first, 2 * (first + count)).buffer);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ectopy-crash-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Sends the recording to servers of which each but the last is killed in the middle. */
async function send(data: string, kills: number) {
  const random = createRandom(17);
  const events: NumberedEvent[] = [];
  const wrong: string[] = [];
  const start = () => startServing(data, ['--networks', 'none', '--threads', '1']);
  let server = await start();
  const device = createDevice({
    url: () => `${server.address.replace('http', 'ws')}/v1/streams/bed-1`,
    format,
    read,
    listener: {
      event: (event: NumberedEvent) => events.push(event),
      wrongEvent: ({ seq }: NumberedEvent, last: number) => wrong.push(`${seq} after ${last}`),
      message: (message: { readonly type: string }) => {
        if (message.type === 'error') wrong.push(JSON.stringify(message));
      },
    },
  });
  await device.connect();
  for (let kill = 1; kill <= kills; kill++) {
    const to = Math.floor((length * (kill - 0.3 + 0.3 * random.next())) / (kills + 1));
    // In small messages, so that the end comes while some are on their way.
    device.sendUpTo(to, 25);
    const some = Math.floor(to * 0.98);
    await until('most is held', () => device.acknowledged >= some);
    // Sometimes the analysis is far behind, sometimes it has just told something.
    const told = events.length;
    if (kill % 2 === 0) await until('something is told', () => events.length > told + 5);
    const acknowledged = device.acknowledged;
    const dead = server;
    await dead.kill();
    server = await start();
    await device.connect();
    expect(device.acknowledged).toBeGreaterThanOrEqual(acknowledged);
  }
  device.sendUpTo(length, 100);
  const recordingId = await device.end();
  const alerts = (await (await fetch(`${server.address}/v1/alerts?limit=500`)).json()) as {
    alerts: { kind: string; sample: number; detail: { event: number } }[];
  };
  await server.stop();
  return { events, wrong, recordingId, alerts: alerts.alerts.reverse() };
}

describe('a server that is killed in the middle of a stream', () => {
  it('has lost nothing acknowledged, and tells every event once', { timeout: 120_000 }, async () => {
    const whole = await send(join(folder, 'whole'), 0);
    const killed = await send(join(folder, 'killed'), KILLS);
    expect([whole.wrong, killed.wrong]).toEqual([[], []]);
    expect(killed.recordingId).not.toBeNull();
    expect(killed.events.map(({ seq }) => seq)).toEqual(killed.events.map((_, i) => i + 1));
    // The same beats as by a server that lives.
    const beats = ({ events }: typeof whole) =>
      events.flatMap(({ event }) => (event.kind === 'beat' ? [event.sample] : []));
    expect(beats(whole).length).toBeGreaterThan(80);
    expect(beats(killed)).toEqual(beats(whole));
    const isAlert = (event: StreamEvent) => event.kind === 'alert' && event.state !== 'end';
    const told = killed.events.filter(({ event }) => isAlert(event));
    expect(told.length).toBeGreaterThan(0);
    // Each alert of the stream is one alert of the server.
    expect(killed.alerts.map(({ detail }) => detail.event)).toEqual(told.map(({ seq }) => seq));
    const kinds = ({ alerts }: typeof whole) => alerts.map(({ kind, sample }) => `${kind} ${sample}`);
    expect(kinds(killed)).toEqual(kinds(whole));
  });
});
