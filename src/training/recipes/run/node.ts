import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EcgError, type RunOptions } from '../../../core/index.js';
import { buildNetwork } from '../../../models/index.js';
import { createNativeRuntime, nativeVersion } from '../../../nn/node.js';
import type { TrainingEvent } from '../../events.js';
import { countExamples } from '../../examples/example-set.js';
import { generatedExamples } from '../../gan/cached/node.js';
import { reviewGenerated } from '../../gan/review-generated.js';
import type { GanConfig } from '../../gan/synthesise-examples.js';
import { type ExampleJobResult, readExampleJobResult } from '../../jobs/examples/node.js';
import type { ExampleJob } from '../../jobs/job.js';
import { runJobs } from '../../jobs/node.js';
import { writeWhole } from '../../records/node.js';
import { openRun, recipeSha256 } from '../../runs/node.js';
import { readRecipe } from '../read/node.js';
import { type NetworkPlan, networkPlans, type Recipe } from '../recipe.js';
import type { Prepared, TaskFolders } from '../task.js';
import { prepareExamples, taskOf } from '../tasks/node.js';
import { type Measured, measureEnsemble, measureNetwork, type TrainedMember } from './measure.js';
import type { NetworkMetrics, RunMetrics } from './metrics.js';
import { measurePaired } from './paired.js';
import { readRunMetrics } from './read-metrics/node.js';
import { releaseNetwork } from './release.js';
import { writeRunReport } from './report/node.js';
import { countTestUse } from './test-uses/node.js';

/** Where and how a recipe is trained. */
export interface RecipeRunOptions extends TaskFolders, RunOptions {
  /** With one protocol; see `selectRecipe`. */
  readonly recipe: Recipe;
  /** A new run makes its folder in here. */
  readonly runsFolder: string;
  /** The folder of a run to go on in. */
  readonly resume?: string;
  /** Networks trained at a time. */
  readonly workers: number;
  /** Steps between checkpoints within an epoch. */
  readonly checkpointSteps?: number;
  /** `ectopy 0.1.0` */
  readonly software: string;
  readonly onEvent?: (event: TrainingEvent) => void;
}

/** A run as it lies in its folder: configuration, split, versions, curves, metrics, models, report. */
export interface RecipeRun {
  readonly folder: string;
  readonly metrics: RunMetrics;
}

/**
 * Trains every network of a recipe's protocol, each seed in its own thread, and writes both files of each, their
 * validation figures and the report. The test set is not looked at.
 *
 * Goes on where it stopped when given the run's folder; the networks are the same bit for bit.
 *
 * @throws EcgError what preparing and training throw; `bad-option` for the folder of another recipe's run; `cancelled`
 */
export async function trainRecipe(options: RecipeRunOptions): Promise<RecipeRun> {
  const { recipe, software } = options;
  const protocol = protocolOf(recipe);
  const plans = networkPlans(recipe, protocol);
  const seeds = recipe.protocols[protocol].seeds;
  const resumed = options.resume && (await openRun(recipe, options.runsFolder, options.resume));
  const prepared = await prepareAll(recipe, protocol, plans, options);
  // What cannot be trained is told before the first network is, and leaves no folder behind.
  for (const [i, { network }] of plans.entries()) {
    const { shape, classes } = prepared[i].set;
    buildNetwork(network, { shape, classes: classes.length });
  }
  const folder = resumed || (await openRun(recipe, options.runsFolder));
  await writeSplit(folder, prepared[0]);
  const begun = await beginningOf(folder);
  await writeJson(folder, 'versions.json', {
    software,
    node: process.version,
    onnxruntime: await nativeVersion(),
    begun,
  });
  const jobs = plans.flatMap((plan) =>
    seeds.map(
      (seed): ExampleJob => ({
        kind: 'examples',
        run: seeds.length === 1 ? plan.name : `${plan.name}, seed ${seed}`,
        folder: memberFolder(folder, plan.name, seed),
        recipe,
        protocol,
        network: plan.name,
        seed,
        fold: null,
        dataFolder: options.dataFolder,
        cacheFolder: options.cacheFolder,
        checkpointSteps: options.checkpointSteps ?? 100,
      }),
    ),
  );
  await runJobs(jobs, options.workers, options.onEvent ?? (() => {}), options);
  const runtime = await createNativeRuntime({ threads: 1 });
  for (const [i, plan] of plans.entries()) {
    const [seed] = seeds;
    const result = await resultOf(folder, plan.name, seed);
    const files = await releaseNetwork(runtime, {
      recipe,
      recipeSha256: recipeSha256(recipe),
      task: taskOf(recipe),
      protocol,
      plan,
      prepared: prepared[i],
      seed,
      numbers: result,
      validationLogits: result.validationLogits,
      date: begun,
      software,
    });
    await writeWhole(join(folder, plan.name, 'model.onnx'), files.fp32);
    await writeWhole(join(folder, plan.name, 'model.int8.onnx'), files.int8);
  }
  return measureRun(folder, recipe, { ...options, date: begun, prepared, withTest: false });
}

/** What a scoring is told beside the run's folder. */
export interface EvaluateRunOptions extends TaskFolders, RunOptions {
  /** JSON file that holds every use of the test set; this one is added. Leaky and synthetic protocols are not counted. */
  readonly usesFile: string;
}

/**
 * Scores every network of a run on the test set, and their ensemble, and writes the complete report.
 *
 * @throws EcgError `not-found` when the folder holds no finished run; `unsupported` for one of the beat network;
 *   `bad-format` for damaged metrics; what preparing throws; `cancelled`
 */
export async function evaluateRun(folder: string, options: EvaluateRunOptions): Promise<RecipeRun> {
  const read = await readRecipe(join(folder, 'config.json'));
  if (read.kind !== 'examples') {
    throw new EcgError(
      'unsupported',
      `eval: ${folder} is a run of the network of ${read.kind}, whose figures its own training gives (beats: "ectopy evaluate")`,
    );
  }
  const { recipe } = read;
  const known = await readRunMetrics(folder);
  const protocol = protocolOf(recipe);
  const prepared = await prepareAll(recipe, protocol, networkPlans(recipe, protocol), options);
  const { set, split, label } = prepared[0];
  const tested = new Set<number>();
  for (const i of split.test) tested.add(set.record[i]);
  const testUses =
    label.leaky || protocol === 'synthetic'
      ? null
      : await countTestUse(options.usesFile, {
          run: `${recipe.name} ${recipe.version} ${protocol}`,
          networks: known.networks.map(({ name }) => name),
          records: [...tested].map((r) => set.records[r].id),
        });
  return measureRun(folder, recipe, {
    ...options,
    software: known.software,
    date: known.date,
    prepared,
    known,
    withTest: true,
    testUses,
  });
}

interface MeasureRunOptions extends RunOptions {
  readonly cacheFolder: string;
  readonly software: string;
  readonly date: string;
  /** One a network. */
  readonly prepared: readonly Prepared[];
  readonly withTest: boolean;
  readonly known?: RunMetrics;
  readonly testUses?: number | null;
}

async function measureRun(folder: string, recipe: Recipe, options: MeasureRunOptions): Promise<RecipeRun> {
  const protocol = protocolOf(recipe);
  const task = taskOf(recipe);
  const runtime = await createNativeRuntime({ threads: 1 });
  const measured: Measured[] = [];
  const epochs: TrainedMember[][] = [];
  for (const [i, plan] of networkPlans(recipe, protocol).entries()) {
    const members: TrainedMember[] = [];
    for (const seed of recipe.protocols[protocol].seeds) {
      members.push({ seed, ...(await resultOf(folder, plan.name, seed)) });
    }
    const { gan } = plan.training;
    const trained = {
      plan,
      generated:
        gan === null ? null : await reviewOf(join(folder, plan.name), gan, options.prepared[i], options),
      prepared: options.prepared[i],
      members,
      fp32: await readFile(join(folder, plan.name, 'model.onnx')),
      int8: await readFile(join(folder, plan.name, 'model.int8.onnx')),
    };
    const known = options.known?.networks.find(({ name }) => name === plan.name);
    measured.push(await measureNetwork(runtime, task, trained, options.withTest, known, options));
    epochs.push(members);
    options.onProgress?.({ stage: 'measure', done: i + 1, total: options.prepared.length });
  }
  const { set, split, label } = options.prepared[0];
  const joinable = measured.filter(({ metrics }) => recipe.ensemble?.includes(metrics.name));
  const metrics: RunMetrics = {
    name: recipe.name,
    version: recipe.version,
    protocol,
    split: label.title,
    leaky: label.leaky,
    software: options.software,
    date: options.date,
    classes: set.classes,
    counts: {
      train: countExamples(set, split.train),
      validation: countExamples(set, split.validation),
      test: countExamples(set, split.test),
    },
    networks: measured.map((network) => network.metrics),
    ensemble: joinable.length >= 2 && split.validation.length > 0 ? measureEnsemble(joinable, task) : null,
    paired: measurePaired(
      recipe.paired,
      measured.map((network) => network.metrics),
    ),
    testUses: options.testUses ?? null,
  };
  await writeJson(folder, 'metrics.json', metrics);
  await writeRunReport(folder, recipe, metrics, epochs);
  return { folder, metrics };
}

/** The generated examples of a network beside real ones; leaves `generated.svg` in its folder. */
async function reviewOf(
  folder: string,
  gan: GanConfig,
  { set, split }: Prepared,
  options: MeasureRunOptions,
): Promise<NetworkMetrics['generated']> {
  const runtime = await createNativeRuntime({ threads: 1 });
  const made = await generatedExamples(runtime, set, split.train, gan, options.cacheFolder, options);
  const { classes, picture } = await reviewGenerated(set, split.train, split.validation, made, 1, options);
  await writeFile(join(folder, 'generated.svg'), picture);
  return classes;
}

/** @throws EcgError `bad-option` unless the recipe was cut down to one protocol */
function protocolOf(recipe: Recipe): string {
  const names = Object.keys(recipe.protocols);
  if (names.length === 1) return names[0];
  throw new EcgError('bad-option', `${recipe.name}: a run has one protocol, got ${names.join(', ')}`);
}

/** The examples of each plan; networks of one input share them. */
async function prepareAll(
  recipe: Recipe,
  protocol: string,
  plans: readonly NetworkPlan[],
  options: TaskFolders & RunOptions,
): Promise<Prepared[]> {
  const byInput = new Map<string | null, Prepared>();
  for (const { input } of plans) {
    if (!byInput.has(input)) {
      byInput.set(input, await prepareExamples(recipe, protocol, input, options, null, options));
    }
  }
  return plans.map(({ input }) => byInput.get(input)!);
}

function memberFolder(folder: string, network: string, seed: number): string {
  return join(folder, network, `seed-${seed}`);
}

async function resultOf(folder: string, network: string, seed: number): Promise<ExampleJobResult> {
  const place = memberFolder(folder, network, seed);
  const result = await readExampleJobResult(place);
  if (result !== undefined) return result;
  throw new EcgError('not-found', `no result in ${place}, train again with --resume ${folder} to go on`);
}

/** Who is on which side, by record. */
async function writeSplit(folder: string, { set, split, label }: Prepared): Promise<void> {
  const ids = (part: Int32Array): string[] => {
    const used = new Set<number>();
    for (const i of part) used.add(set.record[i]);
    return set.records.flatMap(({ id }, r) => (used.has(r) ? [id] : []));
  };
  await mkdir(folder, { recursive: true });
  await writeJson(folder, 'split.json', {
    title: label.title,
    leaky: label.leaky,
    train: ids(split.train),
    validation: ids(split.validation),
    test: ids(split.test),
  });
}

/** ISO 8601 day on which a run was begun: today, unless its folder knows; one gone on with later gives the same files. */
async function beginningOf(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'versions.json'), 'utf8').catch(() => '{}');
  const known = /"begun": "(\d{4}-\d\d-\d\d)"/.exec(text)?.[1];
  return known ?? new Date().toISOString().slice(0, 10);
}

async function writeJson(folder: string, name: string, data: unknown): Promise<void> {
  await writeWhole(join(folder, name), `${JSON.stringify(data, null, 1)}\n`);
}
