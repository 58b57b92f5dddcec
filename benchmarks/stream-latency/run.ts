/**
 * What a live stream costs: detector, quality, the networks' inputs, classes with like-beat sharing and doubt, rhythm
 * and alerts, as `createStreamAnalyzer` and `createStreamBatcher` do it.
 *
 * First one stream: half an hour of two synthetic leads in chunks of 100 ms, as a device sends them, the networks asked
 * after each. For each beat that is told the time since the last one is taken: of the time on the clock and the time
 * computed, the smaller, so that other programs' turns do not count. Then 200 streams of 250 Hz side by side in rounds
 * of 100 ms, all networks batched: processor time beside the time of the streams, and the memory of one more stream.
 *
 *   npx tsx benchmarks/stream-latency/run.ts [--no-write] [--seconds 60]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createStreamAnalyzer, createStreamBatcher, type StreamAnalyzer } from '../../src/analysis/index.js';
import { holterScript, synthesizeReader } from '../../src/ecg/index.js';
import { loadModelSet } from '../../src/models/node.js';

const { values: flags } = parseArgs({
  options: { 'no-write': { type: 'boolean', default: false }, seconds: { type: 'string', default: '60' } },
});
const HOURS = 0.5;
const CHUNK = 0.1;
/** Beats at the begin, in which code is compiled. */
const WARM = 200;
const STREAMS = 200;
/** s of all streams before the time counts. */
const BEGIN = 40;
const NAMES = ['MLII', 'V1'];

const set = await loadModelSet({ models: ['beats', 'rhythm', 'ventricular'] });

async function drawn(fs: number): Promise<Float32Array[]> {
  const reader = synthesizeReader(holterScript(HOURS), { fs, seed: 24, leads: NAMES });
  return (await reader.read()).signals.map((signal) => signal.samples);
}
const computed = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
/** Starts a watch; it tells ms of computation. */
const watch = () => {
  const began = { wall: performance.now(), cpu: computed() };
  return () => Math.min(performance.now() - began.wall, computed() - began.cpu);
};
const part = (leads: readonly Float32Array[], from: number, to: number) =>
  leads.map((x) => x.subarray(from, to));

/** ms of each beat that one stream tells. */
async function timeBeats(): Promise<number[]> {
  const fs = 360;
  const leads = await drawn(fs);
  const stream = createStreamAnalyzer({ fs, leads: NAMES, models: set });
  const batcher = createStreamBatcher(set);
  const chunk = Math.round(CHUNK * fs);
  const times: number[] = [];
  let spent = 0;
  for (let at = 0; at < leads[0].length; at += chunk) {
    const own = watch();
    let beats = 0;
    stream.push(part(leads, at, Math.min(leads[0].length, at + chunk)));
    await batcher.run([stream], (_, events) => {
      for (const event of events) if (event.kind === 'beat' && !event.final) beats++;
    });
    spent += own();
    for (let k = 0; k < beats; k++) times.push(spent / beats);
    if (beats > 0) spent = 0;
  }
  return times;
}

/** What many streams together take. */
async function timeStreams(seconds: number) {
  const fs = 250;
  const leads = await drawn(fs);
  const batcher = createStreamBatcher(set);
  const before = process.memoryUsage();
  const streams: StreamAnalyzer[] = Array.from({ length: STREAMS }, (_, i) =>
    createStreamAnalyzer({ fs, leads: NAMES, models: set, phase: i / STREAMS }),
  );
  const chunk = Math.round(CHUNK * fs);
  // Each stream hears another part of the recording.
  const apart = Math.floor((leads[0].length - (BEGIN + seconds) * fs) / STREAMS);
  const rounds: number[] = [];
  let beats = 0;
  let cpu = 0;
  const began = BEGIN * fs;
  const length = (BEGIN + seconds) * fs;
  for (let at = 0; at < length; at += chunk) {
    if (at >= began && cpu === 0) {
      cpu = computed();
      beats = 0;
    }
    const round = performance.now();
    streams.forEach((stream, i) => {
      stream.push(part(leads, i * apart + at, i * apart + at + chunk));
    });
    await batcher.run(streams, (_, events) => {
      for (const event of events) if (event.kind === 'beat' && !event.final) beats++;
    });
    if (at >= began) rounds.push(performance.now() - round);
  }
  const spent = computed() - cpu;
  const after = process.memoryUsage();
  const heard = (length - Math.ceil(began / chunk) * chunk) / fs;
  rounds.sort((a, b) => a - b);
  return {
    share: spent / 1000 / heard,
    streamSecondUs: (1000 * spent) / heard / STREAMS,
    beatUs: (1000 * spent) / beats,
    roundP99Ms: rounds[Math.floor(0.99 * (rounds.length - 1))],
    kilobytes: (after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed) / 1000 / STREAMS,
  };
}

const sorted = (await timeBeats()).slice(WARM).sort((a, b) => a - b);
const many = await timeStreams(Number(flags.seconds));
await set.close();

const quantile = (share: number) => sorted[Math.floor(share * (sorted.length - 1))];
const figure = (id: string, value: number, unit: string, split: string) => ({
  id,
  value: Number(value.toFixed(2)),
  unit,
  split,
  command: 'npx tsx benchmarks/stream-latency/run.ts',
  date: new Date().toISOString().slice(0, 10),
});
const one = `synthetic, 2 leads, 360 Hz, ${sorted.length} beats, one stream alone: all that is computed from one beat to the next`;
const all = `synthetic, ${STREAMS} streams, 2 leads, 250 Hz, chunks of ${1000 * CHUNK} ms, networks batched, after ${BEGIN} s`;
const figures = [
  figure('stream.beat-ms', quantile(0.5), 'ms', one),
  figure('stream.beat-p99-ms', quantile(0.99), 'ms', one),
  figure('stream.core-share-200', many.share, 'fraction', `${all}; processor time of one core`),
  figure('stream.stream-second-us', many.streamSecondUs, 'µs', all),
  figure('stream.batched-beat-us', many.beatUs, 'µs', `${all}; all work over the beats told`),
  figure('stream.round-p99-ms', many.roundP99Ms, 'ms', `${all}; pushing and asking of one round`),
  figure('stream.memory-kb', many.kilobytes, 'kB', `${all}; JavaScript memory of one stream`),
];
for (const { id, value, unit } of figures) console.log(`${id}: ${value} ${unit}`);
if (!flags['no-write']) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  writeFileSync(
    join(root, 'benchmarks/stream-latency/results.json'),
    `${JSON.stringify({ figures }, null, 2)}\n`,
  );
}
