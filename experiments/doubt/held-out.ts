import { patientOf } from '../../src/evaluation/index.js';
import { type FamiliarBeats, type InputBatch, inputShape, predictBeats } from '../../src/models/index.js';
import type { Runtime } from '../../src/nn/index.js';
import { composeRange } from '../../src/training/batches.js';
import type { HeldOut } from '../../src/training/calibration.js';
import { classCounts } from '../../src/training/dataset.js';
import { outsideOfHeldOut } from '../../src/training/doubt/fit-doubt.js';
import { joinHeldOut } from '../../src/training/doubt/join-held-out.js';
import { openRunForward } from '../../src/training/doubt/node.js';
import { collectBeats, patientFolds } from '../../src/training/index.js';
import {
  crossValidateBeats,
  loadTrainingRecords,
  readBeatRecipe,
  recordIds,
} from '../../src/training/node.js';
import type { BeatRecipe } from '../../src/training/recipe.js';

/** Beats of patients that no network behind their logits had seen, and how unlike the training beats they are. */
export interface Unseen {
  readonly recipe: BeatRecipe;
  readonly heldOut: HeldOut;
  /** One a beat. */
  readonly outside: Float32Array;
  /** Database of each record. */
  readonly databases: readonly string[];
  /** Fold of each record; −1 for one that only ever validates. */
  readonly folds: readonly number[];
  readonly familiarOfFold: ReadonlyMap<number, FamiliarBeats>;
}

interface Folders {
  readonly run: string;
  readonly dataFolder: string;
  readonly cacheFolder: string;
  readonly runsFolder: string;
}

/** The held-out beats of a finished run: of its cross-validation, and its validation records by all its networks. */
export async function unseenBeats(folders: Folders, runtime: Runtime): Promise<Unseen> {
  const recipe = await readBeatRecipe(`${folders.run}/config.json`);
  const { heldOut: own } = await crossValidateBeats({
    ...folders,
    recipe,
    resume: folders.run,
    workers: 1,
    software: 'experiments/doubt',
  });
  const parts: HeldOut[] = [own];
  const validate = await recordIds(recipe.validate.sources, folders.dataFolder);
  if (validate.length > 0) {
    const records = await loadTrainingRecords(validate, recipe.input, recipe.augmentation.shift, folders);
    const set = collectBeats(records, 1);
    parts.push({ set, logits: await logitsOf(set, recipe, folders.run, runtime) });
  }
  const heldOut = joinHeldOut(parts);
  const trained = await recordIds(recipe.train, folders.dataFolder);
  const foldOf = await foldsOf(recipe, trained, folders);
  const folds = heldOut.set.records.map(({ id }) => foldOf.get(id) ?? -1);
  const { scores, familiarOfFold } = await outsideOfHeldOut(heldOut.set, recipe.input, { folds });
  return {
    recipe,
    heldOut,
    outside: scores,
    databases: heldOut.set.records.map(({ id }) => id.split('/')[0]!),
    folds,
    familiarOfFold,
  };
}

/** The fold of each training record, as the run dealt them. */
async function foldsOf(
  recipe: BeatRecipe,
  trained: readonly string[],
  folders: Folders,
): Promise<Map<string, number>> {
  const records = await loadTrainingRecords(trained, recipe.input, recipe.augmentation.shift, folders);
  const folds = patientFolds(
    records.map(({ id, labels }) => ({ id, patient: patientOf(id), counts: classCounts(labels) })),
    recipe.folds.count,
    recipe.folds.seed,
  );
  return new Map(trained.map((id, i) => [id, folds[i]!]));
}

async function logitsOf(
  set: HeldOut['set'],
  recipe: BeatRecipe,
  run: string,
  runtime: Runtime,
): Promise<Float32Array> {
  const { forward, close } = await openRunForward(run, recipe, runtime);
  const logits = new Float32Array(5 * set.label.length);
  const shape = inputShape(recipe.input);
  for (let from = 0; from < set.label.length; ) {
    let to = from + 1;
    while (to < set.label.length && set.record[to] === set.record[from]) to++;
    const batches = composed(set, recipe, from, to);
    for await (const { batch, logits: own } of predictBeats([forward], batches, recipe.input, shape)) {
      logits.set(own[0]!, 5 * batch.from);
    }
    from = to;
  }
  await close();
  return logits;
}

function* composed(set: HeldOut['set'], recipe: BeatRecipe, from: number, to: number): Generator<InputBatch> {
  for (let at = from; at < to; at += 512) {
    const end = Math.min(to, at + 512);
    yield { from: at, to: end, ...composeRange(set, recipe.input, at, end) };
  }
}
