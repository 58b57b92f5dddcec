/**
 * How many requests of POST /predict a second two cores answer, those of the load generator included, and how long one
 * takes at half of the rate that is asked for.
 *
 * The server runs in a process of its own with its defaults: access, validation, log of every request, the network in a
 * thread. Requests carry 500 numbers of synthetic ECG in full precision (some 10 kB). Throughput: autocannon, 64 connections that each
 * wait for their answer. Latency: a constant rate that does not wait, counted from when a request was due. Medians of
 * the rounds.
 *
 *   npx tsx benchmarks/predict/run.ts [--no-write]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { holterScript, synthesizeReader } from '../../src/ecg/index.js';
import { steadyLoad } from './load.js';

const { values: flags } = parseArgs({ options: { 'no-write': { type: 'boolean', default: false } } });
const ROUNDS = 3;
const SECONDS = 10;
const WARM_S = 3;
const CONNECTIONS = 64;
/** Half of the 1,500 requests a second that are asked for. */
const HALF = 750;

const FS = 250;
const LENGTH = 500;
const reader = synthesizeReader(holterScript(0.1), { fs: FS, seed: 5, leads: ['MLII'] });
const lead = (await reader.read()).signals[0]?.samples ?? new Float32Array(0);
const bodies = Array.from({ length: Math.floor(lead.length / LENGTH) }, (_, w) =>
  JSON.stringify({ ecg: [...lead.subarray(w * LENGTH, (w + 1) * LENGTH)] }),
);

const server = fork(fileURLToPath(new URL('./server.ts', import.meta.url)), {
  execArgv: ['--import', 'tsx'],
});
const [{ address }] = (await once(server, 'message')) as [{ address: string }];

const rates: number[] = [];
const tails: number[] = [];
try {
  await throughput(address, WARM_S);
  for (let round = 0; round < ROUNDS; round++) {
    await ask(server);
    const rate = await throughput(address, SECONDS);
    const { mean } = await ask(server);
    rates.push(rate);
    const { latencies, failures } = await steadyLoad(address, bodies, HALF, SECONDS + 1, 1);
    if (failures > 0) throw new Error(`${failures} requests of the steady load failed`);
    tails.push(quantile(latencies, 0.99));
    process.stdout.write(
      `round ${round + 1}: ${rate.toFixed(0)} requests/s, ${mean.toFixed(1)} in a batch; at ${HALF}/s p50 ${quantile(latencies, 0.5).toFixed(1)} ms, p99 ${quantile(latencies, 0.99).toFixed(1)} ms, longest ${quantile(latencies, 1).toFixed(1)} ms\n`,
    );
  }
} finally {
  server.send('end');
}

const split = `POST /predict, 500 samples of synthetic ECG, ${cpus().length} cores with the load generator, one thread for the network, defaults of the server; median and range of ${ROUNDS} rounds of ${SECONDS} s`;
const command = 'npx tsx benchmarks/predict/run.ts';
const date = new Date().toISOString().slice(0, 10);
const figures = [
  {
    id: 'server.predict.rps',
    value: Math.round(median(rates)),
    interval: range(rates, 0),
    unit: 'requests/s',
    split: `${split}; ${CONNECTIONS} connections`,
    command,
    date,
  },
  {
    id: 'server.predict.p99-ms',
    value: Number(median(tails).toFixed(1)),
    interval: range(tails, 1),
    unit: 'ms',
    split: `${split}; ${HALF} requests/s at a constant rate, from when each was due`,
    command,
    date,
  },
];
for (const { id, value, unit } of figures) process.stdout.write(`${id} ${value} ${unit}\n`);
if (!flags['no-write'])
  writeFileSync(
    join(fileURLToPath(new URL('.', import.meta.url)), 'results.json'),
    `${JSON.stringify({ figures }, null, 2)}\n`,
  );

/** Answered requests a second. */
async function throughput(url: string, duration: number): Promise<number> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration,
    // Each connection keeps these as bytes of its own.
    requests: bodies.slice(0, 8).map((body) => ({
      method: 'POST' as const,
      path: '/predict',
      headers: { 'content-type': 'application/json' },
      body,
    })),
  });
  if (result.non2xx + result.errors + result.timeouts > 0)
    throw new Error(`${result.non2xx} refusals, ${result.errors} errors, ${result.timeouts} late`);
  return result['2xx'] / result.duration;
}

async function ask(child: ChildProcess): Promise<{ readonly mean: number }> {
  child.send('batches');
  const [answer] = (await once(child, 'message')) as [{ mean: number }];
  return answer;
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function range(values: readonly number[], digits: number): [number, number] {
  return [Number(Math.min(...values).toFixed(digits)), Number(Math.max(...values).toFixed(digits))];
}
