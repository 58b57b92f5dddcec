// Beats found in mitdb (48 records) and svdb, scored as bxb does from 5:00, and the time it takes beside gqrs.
//   npx tsx benchmarks/qrs/run.ts [--data DIR] [--rounds 5]
// DIR holds the folders mitdb and svdb (`ectopy data get mitdb`). Where a gqrs program is installed it runs in the
// same rounds; otherwise the ratio is to its recorded 1.3 s, and the figure says so.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { BeatComparison } from '../../src/evaluation/index.js';
import {
  bootstrapPatients,
  type ClassCounts,
  classCountsOf,
  DS1,
  DS2,
  patientOf,
} from '../../src/evaluation/index.js';
import {
  type FoundRecord,
  findRecord,
  meanTimingErrorMs,
  qrsFigures,
  recordNames,
  scoreRecords,
} from './score.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: fileURLToPath(new URL('../../../shared/data', import.meta.url)) },
    rounds: { type: 'string', default: '5' },
  },
});
const rounds = Number(values.rounds);
const date = new Date().toISOString().slice(0, 10);
const command = 'npx tsx benchmarks/qrs/run.ts';
/** s for the 48 records on one core of this kind of machine, measured before gqrs was out of reach. */
const GQRS_RECORDED = 1.3;

interface Figure {
  id: string;
  value: number;
  interval?: [number, number];
  unit: string;
  split: string;
  command: string;
  date: string;
}
const figures: Figure[] = [];
const records: object[] = [];

const round = (x: number, digits = 3) => Number(x.toFixed(digits));
const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
const median = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;

function add(id: string, value: number, unit: string, split: string, interval?: [number, number]): void {
  figures.push({
    id,
    value: round(value),
    ...(interval === undefined ? {} : { interval: [round(interval[0]), round(interval[1])] }),
    unit,
    split,
    command,
    date,
  });
  const range = interval === undefined ? '' : ` (${interval.map((x) => x.toFixed(3)).join(' … ')})`;
  console.log(`${id.padEnd(24)} ${value.toFixed(3)} ${unit}${range}`);
}

/** Gross figures with their 95 % intervals, patients resampled. */
function addGross(database: string, comparisons: readonly BeatComparison[], of: string, suffix = ''): void {
  const counts = comparisons.map((c) => ({
    record: `${database}/${c.record}`,
    patient: patientOf(`${database}/${c.record}`),
    counts: classCountsOf(c),
  }));
  const rates = ({ confusion, missed, extra }: ClassCounts) => {
    const hits = sum(confusion.flat());
    return { se: (100 * hits) / (hits + sum(missed)), ppv: (100 * hits) / (hits + sum(extra)) };
  };
  const intervals = bootstrapPatients(counts, rates, { seed: 1 });
  const gross = qrsFigures(...comparisons);
  const range = ({ low, high }: { low: number; high: number }): [number, number] => [low, high];
  add(`qrs.${database}.se${suffix}`, gross.sensitivity, 'percent', of, range(intervals.se));
  add(`qrs.${database}.ppv${suffix}`, gross.positivePredictivity, 'percent', of, range(intervals.ppv));
}

async function find(database: string): Promise<FoundRecord[]> {
  const folder = join(values.data, database);
  const found: FoundRecord[] = [];
  for (const record of recordNames(folder)) found.push(await findRecord(folder, record));
  return found;
}

for (const database of ['mitdb', 'svdb']) {
  const found = await find(database);
  const comparisons = scoreRecords(found);
  const of = `${database}, ${found.length} records from 5:00, all leads`;
  addGross(database, comparisons, `${of}, window 150 ms`);
  addGross(database, scoreRecords(found, 0.075), `${of}, window 75 ms`, '.window75');
  const each = comparisons.map((c) => ({ record: c.record, ...qrsFigures(c) }));
  const lower = (r: (typeof each)[number]) => Math.min(r.sensitivity, r.positivePredictivity);
  const worst = each.toSorted((a, b) => lower(a) - lower(b))[0]!;
  add(`qrs.${database}.worst`, lower(worst), 'percent', `${of}: record ${worst.record}, lower of Se and +P`);
  add(`qrs.${database}.timing-error`, meanTimingErrorMs(comparisons), 'ms', `${of}, mean absolute`);
  if (database === 'mitdb')
    for (const [name, half] of [
      ['ds1', DS1],
      ['ds2', DS2],
    ] as const) {
      const within = comparisons.filter((c) => half.includes(c.record));
      addGross(
        database,
        within,
        `mitdb, ${name.toUpperCase()}, ${within.length} records from 5:00`,
        `.${name}`,
      );
    }
  for (const [i, c] of comparisons.entries())
    records.push({
      record: `${database}/${c.record}`,
      beats: c.pairs.length + c.missed.length,
      missed: c.missed.length,
      extra: c.extra.length,
      sensitivity: round(each[i]!.sensitivity),
      positivePredictivity: round(each[i]!.positivePredictivity),
      meanAbsoluteMs: round(c.timing.meanAbsoluteMs, 2),
      meanMs: round(c.timing.meanMs, 2),
    });
}

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
/** Wall seconds of gqrs over the 48 records, its output thrown away; undefined where it is not installed. */
function gqrsSeconds(): number | undefined {
  const out = mkdtempSync(join(tmpdir(), 'gqrs-'));
  try {
    const start = performance.now();
    for (const record of recordNames(join(values.data, 'mitdb'))) {
      const env = { ...process.env, WFDB: `${values.data}/mitdb` };
      const run = spawnSync('/usr/bin/env', ['gqrs', '-r', record], { cwd: out, env, stdio: 'ignore' });
      if (run.error !== undefined || run.status !== 0) return undefined;
    }
    return (performance.now() - start) / 1000;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
const cpu: number[] = [];
const wall: number[] = [];
const ratios: number[] = [];
for (let i = 0; i < rounds; i++) {
  const startCpu = cpuSeconds();
  const start = performance.now();
  await find('mitdb');
  wall.push((performance.now() - start) / 1000);
  cpu.push(cpuSeconds() - startCpu);
  const gqrs = gqrsSeconds();
  if (gqrs !== undefined) ratios.push(wall.at(-1)! / gqrs);
}
const span = (list: readonly number[]): [number, number] => [Math.min(...list), Math.max(...list)];
const work = `48 mitdb records (24 h, 2 leads) read and detected, median and range of ${rounds} rounds`;
add('qrs.mitdb.seconds', median(cpu), 's', `${work}, processor time, one thread`, span(cpu));
if (ratios.length > 0) add('qrs.vs-gqrs', median(ratios), 'ratio', `${work}, gqrs interleaved`, span(ratios));
else
  add(
    'qrs.vs-gqrs',
    median(cpu) / GQRS_RECORDED,
    'ratio',
    `${work}, processor time to gqrs's recorded ${GQRS_RECORDED} s (gqrs not installed here)`,
    span(cpu.map((s) => s / GQRS_RECORDED)),
  );
console.log(`wall ${wall.map((s) => s.toFixed(2)).join(' ')} s`);
writeFileSync(new URL('results.json', import.meta.url), `${JSON.stringify({ figures, records }, null, 2)}\n`);
