/**
 * What one beat of a live stream costs: the detector over its samples, its class, its waves.
 *
 * Half an hour of two synthetic leads goes through the detector in chunks of 100 ms, as a device sends them. For each
 * beat the chunks since the last one, the composition and the beat network for this beat alone (the sinus template of
 * the hour stands, as a stream keeps it), and the network of waves over the four seconds around it are timed together:
 * of the time on the clock and the time computed, the smaller, so that other programs' turns do not count.
 *
 *   npx tsx benchmarks/stream-latency/run.ts [--no-write]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createBeatDetector, holterScript, synthesizeReader } from '../../src/ecg/index.js';
import { finishBeat, prepareRecord, writeBeat } from '../../src/models/index.js';
import { loadModelSet } from '../../src/models/node.js';

const { values: flags } = parseArgs({ options: { 'no-write': { type: 'boolean', default: false } } });
const FS = 360;
const HOURS = 0.5;
const CHUNK = 0.1;
/** s of signal around a beat in which its waves are marked. */
const AROUND = 2;
/** Beats at the begin, in which code is compiled. */
const WARM = 200;

const set = await loadModelSet({ models: ['beats', 'waves'] });
const { beats, waves } = set;
if (beats === null || waves === null) throw new Error('the networks of beats and waves are not there');
const reader = synthesizeReader(holterScript(HOURS), { fs: FS, seed: 24, leads: ['MLII', 'V1'] });
const leads = (await reader.read()).signals.map((signal) => signal.samples);
const length = leads[0].length;

// What a stream has kept when a beat comes: the windows and the template so far.
const all = createBeatDetector({ fs: FS, leads: 2 });
const found = [...all.push(leads), ...all.flush()];
const contract = beats.network.card.input;
const { shape } = beats.network;
const { table, spans } = await prepareRecord(reader, found, contract, 0);

const computed = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
/** Starts a watch; it tells ms of computation. */
const watch = () => {
  const began = { wall: performance.now(), cpu: computed() };
  return () => Math.min(performance.now() - began.wall, computed() - began.cpu);
};

const detector = createBeatDetector({ fs: FS, leads: 2 });
const chunk = Math.round(CHUNK * FS);
const times: number[] = [];
let beat = 0;
let spent = 0;
for (let at = 0; at < length; at += chunk) {
  const pushing = watch();
  const fresh = detector.push(leads.map((x) => x.subarray(at, Math.min(length, at + chunk))));
  spent += pushing();
  for (const sample of fresh) {
    if (beat >= found.length) break;
    const asking = watch();
    const span = spans.find(({ to }) => beat < to);
    if (span === undefined) throw new Error(`beat ${beat} lies in no span`);
    const input = new Float32Array(shape.channels * shape.length);
    const features = new Float32Array(shape.features);
    writeBeat(contract, shape, table, span, beat, input, features, 0, 0);
    finishBeat(contract, shape, input, features, 0);
    await beats.network.forward(input, features, 1);
    const from = Math.max(0, Math.round(sample - AROUND * FS));
    const to = Math.min(length, Math.round(sample + AROUND * FS));
    await waves.network.delineate({
      leads: leads.map((x) => x.subarray(from, to)),
      names: ['MLII', 'V1'],
      fs: FS,
      beats: found.filter((other) => other >= from && other < to).map((other) => other - from),
    });
    times.push(spent + asking());
    spent = 0;
    beat++;
  }
}
await set.close();

const sorted = times.slice(WARM).sort((a, b) => a - b);
const quantile = (share: number) => Number(sorted[Math.floor(share * (sorted.length - 1))].toFixed(2));
const figure = (id: string, value: number) => ({
  id,
  value,
  unit: 'ms',
  split: `synthetic, 2 leads, ${FS} Hz, ${sorted.length} beats, one core, detection, class and waves of one beat`,
  command: 'npx tsx benchmarks/stream-latency/run.ts',
  date: new Date().toISOString().slice(0, 10),
});
const figures = [figure('stream.beat-ms', quantile(0.5)), figure('stream.beat-p99-ms', quantile(0.99))];
for (const { id, value, unit } of figures) console.log(`${id}: ${value} ${unit}`);
if (!flags['no-write']) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  writeFileSync(
    join(root, 'benchmarks/stream-latency/results.json'),
    `${JSON.stringify({ figures }, null, 2)}\n`,
  );
}
