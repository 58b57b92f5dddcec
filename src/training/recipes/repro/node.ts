import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOptions } from '../../../core/index.js';
import { formatExampleReport, formatPairedTable } from '../../../evaluation/index.js';
import type { TrainingEvent } from '../../events.js';
import type { CrossValidatedNetwork } from '../cross-validate/networks.js';
import { crossValidateRecipe } from '../cross-validate/node.js';
import {
  crossValidatedFigures,
  int8Figure,
  type PublishedFigure,
  publishedFigures,
} from '../published-figures.js';
import type { Recipe } from '../recipe.js';
import type { EnsembleMetrics, ExampleScores, RunMetrics } from '../run/metrics.js';
import { evaluateRun, type RecipeRun, trainRecipe } from '../run/node.js';
import { readRunMetrics } from '../run/read-metrics/node.js';
import { selectRecipe } from '../select.js';
import type { TaskFolders } from '../task.js';

/** How a recipe's published rows are made again. */
export interface ReproduceOptions extends TaskFolders, RunOptions {
  readonly recipe: Recipe;
  readonly runsFolder: string;
  /** Receives `results.json`, `tables.md` and the count of test-set uses. */
  readonly outFolder: string;
  readonly workers: number;
  readonly software: string;
  /** Stands beside every figure. */
  readonly command: string;
  /** A short form: one seed, one epoch, every 40th example; its figures say nothing about the networks. */
  readonly quick: boolean;
  readonly onEvent?: (event: TrainingEvent) => void;
}

/** What a reproduction measured: `results.json`. */
export interface Reproduction {
  readonly figures: readonly PublishedFigure[];
  readonly runs: readonly Omit<RunMetrics, 'counts'>[];
  readonly crossValidation: readonly CrossValidatedNetwork[];
}

const QUICK = { every: 40, epochs: 1 };

/**
 * Trains and scores everything a recipe's published rows ask for, each protocol in turn. A run in the runs' folder
 * with the same configuration is gone on with, so that a killed reproduction loses nothing.
 *
 * @throws EcgError what training and scoring throw; `cancelled`
 */
export async function reproduceRecipe(options: ReproduceOptions): Promise<Reproduction> {
  const { recipe, command, outFolder } = options;
  await mkdir(outFolder, { recursive: true });
  const figures: PublishedFigure[] = [];
  const runs: RunMetrics[] = [];
  const crossValidation: CrossValidatedNetwork[] = [];
  const tables: string[] = [];
  for (const protocol of Object.keys(recipe.protocols)) {
    const selected = selectRecipe(recipe, {
      protocol,
      ...(options.quick && { ...QUICK, seeds: recipe.protocols[protocol].seeds.slice(0, 1) }),
    });
    const resume = await findRun(selected, options.runsFolder);
    const place = { ...options, recipe: selected, ...(resume !== undefined && { resume }) };
    if (recipe.protocols[protocol].by === 'cross-validation') {
      const { networks } = await crossValidateRecipe(place);
      const date = new Date().toISOString().slice(0, 10);
      figures.push(...crossValidatedFigures(selected, protocol, networks, command, date));
      crossValidation.push(...networks);
      for (const { name, reports } of networks)
        tables.push(section(protocol, `${name}, first seed`, formatExampleReport(reports[0])));
      continue;
    }
    const finished = resume === undefined ? undefined : await finishedRun(resume);
    const trained = finished ?? (await trainRecipe(place));
    if (recipe.protocols[protocol].by === 'validation') {
      runs.push(trained.metrics);
      await copyPictures(trained, outFolder);
      tables.push(
        ...trained.metrics.paired.map((paired) => section(protocol, 'paired by seed', pairedTable(paired))),
      );
      continue;
    }
    const { folder } = trained;
    // A test set that was scored is not scored again for the same networks.
    const { metrics } =
      finished ?? (await evaluateRun(folder, { ...options, usesFile: join(outFolder, 'test-uses.json') }));
    figures.push(...publishedFigures(selected, metrics, command));
    runs.push(metrics);
    for (const { name, tests, without } of metrics.networks) {
      tables.push(section(protocol, `${name}, first seed`, formatExampleReport(tests[0])));
      for (const { record, report } of without) {
        tables.push(section(protocol, `${name}, first seed, without ${record}`, formatExampleReport(report)));
      }
    }
    const { ensemble } = metrics;
    if (ensemble !== null) {
      tables.push(section(protocol, 'readings of the ensemble, macro-F1', readingsTable(ensemble)));
      tables.push(
        section(protocol, `ensemble, ${ensemble.chosen}, first seed`, formatExampleReport(ensemble.tests[0])),
      );
    }
  }
  const cost = int8Figure(
    recipe.name,
    [...runs.flatMap(({ networks }) => networks), ...crossValidation],
    command,
    new Date().toISOString().slice(0, 10),
  );
  if (cost !== undefined) figures.push(cost);
  const reproduction = {
    ...(options.quick && { quick: true }),
    figures,
    runs: runs.map(withoutCurves),
    crossValidation: crossValidation.map(foldsOnly),
  };
  await writeFile(join(outFolder, 'results.json'), `${JSON.stringify(reproduction, null, 1)}\n`);
  await writeFile(join(outFolder, 'tables.md'), `# ${recipe.name} ${recipe.version}\n\n${tables.join('\n')}`);
  return { figures, runs, crossValidation };
}

/** A run whose test set was scored, as it lies there; undefined where something is still to be done. */
async function finishedRun(folder: string): Promise<RecipeRun | undefined> {
  const metrics = await readRunMetrics(folder).catch(() => undefined);
  return metrics?.networks.every(({ tests }) => tests.length > 0) ? { folder, metrics } : undefined;
}

/** Pictures of generated examples are results too. */
async function copyPictures({ folder, metrics }: RecipeRun, outFolder: string): Promise<void> {
  for (const { name, generated } of metrics.networks) {
    if (generated === null) continue;
    await copyFile(join(folder, name, 'generated.svg'), join(outFolder, `generated-${name}.svg`));
  }
}

/** The folder of a run with exactly this configuration. */
async function findRun(recipe: Recipe, runsFolder: string): Promise<string | undefined> {
  const wanted = JSON.stringify(recipe, null, 1);
  for (const name of await readdir(runsFolder).catch(() => [])) {
    const folder = join(runsFolder, name);
    const text = await readFile(join(folder, 'config.json'), 'utf8').catch(() => '');
    if (text.trim() === wanted) return folder;
  }
  return undefined;
}

function section(protocol: string, name: string, table: string): string {
  return `## ${protocol}: ${name}\n\n${table}\n`;
}

/** Curves and bins stand in the run's own report; the committed result keeps the numbers. */
function withoutCurves(metrics: RunMetrics) {
  return {
    ...metrics,
    networks: metrics.networks.map(({ validation: _, tests: __, without: ___, ...rest }) => rest),
    ensemble: metrics.ensemble && { ...metrics.ensemble, tests: [] },
  } as unknown as RunMetrics;
}

function foldsOnly({ reports, ...rest }: CrossValidatedNetwork): CrossValidatedNetwork {
  return { ...rest, reports: [] };
}

/** Every reading, for the test set decides none. */
function readingsTable({ readings, chosen }: EnsembleMetrics): string {
  const mean = (all: readonly ExampleScores[]) =>
    all.reduce((sum, { macroF1 }) => sum + macroF1, 0) / all.length;
  return [
    '| reading | validation | test |',
    '|---|---:|---:|',
    ...readings.map(
      ({ reading, validation, test }) =>
        `| ${reading}${reading === chosen ? ' (chosen on the validation examples)' : ''} | ${mean(validation).toFixed(4)} | ${mean(test ?? []).toFixed(4)} |`,
    ),
  ].join('\n');
}

function pairedTable({ part, baseline, rows }: RunMetrics['paired'][number]): string {
  return formatPairedTable(`macro-F1, ${part} examples`, baseline, rows);
}
