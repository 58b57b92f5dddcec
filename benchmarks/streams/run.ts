/**
 * A server under live streams: devices send synthetic recordings in real time, lose their connections now and then and
 * go on; how late beats are told, and whether anything is lost.
 *
 * The delay of a beat is the time from when its R peak was due at the device (begin of the stream + sample / fs) to
 * when the device has its first `beat` event. Server, devices and networks share this machine.
 *
 *   npx tsx benchmarks/streams/run.ts [--streams 200] [--minutes 10] [--threads N] [--no-write]
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRandom } from '../../src/core/index.js';
import { holterScript, synthesizeReader } from '../../src/ecg/index.js';
import type { StreamFormat } from '../../src/server/contract/stream-chunk.js';
import { createDevice, type Device } from './device.js';
import { drawRun } from './draw.js';
import { startServing } from './serving.js';

const { values: flags } = parseArgs({
  options: {
    streams: { type: 'string', default: '200' },
    minutes: { type: 'string', default: '10' },
    threads: { type: 'string' },
    'no-write': { type: 'boolean', default: false },
  },
});
const STREAMS = Number(flags.streams);
const MINUTES = Number(flags.minutes);
const FS = 250;
const LEADS = ['MLII', 'V1'];
const GAIN = 200;
/** Recordings that the devices share, each beginning at another place of one. */
const RECORDINGS = 8;
const RECORDING_S = 1800;
/** ms of samples in one message, of each device its own. */
const SHORTEST_MS = 180;
const LONGEST_MS = 220;
/** Drops of the connection a minute and stream, and ms until the device is back. */
const DROPS_PER_MINUTE = 0.1;
const AWAY_MS = 1500;
/** s at the begin that are not judged: devices connect, code is compiled. */
const WARM_S = 20;

const random = createRandom(5);
const format: StreamFormat = { fs: FS, leads: LEADS, format: 'int16', gain: GAIN, baseline: 0 };
const recordings: Int16Array[] = [];
for (let seed = 0; seed < RECORDINGS; seed++) {
  const reader = synthesizeReader(holterScript(1), { fs: FS, seed: 100 + seed, leads: LEADS });
  const { signals } = await reader.read({ from: 0, to: RECORDING_S * FS });
  const stored = new Int16Array(RECORDING_S * FS * LEADS.length);
  signals.forEach(({ samples }, lead) => {
    for (let i = 0; i < samples.length; i++) stored[i * LEADS.length + lead] = Math.round(samples[i] * GAIN);
  });
  recordings.push(stored);
}

const folder = await mkdtemp(join(tmpdir(), 'ectopy-streams-'));
const server = await startServing(folder, flags.threads === undefined ? [] : ['--threads', flags.threads]);
const url = server.address.replace('http', 'ws');

interface Run {
  readonly device: Device;
  /** ms of `performance.now()` at which sample 0 was due. */
  readonly begin: number;
  readonly chunk: number;
  /** Until when the device is away. */
  away: number;
  connecting: boolean;
}
const delays: { readonly at: number; readonly ms: number }[] = [];
const wrong: string[] = [];
let drops = 0;
let beats = 0;
const started = performance.now();

const runs: Run[] = [];
for (let i = 0; i < STREAMS; i++) {
  const recording = recordings[i % RECORDINGS];
  const offset = Math.floor(random.next() * (recording.length / LEADS.length - 1));
  const length = recording.length / LEADS.length;
  const begin = performance.now() + random.next() * 1000;
  const device = createDevice({
    url: () => `${url}/v1/streams/device-${i}`,
    format,
    read(first, count) {
      const out = new Int16Array(count * LEADS.length);
      for (let k = 0; k < count; k++) {
        const at = ((offset + first + k) % length) * LEADS.length;
        for (let lead = 0; lead < LEADS.length; lead++) out[k * LEADS.length + lead] = recording[at + lead];
      }
      return new Uint8Array(out.buffer);
    },
    listener: {
      event({ event }) {
        if (event.kind !== 'beat' || event.final) return;
        beats++;
        const due = begin + (event.sample / FS) * 1000;
        const now = performance.now();
        if (due - started > WARM_S * 1000) delays.push({ at: due - started, ms: now - due });
      },
      wrongEvent: ({ seq }, last) => wrong.push(`device ${i}: event ${seq} after ${last}`),
      message(message) {
        if (message.type === 'error') wrong.push(`device ${i}: ${message.code}: ${message.message}`);
      },
    },
  });
  const chunk = Math.round(((SHORTEST_MS + random.next() * (LONGEST_MS - SHORTEST_MS)) / 1000) * FS);
  runs.push({ device, begin, chunk, away: 0, connecting: false });
}

const connect = async (run: Run): Promise<void> => {
  run.connecting = true;
  try {
    await run.device.connect();
  } catch {
    run.away = performance.now() + 500;
  }
  run.connecting = false;
};
const memory: { readonly s: number; readonly mb: number; readonly cpuS: number }[] = [];
let nextLook = 10;
let lag = 0;
const end = started + MINUTES * 60_000;
let last = performance.now();
while (performance.now() < end) {
  const now = performance.now();
  lag = Math.max(lag, now - last - 10);
  for (const run of runs) {
    const { device, begin, chunk } = run;
    if (!device.connected) {
      if (!run.connecting && now >= run.away && now >= begin) void connect(run);
      continue;
    }
    if (run.connecting) continue;
    const due = Math.floor(((now - begin) / 1000) * FS);
    device.sendUpTo(Math.floor(due / chunk) * chunk, chunk);
    if (random.next() < (DROPS_PER_MINUTE * (now - last)) / 60_000 && now < end - 10_000) {
      device.drop();
      drops++;
      run.away = now + AWAY_MS;
    }
  }
  last = now;
  const s = (now - started) / 1000;
  if (s >= nextLook && server.taken !== null) {
    memory.push({ s, mb: server.taken.rss / 2 ** 20, cpuS: server.taken.cpuS });
    const { p50, p99 } = summary(delays.filter(({ at }) => at / 1000 > s - 11));
    const heap = (server.taken.heapUsed / 2 ** 20).toFixed(0);
    console.log(
      `${s.toFixed(0)} s: ${beats} beats, last 10 s p50 ${p50} ms, p99 ${p99} ms, server ${memory.at(-1)?.mb.toFixed(0)} MiB (heap ${heap}), ${server.taken.cpuS.toFixed(1)} s of processor, ${drops} drops, ${wrong.length} faults`,
    );
    nextLook += 10;
  }
  await new Promise((resolve) => setTimeout(resolve, 10));
}
// What is under way is waited for: a sample is lost when it is not acknowledged after this.
for (let i = 0; i < 300 && runs.some(({ device }) => device.acknowledged < device.sent); i++) {
  for (const run of runs) if (!run.device.connected && !run.connecting) void connect(run);
  for (const { device } of runs) if (device.connected) device.sendUpTo(device.sent, 125);
  await new Promise((resolve) => setTimeout(resolve, 100));
}
const sent = runs.reduce((sum, { device }) => sum + device.sent, 0);
const acknowledged = runs.reduce((sum, { device }) => sum + device.acknowledged, 0);
await server.stop();
await rm(folder, { recursive: true, force: true });

function summary(list: readonly { readonly ms: number }[]) {
  const sorted = list.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN);
  return { p50: at(0.5), p99: at(0.99), max: at(1), count: sorted.length };
}
/** MiB an hour that the server grew by in the second half. */
function slope(): number {
  const half = memory.slice(Math.floor(memory.length / 2));
  const meanS = half.reduce((sum, { s }) => sum + s, 0) / half.length;
  const meanMb = half.reduce((sum, { mb }) => sum + mb, 0) / half.length;
  const over = half.reduce((sum, { s, mb }) => sum + (s - meanS) * (mb - meanMb), 0);
  return (3600 * over) / half.reduce((sum, { s }) => sum + (s - meanS) ** 2, 0);
}
const delay = summary(delays);
const lost = sent - acknowledged + wrong.length;
const results = {
  machine: `${cpus().length} cores (${cpus()[0].model}), devices and server together`,
  streams: STREAMS,
  minutes: MINUTES,
  delayMs: delay,
  samples: { sent, acknowledged },
  drops,
  wrong: wrong.slice(0, 20),
  memory: {
    firstMb: Math.round(memory[0]?.mb ?? 0),
    lastMb: Math.round(memory.at(-1)?.mb ?? 0),
    highestMb: Math.round(Math.max(...memory.map(({ mb }) => mb))),
    mbPerHour: Math.round(slope()),
  },
  cpu: Number(((memory.at(-1)?.cpuS ?? 0) / (memory.at(-1)?.s ?? 1)).toFixed(2)),
  loadToolLagMs: Math.round(lag),
};
console.log(JSON.stringify(results, null, 2));
const figure = (id: string, value: number, unit: string) => ({
  id,
  value,
  unit,
  split: `${STREAMS} synthetic streams, ${FS} Hz × ${LEADS.length} leads, ${MINUTES} min, ${results.machine}`,
  command: `npx tsx benchmarks/streams/run.ts --streams ${STREAMS} --minutes ${MINUTES}`,
  date: new Date().toISOString().slice(0, 10),
});
if (!flags['no-write']) {
  const figures = [
    figure('server.streams', STREAMS, 'streams'),
    figure('server.streams.p99-ms', delay.p99, 'ms'),
    figure('server.streams.lost', lost, 'samples and events'),
  ];
  const here = fileURLToPath(new URL('.', import.meta.url));
  await writeFile(join(here, 'results.json'), `${JSON.stringify({ figures, ...results }, null, 2)}\n`);
  await writeFile(join(here, 'run.svg'), drawRun(delays, memory, MINUTES * 60));
}
process.exitCode = lost === 0 ? 0 : 1;
