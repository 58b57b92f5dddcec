// Milliseconds of the Stockwell transform of a 10 s window (1250 samples at 125 Hz) into 64 voices at every sample,
// beside the same voices summed up as they are defined, in the same run, and how far the two lie apart.
//   npx tsx benchmarks/stockwell/run.ts
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../../src/core/index.js';
import { createStockwell } from '../../src/dsp/index.js';
import { stockwellByDefinition } from '../../tests/stockwell-definition.js';

const LENGTH = 1250;
const ROUNDS = 7;
const CALLS = 40;
/** 0.5 to 40 Hz in bins of 0.1 Hz, in 64 equal ratios, rounded. */
const voices = Array.from({ length: 64 }, (_, v) => Math.round(5 * 80 ** (v / 63)));

const random = createRandom(1);
const x = Float64Array.from({ length: LENGTH }, () => random.normal());
const every = createStockwell({ length: LENGTH, voices, form: 'standard' });
const columns = createStockwell({ length: LENGTH, voices, form: 'standard', times: 640 });
const intoEvery = every.transform(x);
const intoColumns = columns.transform(x);

const milliseconds = (calls: number, work: () => void): number => {
  const start = performance.now();
  for (let i = 0; i < calls; i++) work();
  return (performance.now() - start) / calls;
};
const rounds = Array.from({ length: ROUNDS }, () => ({
  every: milliseconds(CALLS, () => every.transform(x, intoEvery)),
  columns: milliseconds(CALLS, () => columns.transform(x, intoColumns)),
  definition: milliseconds(1, () => stockwellByDefinition(x, voices, 'standard')),
}));
const wanted = stockwellByDefinition(x, voices, 'standard');
const error = wanted.re.reduce(
  (most, re, i) => Math.max(most, Math.hypot(re - intoEvery.re[i], wanted.im[i] - intoEvery.im[i])),
  0,
);

const figure = (id: string, unit: string, digits: number, values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  const round = (value: number) => Number(value.toPrecision(digits));
  return {
    id,
    value: round(sorted[Math.floor(sorted.length / 2)]),
    interval: [round(sorted[0]), round(sorted[sorted.length - 1])],
    unit,
    split: `1250 samples, 64 voices of 0.5…40 Hz, 1 thread, median (range) of ${ROUNDS} rounds`,
    command: 'npx tsx benchmarks/stockwell/run.ts',
    date: new Date().toISOString().slice(0, 10),
  };
};
const figures = [
  figure(
    'stockwell.window-ms',
    'ms',
    3,
    rounds.map((round) => round.every),
  ),
  figure(
    'stockwell.640-instants-ms',
    'ms',
    3,
    rounds.map((round) => round.columns),
  ),
  figure(
    'stockwell.vs-definition',
    'ratio',
    3,
    rounds.map((round) => round.every / round.definition),
  ),
];
for (const { id, value, interval, unit } of figures)
  console.log(`${id}: ${value} ${unit} (${interval.join('…')})`);
console.log(`furthest from the definition: ${error.toExponential(1)}`);
writeFileSync(
  fileURLToPath(new URL('results.json', import.meta.url)),
  `${JSON.stringify({ figures, error, rounds }, null, 2)}\n`,
);
