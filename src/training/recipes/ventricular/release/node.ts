import { join } from 'node:path';
import { EcgError } from '../../../../core/index.js';
import {
  type ClassifierCard,
  loadVentricularModel,
  softmax,
  type VentricularModel,
} from '../../../../models/index.js';
import type { Runtime } from '../../../../nn/index.js';
import { createNativeRuntime } from '../../../../nn/node.js';
import { foldSplit } from '../../../examples/fold-split.js';
import { type ExampleJobResult, readExampleJobResult } from '../../../jobs/examples/node.js';
import { recipeSha256 } from '../../../runs/node.js';
import { abstainThreshold, fitTemperature } from '../../../temperature.js';
import { crossValidateRecipe } from '../../cross-validate/node.js';
import { networkPlans } from '../../recipe.js';
import { type RecipeRunOptions, trainRecipe } from '../../run/node.js';
import { releaseNetwork } from '../../run/release.js';
import type { Prepared } from '../../task.js';
import { prepareWhole, taskOf } from '../../tasks/node.js';
import { SCORED_RECORDS } from '../data.js';
import { scoreRecord } from '../score/node.js';
import { balancedThreshold, countByOtherFolds, type ScoredRecord, windowFigures } from '../scored-windows.js';

/** s from one scored window to the next: that of an analysis. */
const HOP = 2.5;

/** The recipe's network, how it did on patients it had not seen, and the one that has seen all. */
export interface TrainedVentricular {
  /** The released network as two files. */
  readonly fp32: Uint8Array;
  readonly int8: Uint8Array;
  /** Every window of vfdb and mitdb by the fold that had not seen its patient, calibrated; a list a fold. */
  readonly folds: readonly (readonly ScoredRecord[])[];
  /** The same by the folds' networks in 8-bit integers. */
  readonly int8Folds: readonly (readonly ScoredRecord[])[];
  /** The threshold on all of these windows, for the network that has seen all. */
  readonly threshold: number;
  readonly seconds: number;
}

/** How it is trained, and where interrupted runs of the cross-validation and of the released network lie. */
export interface TrainVentricularOptions extends RecipeRunOptions {
  readonly resumeRelease?: string;
}

/**
 * Cross-validates the recipe `ventricular` by patient, scores every window of vfdb and mitdb with the networks as they
 * are released, and trains the network that is: on all patients, calibrated on those windows.
 *
 * @throws EcgError what training, reading and scoring throw; `cancelled`
 */
export async function trainVentricular(options: TrainVentricularOptions): Promise<TrainedVentricular> {
  const { recipe } = options;
  const [protocol] = Object.keys(recipe.protocols);
  const [plan] = networkPlans(recipe, protocol);
  const [seed] = recipe.protocols[protocol].seeds;
  const { resume, resumeRelease, ...place } = options;
  const crossed = await crossValidateRecipe({ ...place, ...(resume !== undefined && { resume }) });
  const whole = await prepareWhole(recipe, protocol, plan.input, options, options);
  const runtime = await createNativeRuntime({ threads: 1 });
  const seal = (prepared: Prepared, result: ExampleJobResult, card?: Partial<ClassifierCard>) =>
    releaseNetwork(runtime, {
      recipe,
      recipeSha256: recipeSha256(recipe),
      task: taskOf(recipe),
      protocol,
      plan,
      prepared,
      seed,
      numbers: result,
      validationLogits: new Float32Array(0),
      date: new Date().toISOString().slice(0, 10),
      software: options.software,
      ...(card && { card }),
    });
  const raw: ScoredRecord[][] = [];
  const rawInt8: ScoredRecord[][] = [];
  for (let index = 0; index < recipe.folds.count; index++) {
    const split = foldSplit(whole.set, whole.split, { ...recipe.folds, index });
    const held = new Set(Array.from(split.test, (i) => whole.set.records[whole.set.record[i]].id));
    const ids = SCORED_RECORDS.filter((id) => held.has(id));
    const prepared = { ...whole, split: { ...split, test: new Int32Array(0) } };
    const folder = join(crossed.folder, plan.name, `fold-${index + 1}-seed-${seed}`);
    const files = await seal(prepared, await resultOf(folder));
    raw.push(await scoreAll(runtime, files.fp32, ids, options));
    rawInt8.push(await scoreAll(runtime, files.int8, ids, options));
  }
  const temperature = temperatureOf(raw.flat());
  const folds = raw.map((fold) => fold.map((record) => calibrated(record, temperature)));
  const int8Folds = rawInt8.map((fold) => fold.map((record) => calibrated(record, temperature)));
  const trained = await trainRecipe({
    ...place,
    ...(resumeRelease !== undefined && { resume: resumeRelease }),
  });
  const result = await resultOf(join(trained.folder, plan.name, `seed-${seed}`));
  const all = folds.flat();
  const card: Partial<ClassifierCard> = {
    summary:
      'Ventricular tachycardia, ventricular fibrillation and flutter in five seconds of any lead; leads are joined by the mean of their logits.',
    calibration: {
      temperature,
      leastProbability: abstainThreshold(
        Float32Array.from(all.flatMap(readRows)),
        3,
        recipe.calibration.coverage,
      ),
      basis: `${all.flatMap(readRows).length / 3} windows of ${new Set(all.map(({ patient }) => patient)).size} patients of vfdb and mitdb, each by a network that had not seen the patient; a tenth of them are VT or VF`,
    },
    metrics: cardMetrics(folds, recipe.folds.count),
    limitations: [
      'Trained on 22 patients with ventricular tachyarrhythmias of one laboratory, recorded 1975 to 1990; 500 further recordings hold none.',
      'Shorter than five seconds, a tachyarrhythmia may be missed: runs of ventricular beats are told by the beats.',
      'Tachycardia is not told from fibrillation in patients it was not trained on: only their sum says something.',
      'One patient of mitdb with tachycardia of about 150/min (mitdb/223) is missed altogether when held out.',
      'Motion that is as regular as flutter, such as tapping on an electrode, may be called VF; stretches that cannot be read have to be found by other means.',
    ],
  };
  const { fp32, int8 } = await seal(whole, result, card);
  return {
    fp32,
    int8,
    folds,
    int8Folds,
    threshold: balancedThreshold(all),
    seconds: crossed.networks[0].seconds,
  };
}

async function resultOf(folder: string): Promise<ExampleJobResult> {
  const result = await readExampleJobResult(folder);
  if (result !== undefined) return result;
  throw new EcgError('not-found', `ventricular: no result in ${folder}, run again to go on`);
}

async function scoreAll(
  runtime: Runtime,
  bytes: Uint8Array,
  ids: readonly string[],
  options: RecipeRunOptions,
): Promise<ScoredRecord[]> {
  const model: VentricularModel = await loadVentricularModel(bytes, runtime);
  try {
    const records: ScoredRecord[] = [];
    for (const id of ids) {
      records.push(await scoreRecord(model, id, HOP, options.dataFolder, options));
      options.onProgress?.({ stage: 'score', done: records.length, total: ids.length });
    }
    return records;
  } finally {
    await model.close();
  }
}

/** Logarithms of probabilities are logits but for a constant; still windows, which no network saw, say nothing. */
function temperatureOf(records: readonly ScoredRecord[]): number {
  const logits: number[] = [];
  const labels: number[] = [];
  for (const { labels: own, probabilities } of records) {
    own.forEach((label, w) => {
      const row = probabilities.subarray(3 * w, 3 * w + 3);
      if (label < 0 || row.some((p) => !(p > 0))) return;
      logits.push(...Array.from(row, Math.log));
      labels.push(label);
    });
  }
  return fitTemperature(Float32Array.from(logits), labels, 3);
}

/** The record with its probabilities at another temperature; they were made at 1. */
function calibrated(record: ScoredRecord, temperature: number): ScoredRecord {
  const probabilities = softmax(record.probabilities.map(Math.log), 3, temperature);
  return { ...record, probabilities };
}

/** Probabilities of the windows of one class, row by row. */
function readRows({ labels, probabilities }: ScoredRecord): number[] {
  return [...labels].flatMap((label, w) => (label < 0 ? [] : [...probabilities.subarray(3 * w, 3 * w + 3)]));
}

function cardMetrics(folds: readonly (readonly ScoredRecord[])[], count: number): ClassifierCard['metrics'] {
  const figures = windowFigures(folds.flat(), countByOtherFolds(folds));
  const split = `${count} folds by patient over vfdb and mitdb, windows of 5 s every ${HOP} s, both leads together`;
  const metric = (id: string, { value, low, high }: { value: number; low: number; high: number }) => ({
    id,
    value,
    interval: [low, high] as [number, number],
    unit: 'fraction',
    split,
  });
  return [
    metric('vf-vt-sensitivity', figures.sensitivity),
    metric('vf-vt-specificity', figures.specificity),
    { id: 'vf-vt-auroc', value: figures.auroc, unit: 'fraction', split },
  ];
}
