import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EcgError, type RunOptions } from '../../core/index.js';
import { auditSplit, patientOf, type SplitLabel } from '../../evaluation/index.js';
import { loadBeatModel, type ModelCard } from '../../models/index.js';
import { createNativeRuntime } from '../../nn/node.js';
import { averageLogits, type Calibration, calibrate, type HeldOut } from '../calibration.js';
import { classCounts, collectBeats } from '../dataset.js';
import type { TrainingEvent } from '../events.js';
import { patientFolds } from '../folds.js';
import type { TrainingJob } from '../jobs/job.js';
import { runJobs } from '../jobs/node.js';
import { type JobResult, readJobResult } from '../jobs/run/node.js';
import { predictLogits } from '../predict.js';
import type { BeatRecipe, RecipeSource } from '../recipe.js';
import { loadTrainingRecords, recordIds, writeWhole } from '../records/node.js';
import { releaseBeatModel } from '../release.js';
import { openRun, recipeSha256 } from '../runs/node.js';
import { validationFigures, validationIntervals } from '../validation.js';

/** Where and how a recipe is trained. */
export interface TrainBeatsOptions extends RunOptions {
  readonly recipe: BeatRecipe;
  /** Holds a folder a database: `mitdb`, `svdb`. */
  readonly dataFolder: string;
  readonly cacheFolder: string;
  /** A new run makes its folder in here. */
  readonly runsFolder: string;
  /** The folder of a run to go on in. */
  readonly resume?: string;
  /** Networks trained at a time, one thread pool each. */
  readonly workers: number;
  /** Steps between checkpoints within an epoch. */
  readonly checkpointSteps?: number;
  /** Stands on the model card: `ectopy 0.1.0, onnxruntime 1.30.0`. */
  readonly software: string;
  readonly onEvent?: (event: TrainingEvent) => void;
}

/** What a training made. */
export interface TrainedBeats {
  /** The run's folder: config, split, curves, metrics, the networks' numbers and `model.onnx`. */
  readonly folder: string;
  /** The bytes of `model.onnx`, and of `model.int8.onnx`. */
  readonly model: Uint8Array;
  readonly int8: Uint8Array;
  readonly crossValidation: Calibration;
  /** On the recipe's validation records; undefined without any. */
  readonly validation: Validation | undefined;
}

/** How well a model does on some records, reference R peaks, literature map. */
export interface Validation {
  /** F1 of N, S, V and their mean, 0…1. */
  readonly figures: Readonly<Record<string, number>>;
  /** 95 % under resampling of patients. */
  readonly intervals: Readonly<Record<string, readonly [number, number]>>;
}

/**
 * Trains a recipe's networks and its cross-validation, and averages the networks into one calibrated model.
 *
 * Goes on where it stopped when given the run's folder; the result is the same bit for bit.
 *
 * @throws EcgError `bad-option` when a patient stands in training and in the test set and the recipe is not
 *   named leaky; what reading and training throw; `cancelled`
 */
export async function trainBeats(options: TrainBeatsOptions): Promise<TrainedBeats> {
  const { recipe, dataFolder } = options;
  const train = await recordIds(recipe.train, dataFolder);
  const validate = await recordIds(recipe.validate.sources, dataFolder);
  const test = await recordIds(recipe.test, dataFolder);
  const split = auditTraining(recipe, { train, validation: validate, test });
  const folder = await openRun(recipe, options.runsFolder, options.resume);
  await writeJson(folder, 'split.json', { title: split.title, train, validate, test });
  await writeJson(folder, 'versions.json', { software: options.software, node: process.version });
  const folds = await planFolds(options, train);
  const held = foldJobs(options, folder, train, folds);
  const final = recipe.seeds.map(
    (seed): TrainingJob => ({
      ...jobBase(options),
      run: `seed ${seed}`,
      folder: join(folder, `seed-${seed}`),
      seed,
      train,
      heldOut: [],
      validate,
    }),
  );
  await runJobs([...final, ...held], options.workers, options.onEvent ?? (() => {}), options);
  const crossValidation = await calibrateHeldOut(options, await collectHeldOut(options, held), train, folds);
  const members = await Promise.all(final.map((job) => resultOf(job)));
  const runtime = await createNativeRuntime({ threads: options.workers });
  const card = {
    training: bySource(train),
    heldOut: bySource(test),
    recipeSha256: recipeSha256(recipe),
    date: new Date().toISOString().slice(0, 10),
    software: options.software,
  };
  const metrics = metricsOf(
    'cross-validation',
    `${recipe.folds.count} folds by patient within the training records`,
    crossValidation,
  );
  const beats = collectBeats(
    await loadTrainingRecords(train, recipe.input, recipe.augmentation.shift, options),
    1,
  );
  const release = (known: ModelCard['metrics']) =>
    releaseBeatModel(runtime, recipe, members, beats, crossValidation, { ...card, metrics: known });
  const draft = validate.length === 0 ? undefined : await release(metrics);
  const validation = draft && (await validateOn(draft.fp32, validate, options));
  const databases = recipe.validate.sources.map((source) => source.database).join(' + ');
  const { fp32: model, int8 } = await release(
    validation === undefined ? metrics : [...metrics, ...metricsOf('validation', databases, validation)],
  );
  await writeWhole(join(folder, 'model.onnx'), model);
  await writeWhole(join(folder, 'model.int8.onnx'), int8);
  await writeJson(folder, 'metrics.json', { crossValidation: withoutDoubt(crossValidation), validation });
  return { folder, model, int8, crossValidation, validation };
}

/**
 * The recipe's patient-grouped cross-validation alone: calibration and figures of beats that no network had
 * seen.
 *
 * @throws EcgError as `trainBeats`
 */
export async function crossValidateBeats(
  options: TrainBeatsOptions,
): Promise<{ folder: string; crossValidation: Calibration; heldOut: HeldOut }> {
  const { recipe } = options;
  const train = await recordIds(recipe.train, options.dataFolder);
  auditTraining(recipe, { train, validation: [], test: await recordIds(recipe.test, options.dataFolder) });
  const folder = await openRun(recipe, options.runsFolder, options.resume);
  const folds = await planFolds(options, train);
  const jobs = foldJobs(options, folder, train, folds);
  await runJobs(jobs, options.workers, options.onEvent ?? (() => {}), options);
  const heldOut = await collectHeldOut(options, jobs);
  const crossValidation = await calibrateHeldOut(options, heldOut, train, folds);
  await writeJson(folder, 'cross-validation.json', withoutDoubt(crossValidation));
  return { folder, crossValidation, heldOut };
}

/**
 * How well a model does on some records with reference beats, literature map.
 *
 * @param ids  `svdb/800`
 */
export async function validateOn(
  model: Uint8Array,
  ids: readonly string[],
  folders: { readonly dataFolder: string; readonly cacheFolder: string },
): Promise<Validation> {
  const runtime = await createNativeRuntime({ threads: 1 });
  const loaded = await loadBeatModel(model, runtime);
  await loaded.close();
  const set = collectBeats(await loadTrainingRecords(ids, loaded.card.input, 0, folders), 1);
  const logits = await predictLogits(runtime, model, loaded.card.input, set);
  return { figures: validationFigures(logits, set.label), intervals: validationIntervals(logits, set) };
}

/** @throws EcgError `bad-option` unless no patient is trained on and tested, or the recipe is named leaky */
function auditTraining(
  recipe: BeatRecipe,
  sides: {
    readonly train: readonly string[];
    readonly validation: readonly string[];
    readonly test: readonly string[];
  },
): SplitLabel {
  const named = (sources: readonly RecipeSource[]): string =>
    sources
      .map(({ database, records }) => `${database} ${Array.isArray(records) ? 'records' : records}`)
      .join(' + ') || 'no test set';
  const name = `${named(recipe.train)} → ${named(recipe.test)}`;
  return auditSplit(name, { ...sides, patientOf }, { leaky: recipe.leaky });
}

function jobBase(options: TrainBeatsOptions) {
  return {
    kind: 'beats' as const,
    recipe: options.recipe,
    validateEvery: options.recipe.validate.every,
    dataFolder: options.dataFolder,
    cacheFolder: options.cacheFolder,
    checkpointSteps: options.checkpointSteps ?? 50,
  };
}

/** The fold of each training record. Preparing them here fills the cache before the workers ask for it. */
async function planFolds(options: TrainBeatsOptions, train: readonly string[]): Promise<Int32Array> {
  const { recipe } = options;
  const margin = recipe.augmentation.shift;
  const records = await loadTrainingRecords(train, recipe.input, margin, options, options);
  const validate = await recordIds(recipe.validate.sources, options.dataFolder);
  await loadTrainingRecords(validate, recipe.input, margin, options, options);
  return patientFolds(
    records.map(({ id, patient, labels }) => ({ id, patient, counts: classCounts(labels) })),
    recipe.folds.count,
    recipe.folds.seed,
  );
}

function foldJobs(
  options: TrainBeatsOptions,
  folder: string,
  train: readonly string[],
  folds: Int32Array,
): TrainingJob[] {
  const { count, networks } = options.recipe.folds;
  return Array.from({ length: count }, (_, fold) =>
    options.recipe.seeds.slice(0, networks).map(
      (seed): TrainingJob => ({
        ...jobBase(options),
        run: `fold ${fold + 1} of ${count}, seed ${seed}`,
        folder: join(folder, `fold-${fold + 1}-seed-${seed}`),
        seed,
        train: train.filter((_id, i) => folds[i] !== fold),
        heldOut: train.filter((_id, i) => folds[i] === fold),
        validate: [],
      }),
    ),
  ).flat();
}

/** All folds' held-out beats, the networks of a fold averaged. */
async function collectHeldOut(options: TrainBeatsOptions, jobs: readonly TrainingJob[]): Promise<HeldOut> {
  const { recipe } = options;
  const networks = Math.min(recipe.folds.networks, recipe.seeds.length);
  const logits: Float32Array[] = [];
  const ids: string[] = [];
  for (let at = 0; at < jobs.length; at += networks) {
    const results = await Promise.all(jobs.slice(at, at + networks).map((job) => resultOf(job)));
    logits.push(averageLogits(results.map((result) => result.logits)));
    ids.push(...jobs[at].heldOut);
  }
  const records = await loadTrainingRecords(ids, recipe.input, recipe.augmentation.shift, options);
  return { logits: Float32Array.from(logits.flatMap((part) => [...part])), set: collectBeats(records, 1) };
}

async function calibrateHeldOut(
  options: TrainBeatsOptions,
  heldOut: HeldOut,
  train: readonly string[],
  folds: Int32Array,
): Promise<Calibration> {
  return calibrate(heldOut, {
    ...options,
    contract: options.recipe.input,
    coverage: options.recipe.calibration.coverage,
    folds: heldOut.set.records.map(({ id }) => folds[train.indexOf(id)]),
  });
}

async function resultOf(job: TrainingJob): Promise<JobResult> {
  const result = await readJobResult(job.folder);
  if (result === undefined) {
    throw new EcgError('not-found', `training ${job.run}: no result in ${job.folder}, run again to go on`);
  }
  return result;
}

/** What a person reads of a calibration; the thousands of numbers of what is familiar stand on the card. */
function withoutDoubt({ doubt: _, ...rest }: Calibration): Omit<Calibration, 'doubt'> {
  return rest;
}

/** `mitdb/100, mitdb/101` as `[{ database: 'mitdb', records: ['100', '101'] }]`. */
function bySource(ids: readonly string[]): ModelCard['data']['training'] {
  const databases = [...new Set(ids.map((id) => id.split('/')[0]))];
  return databases.map((database) => ({
    database,
    records: ids.filter((id) => id.startsWith(`${database}/`)).map((id) => id.slice(database.length + 1)),
  }));
}

function metricsOf(prefix: string, split: string, { figures, intervals }: Validation): ModelCard['metrics'] {
  return Object.entries(figures).map(([name, value]) => ({
    id: `${prefix}.${name}`,
    value,
    ...(intervals[name] !== undefined && {
      interval: [intervals[name][0], intervals[name][1]] as [number, number],
    }),
    unit: name.startsWith('NLL') ? 'nats' : '0…1',
    split,
  }));
}

async function writeJson(folder: string, name: string, data: unknown): Promise<void> {
  await writeFile(join(folder, name), `${JSON.stringify(data, null, 1)}\n`);
}
