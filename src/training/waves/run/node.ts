import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOptions } from '../../../core/index.js';
import { createNativeRuntime } from '../../../nn/node.js';
import type { TrainingEvent } from '../../events.js';
import { patientFolds } from '../../folds.js';
import { writeWhole } from '../../records/node.js';
import { openRun } from '../../runs/node.js';
import { exportWaves, trainWaves } from '../train-waves.js';
import type { WaveRecipe } from '../wave-recipe.js';
import { WAVES, type WaveRecord } from '../wave-records.js';
import { waveExamples } from '../wave-set.js';

/** Where and how the network of waves is trained. */
export interface WaveRunOptions extends RunOptions {
  readonly recipe: WaveRecipe;
  readonly records: readonly WaveRecord[];
  readonly runsFolder: string;
  /** The folder of a run to go on in. */
  readonly resume?: string;
  /** Folds to train, from 0; all when omitted. */
  readonly folds?: readonly number[];
  readonly onEvent?: (event: TrainingEvent) => void;
}

/** Steps between two checkpoints. */
const CHECKPOINT_STEPS = 100;

/**
 * Trains a network for each fold on the patients outside it, and leaves `fold-1.onnx`, … in the run's folder.
 *
 * @returns  the folder, and the fold of each record
 * @throws EcgError what training throws; `bad-option` for the folder of another recipe's run; `cancelled`
 */
export async function trainWaveFolds(
  options: WaveRunOptions,
): Promise<{ readonly folder: string; readonly foldOf: Int32Array }> {
  const { recipe, records } = options;
  const foldOf = waveFolds(records, recipe);
  const folder = await openRun(recipe, options.runsFolder, options.resume);
  for (const fold of options.folds ?? Array.from({ length: recipe.folds.count }, (_, i) => i)) {
    const outside = records.filter((_, i) => foldOf[i] !== fold);
    await trainInto(
      join(folder, `fold-${fold + 1}`),
      `fold ${fold + 1} of ${recipe.folds.count}`,
      outside,
      options,
    );
  }
  return { folder, foldOf };
}

/** Trains the network that is released, on all records, and leaves `all.onnx` in the run's folder; its bytes. */
export async function trainReleasedWaves(
  options: WaveRunOptions & { readonly resume: string },
): Promise<Uint8Array> {
  const folder = await openRun(options.recipe, options.runsFolder, options.resume);
  return trainInto(join(folder, 'all'), 'all patients', options.records, options);
}

/** The fold of each record: no patient in two, waves of each kind spread evenly. */
export function waveFolds(records: readonly WaveRecord[], { folds }: WaveRecipe): Int32Array {
  const counted = records.map(({ id, patient, leads }) => ({
    id,
    patient,
    counts: WAVES.map((wave) =>
      leads.reduce((sum, { waves }) => sum + waves.filter((each) => each.wave === wave).length, 0),
    ),
  }));
  return patientFolds(counted, folds.count, folds.seed, WAVES);
}

/** Trains and keeps `stem.onnx`; goes on from `stem.checkpoint`, and does nothing where the network lies there. */
async function trainInto(
  stem: string,
  run: string,
  records: readonly WaveRecord[],
  { recipe, signal, onEvent }: WaveRunOptions,
): Promise<Uint8Array> {
  const kept = await readFile(`${stem}.onnx`).catch(() => undefined);
  if (kept !== undefined) return kept;
  await mkdir(join(stem, '..'), { recursive: true });
  const runtime = await createNativeRuntime({ threads: recipe.training.threads });
  const resume = await readFile(`${stem}.checkpoint`).catch(() => undefined);
  const trained = await trainWaves(runtime, {
    recipe,
    examples: waveExamples(records, recipe.input),
    seed: recipe.seed,
    run,
    checkpointSteps: CHECKPOINT_STEPS,
    save: (bytes) => writeWhole(`${stem}.checkpoint`, bytes),
    ...(signal !== undefined && { signal }),
    ...(onEvent !== undefined && { onEvent }),
    ...(resume !== undefined && { resume }),
  });
  const bytes = exportWaves(recipe, trained);
  await writeWhole(`${stem}.onnx`, bytes);
  await rm(`${stem}.checkpoint`, { force: true });
  return bytes;
}
