import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { throwIfCancelled } from '../../../core/index.js';
import { type WaveDecoding, waveForward } from '../../../models/index.js';
import { createNativeRuntime } from '../../../nn/node.js';
import { writeWhole } from '../../records/node.js';
import { recipeSha256 } from '../../runs/node.js';
import { createDecodingChooser, type PredictedRecord } from '../choose-decoding.js';
import { releaseWaves, type WaveReleaseNotes } from '../release-waves.js';
import { trainReleasedWaves, trainWaveFolds, type WaveRunOptions } from '../run/node.js';
import { predictRecord } from '../score-record.js';
import { createWaveScoring, type WaveScoring } from '../wave-scoring.js';
import { waveExamples } from '../wave-set.js';

/** A cross-validation of the network of waves by patient. */
export interface WaveCrossValidation {
  /** Of the run, with the folds' networks. */
  readonly folder: string;
  /** Each record by the network of its fold. */
  readonly predicted: readonly PredictedRecord[];
  readonly scoring: WaveScoring;
  /** The rules that were chosen on all records: those of the network that is released. */
  readonly decoding: WaveDecoding;
}

/**
 * Trains a network for each fold and scores it on the patients outside its training.
 *
 * The rules by which a fold's probabilities become waves are chosen on the patients of the other folds, each predicted
 * by a network that had not seen them.
 *
 * @throws EcgError as `trainWaveFolds`
 */
export async function crossValidateWaves(options: WaveRunOptions): Promise<WaveCrossValidation> {
  const { recipe, records } = options;
  const { folder, foldOf } = await trainWaveFolds(options);
  const runtime = await createNativeRuntime({ threads: 1 });
  const predicted: PredictedRecord[] = [];
  for (let fold = 0; fold < recipe.folds.count; fold++) {
    const session = await runtime.open(await readFile(join(folder, `fold-${fold + 1}.onnx`)));
    const forward = waveForward(session, recipe.input);
    for (const [i, record] of records.entries()) {
      if (foldOf[i] !== fold) continue;
      throwIfCancelled(options, 'waves');
      predicted[i] = { record, leads: await predictRecord(record, recipe.input, forward) };
    }
    await session.release();
  }
  const scoring = createWaveScoring(recipe);
  const chooser = createDecodingChooser(predicted, recipe.input);
  const all = [...records.keys()];
  for (let fold = 0; fold < recipe.folds.count; fold++) {
    const decoding = chooser.choose(
      all.filter((i) => foldOf[i] !== fold),
      'the other folds',
    );
    predicted.forEach(({ record, leads }, i) => {
      if (foldOf[i] === fold) scoring.add(record, leads, decoding);
    });
  }
  const basis = `${records.length} patients of ludb, each predicted by a network of ${recipe.folds.count} folds that had not seen them: best F1`;
  return { folder, predicted, scoring, decoding: chooser.choose(all, basis) };
}

/** What is told of a release beside its cross-validation. */
export type WaveReleaseOptions = WaveRunOptions & Pick<WaveReleaseNotes, 'metrics' | 'date' | 'software'>;

/**
 * Trains the network on all records and leaves it in the run's folder: `model.onnx`, and `model.int8.onnx` in integers.
 * @throws EcgError as `trainReleasedWaves`
 */
export async function trainWaveModel(
  { folder, decoding }: WaveCrossValidation,
  options: WaveReleaseOptions,
): Promise<{ readonly fp32: Uint8Array; readonly int8: Uint8Array }> {
  const { recipe, records, metrics, date, software } = options;
  const network = await trainReleasedWaves({ ...options, resume: folder });
  const runtime = await createNativeRuntime({ threads: 1 });
  const files = await releaseWaves(runtime, recipe, network, records, waveExamples(records, recipe.input), {
    decoding,
    metrics,
    recipeSha256: recipeSha256(recipe),
    date,
    software,
  });
  await writeWhole(join(folder, 'model.onnx'), files.fp32);
  await writeWhole(join(folder, 'model.int8.onnx'), files.int8);
  return files;
}
