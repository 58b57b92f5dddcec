import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOptions } from '../../../core/index.js';
import { exportModel } from '../../../nn/index.js';
import { createNativeRuntime } from '../../../nn/node.js';
import { packArrays, unpackArrays } from '../../arrays.js';
import { collectBeats } from '../../dataset.js';
import type { TrainingEvent } from '../../events.js';
import { drawLearningCurve, type EpochFigures } from '../../learning-curve.js';
import { networkInputs, plainNetwork } from '../../plan.js';
import { predictLogits } from '../../predict.js';
import { loadTrainingRecords, writeWhole } from '../../records/node.js';
import { type TrainedNetwork, trainingIdentity, trainNetwork } from '../../train-network.js';
import type { TrainingJob } from '../job.js';

/** What a finished job left in its folder. */
export interface JobResult extends TrainedNetwork {
  /** [beats of the held-out records, 5]; empty without held-out records. */
  readonly logits: Float32Array;
}

const CHECKPOINT = 'checkpoint.bin';
const RESULT = 'result.bin';

/**
 * Trains a job's network in this thread and leaves the result in its folder: goes on from a checkpoint that
 * lies there, and does nothing when the result does.
 */
export async function runJob(
  job: TrainingJob,
  onEvent: (event: TrainingEvent) => void,
  options?: RunOptions,
): Promise<void> {
  const { recipe, folder } = job;
  await mkdir(folder, { recursive: true });
  const load = (ids: readonly string[]) =>
    loadTrainingRecords(ids, recipe.input, recipe.augmentation.shift, job, options);
  const train = collectBeats(await load(job.train), 1);
  const identity = trainingIdentity(recipe, train, job.seed);
  if ((await readJobResult(folder, identity)) !== undefined) return;
  const validation =
    job.validate.length === 0 ? undefined : collectBeats(await load(job.validate), job.validateEvery);
  const runtime = await createNativeRuntime({ threads: recipe.training.threads });
  const resume = await readFile(join(folder, CHECKPOINT)).catch(() => undefined);
  const trained = await trainNetwork(runtime, {
    recipe,
    train,
    seed: job.seed,
    run: job.run,
    onEvent,
    ...(options?.signal !== undefined && { signal: options.signal }),
    checkpointSteps: job.checkpointSteps,
    save: (bytes) => writeWhole(join(folder, CHECKPOINT), bytes),
    ...(validation !== undefined && { validation }),
    ...(resume !== undefined && { resume }),
  });
  const heldOut = job.heldOut.length === 0 ? undefined : collectBeats(await load(job.heldOut), 1);
  const numbers = { parameters: trained.parameters, statistics: trained.statistics };
  const logits =
    heldOut === undefined
      ? new Float32Array(0)
      : await predictLogits(
          runtime,
          exportModel({ network: plainNetwork(recipe), inputs: networkInputs(recipe), ...numbers }),
          recipe.input,
          heldOut,
        );
  await writeFile(join(folder, 'curve.svg'), drawLearningCurve(`${recipe.name}, ${job.run}`, trained.epochs));
  await writeFile(join(folder, 'epochs.json'), `${JSON.stringify(trained.epochs, null, 1)}\n`);
  await writeWhole(
    join(folder, RESULT),
    packArrays({ identity, epochs: trained.epochs }, { ...numbers, logits }),
  );
  await rm(join(folder, CHECKPOINT), { force: true });
}

/** What a job left in its folder, or undefined when it has not finished or was another training's. */
export async function readJobResult(folder: string, identity?: string): Promise<JobResult | undefined> {
  const path = join(folder, RESULT);
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const { meta, arrays } = unpackArrays(bytes, path);
  const known = meta as { identity: string; epochs: readonly EpochFigures[] };
  if (identity !== undefined && known.identity !== identity) return undefined;
  return {
    parameters: arrays['parameters'] as Float32Array,
    statistics: arrays['statistics'] as Float32Array,
    logits: arrays['logits'] as Float32Array,
    epochs: known.epochs,
  };
}
