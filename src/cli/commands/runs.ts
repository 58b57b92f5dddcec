import type { Command } from 'commander';
import { EcgError } from '../../core/index.js';
import { listRuns, type RunMetrics, readRunMetrics } from '../../training/node.js';
import { alignColumns, formatRun, meanScores } from '../run-summary.js';

interface Flags {
  readonly runs: string;
  readonly json?: boolean;
}

export function addRuns(program: Command): void {
  program
    .command('runs')
    .description('list finished runs; of two or more given, what differs')
    .argument('[run...]', 'folders of runs: one is shown, several are compared')
    .option('--runs <folder>', 'where runs are kept', 'runs')
    .option('--json', 'as JSON')
    .action(showRuns);
}

async function showRuns(folders: readonly string[], flags: Flags): Promise<void> {
  const runs =
    folders.length === 0
      ? await listRuns(flags.runs, warn)
      : await Promise.all(folders.map(async (folder) => ({ folder, metrics: await readRunMetrics(folder) })));
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify(runs, null, 1)}\n`);
    return;
  }
  if (runs.length === 0) {
    throw new EcgError(
      'not-found',
      `runs: ${flags.runs} holds no finished run; "ectopy train RECIPE" makes one`,
    );
  }
  process.stdout.write(folders.length === 1 ? `${formatRun(runs[0].metrics)}\n` : `${compareRuns(runs)}\n`);
}

/** A line a network; the best of each protocol's macro-F1 is marked. */
function compareRuns(runs: readonly { readonly folder: string; readonly metrics: RunMetrics }[]): string {
  const lines = runs.flatMap(({ folder, metrics }) =>
    metrics.networks.map((network) => {
      const of = (part: 'validation' | 'test') => meanScores(network.members.map((member) => member[part]));
      return { folder, metrics, network, validation: of('validation'), test: of('test') };
    }),
  );
  const best = new Map<string, number>();
  const group = ({ metrics }: (typeof lines)[number]): string => `${metrics.name} ${metrics.protocol}`;
  for (const line of lines) {
    const macroF1 = line.validation?.macroF1 ?? -1;
    if (macroF1 > (best.get(group(line)) ?? -1)) best.set(group(line), macroF1);
  }
  const figure = (x: number | undefined) => (x === undefined ? '–' : x.toFixed(4));
  const rows = lines.map((line) => {
    const { folder, metrics, network, validation, test } = line;
    const isBest = validation !== null && validation.macroF1 === best.get(group(line));
    return [
      folder,
      `${metrics.protocol}${metrics.leaky ? ' (LEAKY)' : ''}`,
      network.name,
      `${network.members.length}`,
      `${figure(validation?.macroF1)}${isBest ? ' *' : '  '}`,
      figure(test?.accuracy),
      figure(test?.macroF1),
      figure(test?.weightedF1),
      `${Math.round(network.members.reduce((sum, { seconds }) => sum + seconds, 0))} s`,
    ];
  });
  const heading = [
    'run',
    'protocol',
    'network',
    'seeds',
    'validation macro-F1  ',
    'test accuracy',
    'macro-F1',
    'weighted F1',
    'training',
  ];
  return `${alignColumns([heading, ...rows])}\n  * best of its recipe and protocol on the validation examples`;
}

function warn(message: string): void {
  process.stderr.write(`warning: ${message}\n`);
}
