/**
 * How long a day of ECG takes from file to report, and the memory it needs: with the network of beats alone, and with
 * every network on (beats, rhythms, ventricular arrhythmias, waves, quality).
 *
 * Writes a synthetic 24 h, two-lead, 360 Hz WFDB record into a temporary folder, then runs the built
 * command on it, three times each, in a process of its own whose peak memory the system counts (Linux).
 *
 *   npm run build && npx tsx benchmarks/holter24/run.ts [--hours 24] [--no-write]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { holterScript, synthesize } from '../../src/ecg/index.js';
import { writeWfdb } from '../../src/formats/index.js';

const { values: flags } = parseArgs({
  options: { hours: { type: 'string', default: '24' }, 'no-write': { type: 'boolean', default: false } },
});
const REPEATS = 3;
const FS = 360;
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ectopy-holter-'));

/** What is measured, by the begin of its figures' names. */
const VARIANTS = { holter24: ['--only', 'beats'], 'holter24.all': [] } as const;
type Variant = keyof typeof VARIANTS;

interface Run {
  readonly variant: Variant;
  readonly seconds: number;
  readonly megabytes: number;
  readonly beats: number;
}

try {
  const recording = synthesize(holterScript(Number(flags.hours)), {
    fs: FS,
    seed: 24,
    leads: ['MLII', 'V1'],
  });
  for (const [name, bytes] of writeWfdb(recording, { format: 212, record: 'holter' })) {
    writeFileSync(join(folder, name), bytes);
  }
  // The child writes its own peak memory when it ends. Not `resourceUsage().maxRSS`: Linux hands a child the
  // peak of the process that started it, which has just made a day of ECG.
  const probe = join(folder, 'probe.mjs');
  const memory = join(folder, 'memory.txt');
  writeFileSync(
    probe,
    `import { readFileSync, writeFileSync } from 'node:fs';
process.on('exit', () => {
  const [, kilobytes] = /VmHWM:\\s+(\\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
  writeFileSync(${JSON.stringify(memory)}, kilobytes);
});`,
  );
  const runs: Run[] = [];
  const variants = Object.entries(VARIANTS) as [Variant, readonly string[]][];
  for (const [variant, args] of Array.from({ length: REPEATS }, () => variants).flat()) {
    const started = performance.now();
    execFileSync(
      process.execPath,
      [
        '--import',
        probe,
        'dist/cli/main.js',
        'analyze',
        join(folder, 'holter'),
        '--json',
        '--html',
        '--quiet',
        '--out',
        folder,
        '--threads',
        '2',
        ...args,
      ],
      { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const seconds = (performance.now() - started) / 1000;
    const analysis = JSON.parse(readFileSync(join(folder, 'holter.ectopy.json'), 'utf8')) as {
      beats: { count: number };
    };
    runs.push({
      variant,
      seconds,
      megabytes: Number(readFileSync(memory, 'utf8')) / 1024,
      beats: analysis.beats.count,
    });
    const { megabytes, beats } = runs[runs.length - 1];
    console.log(`${variant}: ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB, ${beats} beats`);
  }
  if (!flags['no-write']) writeFileSync(join(root, 'benchmarks/holter24/results.json'), results(runs));
} finally {
  rmSync(folder, { recursive: true });
}

function results(runs: readonly Run[]): string {
  const common = {
    split: `synthetic ${flags.hours} h, 2 leads, ${FS} Hz, 2 cores, median (range) of ${REPEATS} runs`,
    command: 'npx tsx benchmarks/holter24/run.ts',
    date: new Date().toISOString().slice(0, 10),
  };
  const figure = (id: string, unit: string, values: readonly number[]) => {
    const sorted = [...values].sort((a, b) => a - b);
    const round = (x: number) => Number(x.toFixed(2));
    return {
      id,
      value: round(sorted[Math.floor(sorted.length / 2)]),
      interval: [round(sorted[0]), round(sorted[sorted.length - 1])],
      unit,
      ...common,
    };
  };
  const figures = (Object.keys(VARIANTS) as Variant[]).flatMap((variant) => {
    const own = runs.filter((run) => run.variant === variant);
    return [
      figure(
        `${variant}.seconds`,
        's',
        own.map((run) => run.seconds),
      ),
      figure(
        `${variant}.megabytes`,
        'MB',
        own.map((run) => run.megabytes),
      ),
    ];
  });
  return `${JSON.stringify({ figures, runs }, null, 2)}\n`;
}
