import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EcgError, type RunOptions } from '../../../core/index.js';
import { buildNetwork } from '../../../models/index.js';
import { createNativeRuntime } from '../../../nn/node.js';
import { packArrays, unpackArrays } from '../../arrays.js';
import { fingerprint } from '../../checkpoint.js';
import { exportClassifier } from '../../classifier/classifier-plan.js';
import { predictExamples } from '../../classifier/predict-examples.js';
import { trainClassifier } from '../../classifier/train-classifier.js';
import type { TrainingEvent } from '../../events.js';
import { countExamples } from '../../examples/example-set.js';
import { generatedExamples } from '../../gan/cached/node.js';
import { drawLearningCurve, type EpochFigures } from '../../learning-curve.js';
import { type NetworkPlan, networkPlans, protocolData } from '../../recipes/recipe.js';
import type { Prepared } from '../../recipes/task.js';
import { prepareExamples } from '../../recipes/tasks/node.js';
import { writeWhole } from '../../records/node.js';
import type { ExampleJob } from '../job.js';

/** What a finished job left in its folder. */
export interface ExampleJobResult {
  readonly parameters: Float32Array;
  readonly statistics: Float32Array;
  readonly epochs: readonly EpochFigures[];
  /** Whose weights these are. */
  readonly bestEpoch: number;
  /** s spent in training steps and validation, on the machine it ran on. */
  readonly seconds: number;
  /** [validation examples, classes]; empty in a cross-validation. */
  readonly validationLogits: Float32Array;
  /** [held-out examples, classes] of the fold; empty without one. */
  readonly heldOutLogits: Float32Array;
}

const CHECKPOINT = 'checkpoint.bin';
const RESULT = 'result.bin';

/**
 * Trains a job's network in this thread and leaves the result in its folder: goes on from a checkpoint that
 * lies there, and does nothing when the result does.
 */
export async function runExampleJob(
  job: ExampleJob,
  onEvent: (event: TrainingEvent) => void,
  options?: RunOptions,
): Promise<void> {
  const { folder, seed } = job;
  const plan = planOf(job);
  await mkdir(folder, { recursive: true });
  const prepared = await prepareExamples(job.recipe, job.protocol, plan.input, job, job.fold, options);
  const { set, split } = prepared;
  const identity = jobIdentity(job, plan, prepared);
  if ((await readExampleJobResult(folder, identity)) !== undefined) return;
  const runtime = await createNativeRuntime({ threads: plan.training.threads });
  const resume = await readFile(join(folder, CHECKPOINT)).catch(() => undefined);
  const network = buildNetwork(plan.network, { shape: set.shape, classes: set.classes.length });
  const { gan } = plan.training;
  const extra =
    gan === null
      ? undefined
      : await generatedExamples(runtime, set, split.train, gan, job.cacheFolder, options);
  const trained = await trainClassifier(runtime, {
    network,
    config: plan.training,
    set,
    train: split.train,
    validation: split.validation,
    seed,
    run: job.run,
    onEvent,
    ...(options?.signal !== undefined && { signal: options.signal }),
    checkpointSteps: job.checkpointSteps,
    save: (bytes) => writeWhole(join(folder, CHECKPOINT), bytes),
    ...(resume !== undefined && { resume }),
    ...(extra !== undefined && { extra }),
  });
  const { parameters, statistics, epochs, bestEpoch, seconds } = trained;
  const bytes = exportClassifier(network, set.shape, { parameters, statistics });
  const logitsOf = (part: Int32Array) =>
    part.length === 0 ? new Float32Array(0) : predictExamples(runtime, bytes, set, part);
  const validationLogits = await logitsOf(split.validation);
  const heldOutLogits = job.fold === null ? new Float32Array(0) : await logitsOf(split.test);
  await writeFile(join(folder, 'curve.svg'), drawLearningCurve(`${job.recipe.name}, ${job.run}`, epochs));
  await writeFile(join(folder, 'epochs.json'), `${JSON.stringify(epochs, null, 1)}\n`);
  await writeWhole(
    join(folder, RESULT),
    packArrays(
      { identity, epochs, bestEpoch, seconds },
      { parameters, statistics, validationLogits, heldOutLogits },
    ),
  );
  await rm(join(folder, CHECKPOINT), { force: true });
}

/** What a job left in its folder, or undefined when it has not finished or was another training's. */
export async function readExampleJobResult(
  folder: string,
  identity?: string,
): Promise<ExampleJobResult | undefined> {
  const path = join(folder, RESULT);
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const { meta, arrays } = unpackArrays(bytes, path);
  const { identity: own, ...known } = meta as { identity: string } & Pick<
    ExampleJobResult,
    'epochs' | 'bestEpoch' | 'seconds'
  >;
  if (identity !== undefined && own !== identity) return undefined;
  const array = (name: string): Float32Array => arrays[name] as Float32Array;
  return {
    ...known,
    parameters: array('parameters'),
    statistics: array('statistics'),
    validationLogits: array('validationLogits'),
    heldOutLogits: array('heldOutLogits'),
  };
}

function planOf(job: ExampleJob): NetworkPlan {
  const plan = networkPlans(job.recipe, job.protocol).find(({ name }) => name === job.network);
  if (plan === undefined) {
    throw new EcgError(
      'bad-option',
      `${job.recipe.name}: protocol ${job.protocol} trains no network '${job.network}'`,
    );
  }
  return plan;
}

/** What a training is made of, shortened. */
function jobIdentity(job: ExampleJob, plan: NetworkPlan, { set, split }: Prepared): string {
  const counts = [split.train, split.validation, split.test].map((part) => countExamples(set, part));
  const data = protocolData(job.recipe, job.protocol);
  return `${fingerprint(JSON.stringify([plan, data, job.recipe.every, job.protocol, job.fold, counts]))}-${job.seed}`;
}
