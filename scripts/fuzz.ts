/**
 * Any bytes into any reader give a recording or an `EcgError`, in bounded time and memory: the nightly run.
 *
 *   npx tsx scripts/fuzz.ts [--inputs 200000] [--seed 1] [--workers 1]
 *
 * Prints a table by reader. A violation is printed, its files are saved under `.cache/fuzz`, and the exit code is 1. A
 * hang is ended after ten seconds and counts as a violation; input `n` of a seed is the same in every run.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { fuzzInput } from '../tests/fuzz/inputs.js';
import type { Verdict } from '../tests/fuzz/judge.js';
import { fuzzSeeds } from '../tests/fuzz/seeds.js';
import { count, type Tally, tableOf } from '../tests/fuzz/tally.js';

interface Message {
  readonly index: number;
  readonly reader: string;
  readonly verdict: Verdict;
}

// A worker does not inherit tsx; it loads it before the TypeScript that is its work.
const BOOT = `
  import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))})
    .then(({ register }) => register())
    .then(() => import(${JSON.stringify(new URL('./fuzz.worker.ts', import.meta.url).href)}));
`;
const HANG_MS = 10_000;
const MOST_VIOLATIONS = 20;
const folder = fileURLToPath(new URL('../.cache/fuzz/', import.meta.url));

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1' },
  },
});
const [inputs, seed, workers] = [values.inputs, values.seed, values.workers].map(Number) as [
  number,
  number,
  number,
];
const seeds = fuzzSeeds();
const tally: Tally = new Map();
let violations = 0;
let done = 0;

function save(index: number, what: string): void {
  violations++;
  const input = fuzzInput(seeds, seed, index);
  const place = `${folder}${seed}-${index}`;
  mkdirSync(place, { recursive: true });
  for (const [name, bytes] of input.files) writeFileSync(`${place}/${name}`, bytes);
  writeFileSync(
    `${place}/input.json`,
    JSON.stringify({ open: input.open, options: input.options, what }, null, 2),
  );
  console.error(`\n${input.reader}, input ${index}: ${what}\n  files: ${place}`);
}

/** One worker over its share; started again behind an input that hangs or kills it. */
function run(from: number): Promise<void> {
  return new Promise((resolve) => {
    const at = new Int32Array(new SharedArrayBuffer(4));
    at[0] = from;
    const worker = new Worker(BOOT, {
      workerData: { seed, from, step: workers, inputs, at },
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    });
    let last = -1;
    let since = performance.now();
    let over = false;
    const goOn = (index: number, what: string) => {
      if (over) return;
      over = true;
      clearInterval(watch);
      save(index, what);
      const next = index + workers;
      void worker
        .terminate()
        .then(() => (violations < MOST_VIOLATIONS ? run(next) : undefined))
        .then(() => resolve());
    };
    const watch = setInterval(() => {
      const index = Atomics.load(at, 0);
      if (index !== last) [last, since] = [index, performance.now()];
      else if (performance.now() - since > HANG_MS) goOn(index, `no end after ${HANG_MS / 1000} s`);
    }, 500);
    worker.on('message', ({ index, reader, verdict }: Message) => {
      count(tally, reader, verdict);
      if (++done % 5000 === 0) process.stderr.write(`\r${done} of ${inputs}`);
      if (verdict.violation === undefined) return;
      save(index, verdict.violation);
      if (violations >= MOST_VIOLATIONS) void worker.terminate();
    });
    worker.on('error', (error) => goOn(Atomics.load(at, 0), `killed its worker: ${error.message}`));
    worker.on('exit', () => {
      if (over) return;
      over = true;
      clearInterval(watch);
      resolve();
    });
  });
}

const start = performance.now();
await Promise.all(Array.from({ length: workers }, (_, i) => run(i)));
process.stderr.write('\r');
console.log(tableOf(tally));
console.log(
  `${done} inputs, seed ${seed}, ${violations} violations, ${((performance.now() - start) / 1000).toFixed(0)} s`,
);
process.exitCode = violations === 0 && done >= inputs ? 0 : 1;
