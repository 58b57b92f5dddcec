import { createRandom } from '../../core/index.js';
import { sealWaveModel, type WaveCard, type WaveDecoding } from '../../models/index.js';
import { quantiseModel, type Runtime } from '../../nn/index.js';
import { cutSignal } from './wave-batches.js';
import type { WaveRecipe } from './wave-recipe.js';
import type { WaveRecord } from './wave-records.js';
import type { WaveExample } from './wave-set.js';

/** What a card says that the recipe does not. */
export interface WaveReleaseNotes {
  readonly decoding: WaveDecoding;
  readonly metrics: WaveCard['metrics'];
  readonly recipeSha256: string;
  /** ISO 8601 day. */
  readonly date: string;
  readonly software: string;
}

/** Chunks the ranges of the activations are taken from. */
const CALIBRATION = 128;
const BATCH = 32;

/**
 * A trained network of waves as two files, single precision and 8-bit integers, each with its card and golden vectors.
 *
 * @param network   of `exportWaves`
 * @param records   those it was trained on
 * @param examples  theirs: some of them give the ranges of the integers
 */
export async function releaseWaves(
  runtime: Runtime,
  recipe: WaveRecipe,
  network: Uint8Array,
  records: readonly WaveRecord[],
  examples: readonly WaveExample[],
  notes: WaveReleaseNotes,
): Promise<{ fp32: Uint8Array; int8: Uint8Array }> {
  const card = cardOf(recipe, records, notes);
  const { bytes } = await quantiseModel(runtime, network, calibrationBatches(examples, recipe));
  return {
    fp32: await sealWaveModel(network, card, runtime),
    int8: await sealWaveModel(bytes, { ...card, quantised: true }, runtime),
  };
}

/** Chunks of leads drawn at random. */
function calibrationBatches(examples: readonly WaveExample[], { input, seed }: WaveRecipe) {
  const random = createRandom(seed);
  return Array.from({ length: CALIBRATION / BATCH }, () => {
    const data = new Float32Array(BATCH * input.chunk);
    for (let row = 0; row < BATCH; row++) {
      const { signal } = examples[random.integer(examples.length)];
      const start = random.next() * Math.max(0, signal.length - input.chunk);
      cutSignal(signal, Math.floor(start), 1, data.subarray(row * input.chunk, (row + 1) * input.chunk));
    }
    return { x: { data, shape: [BATCH, 1, input.chunk] } };
  });
}

function cardOf(recipe: WaveRecipe, records: readonly WaveRecord[], notes: WaveReleaseNotes): WaveCard {
  return {
    format: 'ectopy-waves-1',
    task: 'waves',
    name: recipe.name,
    version: recipe.version,
    summary:
      'Says of each sample of a lead whether it belongs to a P wave, a QRS complex, a T wave or none: a U-shaped convolutional network; several leads are averaged.',
    labels: [
      { class: 'background', meaning: 'no wave' },
      { class: 'P', meaning: 'P wave: depolarisation of the atria' },
      { class: 'QRS', meaning: 'QRS complex: depolarisation of the ventricles' },
      { class: 'T', meaning: 'T wave: repolarisation of the ventricles' },
    ],
    input: recipe.input,
    decoding: notes.decoding,
    data: {
      training: [{ database: 'ludb', records: records.map(({ id }) => id.slice('ludb/'.length)) }],
      heldOut: [],
      patientSplit: `figures are of ${recipe.folds.count} folds by patient, each record being one; the released network is trained on all patients`,
      licence: 'Open Data Commons Attribution License v1.0 (PhysioNet)',
    },
    quantised: false,
    metrics: notes.metrics,
    training: {
      recipe: `${recipe.name} ${recipe.version}`,
      recipeSha256: notes.recipeSha256,
      seeds: [recipe.seed],
      date: notes.date,
      software: notes.software,
    },
    licence: 'Apache-2.0',
    intendedUse: 'Research use only. Not a medical device; not for diagnosis or treatment.',
    limitations: [
      'Trained on ten-second resting ECGs of 200 patients of one hospital; ambulatory leads and their noise are known only from disturbed copies of these.',
      'A P wave is looked for before each beat: atrial activity that leads no beat, in atrioventricular block or flutter, is not marked.',
      'U waves are not marked; a T wave that merges with the next P wave may end too early.',
    ],
  };
}
