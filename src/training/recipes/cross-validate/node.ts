import { join } from 'node:path';
import { EcgError } from '../../../core/index.js';
import { auditSplit, type ExampleReport } from '../../../evaluation/index.js';
import { buildNetwork, softmax } from '../../../models/index.js';
import type { Runtime } from '../../../nn/index.js';
import { createNativeRuntime } from '../../../nn/node.js';
import type { ExampleSet, ExampleSplit } from '../../examples/example-set.js';
import type { FoldChoice } from '../../examples/fold-split.js';
import { type ExampleJobResult, readExampleJobResult } from '../../jobs/examples/node.js';
import type { ExampleJob } from '../../jobs/job.js';
import { runJobs } from '../../jobs/node.js';
import { writeWhole } from '../../records/node.js';
import { openRun, recipeSha256 } from '../../runs/node.js';
import { type NetworkPlan, networkPlans, type Recipe } from '../recipe.js';
import { measureNetwork } from '../run/measure.js';
import type { RecipeRunOptions } from '../run/node.js';
import { releaseNetwork } from '../run/release.js';
import { labelsOf, reportOf, scoresOf } from '../run/scores.js';
import type { Prepared } from '../task.js';
import { prepareWhole, splitOf, taskOf } from '../tasks/node.js';
import type { CrossValidatedNetwork } from './networks.js';

/** A recipe's cross-validation by patient: `cross-validation.json`. */
export interface CrossValidation {
  readonly folder: string;
  readonly networks: readonly CrossValidatedNetwork[];
}

/**
 * Trains every network of a recipe on all folds but one, in turn, and scores it on that one; no patient stands in
 * two folds.
 *
 * The recipe's `folds.over` says whether only the training part's patients take part, or all. Nothing is chosen on
 * the held-out fold: every fold trains for all epochs.
 *
 * @throws EcgError `bad-option` for a leaky protocol, too few patients, or a class without examples to train on;
 *   what training throws; `cancelled`
 */
export async function crossValidateRecipe(options: RecipeRunOptions): Promise<CrossValidation> {
  const { recipe } = options;
  const [protocol] = Object.keys(recipe.protocols);
  const plans = networkPlans(recipe, protocol);
  const { seeds } = recipe.protocols[protocol];
  const { count, seed: foldSeed, over } = recipe.folds;
  const resumed = options.resume && (await openRun(recipe, options.runsFolder, options.resume));
  const choice = (index: number): FoldChoice => ({ index, count, seed: foldSeed, over });
  for (const plan of plans) {
    // Fills the cache before the workers ask for it, and finds faults of networks and folds at once.
    const whole = await prepareWhole(recipe, protocol, plan.input, options, options);
    if (whole.label.leaky) {
      throw new EcgError(
        'bad-option',
        `cv: protocol ${protocol} mixes patients, cross-validation does not; give --protocol honest`,
      );
    }
    const { shape, classes } = whole.set;
    buildNetwork(plan.network, { shape, classes: classes.length });
    for (let index = 0; index < count; index++) splitOf(recipe, whole, choice(index));
  }
  const folder = resumed || (await openRun(recipe, options.runsFolder));
  const jobs: ExampleJob[] = [];
  for (const plan of plans) {
    for (let index = 0; index < count; index++) {
      for (const seed of seeds) {
        jobs.push({
          kind: 'examples',
          run: `${plan.name}, fold ${index + 1} of ${count}${seeds.length === 1 ? '' : `, seed ${seed}`}`,
          folder: foldFolder(folder, plan.name, index, seed),
          recipe,
          protocol,
          network: plan.name,
          seed,
          fold: choice(index),
          dataFolder: options.dataFolder,
          cacheFolder: options.cacheFolder,
          checkpointSteps: options.checkpointSteps ?? 100,
        });
      }
    }
  }
  await runJobs(jobs, options.workers, options.onEvent ?? (() => {}), options);
  const runtime = await createNativeRuntime({ threads: 1 });
  const networks: CrossValidatedNetwork[] = [];
  for (const plan of plans) {
    const whole = inFolds(await prepareWhole(recipe, protocol, plan.input, options, options), recipe);
    const classes = whole.set.classes.length;
    const folds: number[][] = [];
    const reports: ExampleReport[] = [];
    let seconds = 0;
    let parameters = 0;
    for (const [s, seed] of seeds.entries()) {
      const parts: Int32Array[] = [];
      const logits: Float32Array[] = [];
      const macro: number[] = [];
      for (let index = 0; index < count; index++) {
        const { test } = splitOf(recipe, whole, choice(index));
        const result = await foldResult(foldFolder(folder, plan.name, index, seed));
        parts.push(test);
        logits.push(result.heldOutLogits);
        macro.push(scoresOf(result.heldOutLogits, labelsOf(whole, test), classes).macroF1);
        parameters = result.parameters.length;
        if (s === 0) seconds += result.seconds;
      }
      folds.push(macro);
      const together = Float32Array.from(logits.flatMap((part) => [...part]));
      const tested = Int32Array.from(parts.flatMap((part) => [...part]));
      reports.push(reportOf(whole, tested, softmax(together, classes, 1), taskOf(recipe).rPeaks));
    }
    const bestFold = folds[0].indexOf(Math.max(...folds[0]));
    const place = foldFolder(folder, plan.name, bestFold, seeds[0]);
    const files = await releaseFold(runtime, options, plan, whole, choice(bestFold), place);
    await writeWhole(join(folder, plan.name, 'model.onnx'), files.fp32);
    await writeWhole(join(folder, plan.name, 'model.int8.onnx'), files.int8);
    networks.push({ name: plan.name, parameters, seconds, folds, reports, bestFold, ...files.forms });
  }
  await writeWhole(join(folder, 'cross-validation.json'), `${JSON.stringify(networks, null, 1)}\n`);
  return { folder, networks };
}

/** The examples under the title of what is done with them: folds over patients, none of whom stands in two. */
function inFolds(whole: Prepared, { folds }: Recipe): Prepared {
  const { set, split } = whole;
  const covered = folds.over === 'all' ? set.record : coveredRecords(set, split);
  const ids = [...new Set(covered)].map((r) => set.records[r].id);
  const patients = new Set([...new Set(covered)].map((r) => set.records[r].patient)).size;
  return {
    ...whole,
    label: auditSplit(`${folds.count} folds by patient, ${patients} patients`, { train: ids }),
  };
}

function coveredRecords(set: ExampleSet, split: ExampleSplit): Uint16Array {
  return Uint16Array.from([...split.train, ...split.validation], (i) => set.record[i]);
}

/** The network of a fold as two files, calibrated and measured on the patients held out from it. */
async function releaseFold(
  runtime: Runtime,
  options: RecipeRunOptions,
  plan: NetworkPlan,
  whole: Prepared,
  fold: FoldChoice,
  folder: string,
) {
  const { recipe, software } = options;
  const [protocol] = Object.keys(recipe.protocols);
  const [seed] = recipe.protocols[protocol].seeds;
  const { train, test } = splitOf(recipe, whole, fold);
  const prepared = { ...whole, split: { train, validation: test, test: new Int32Array(0) } };
  const { heldOutLogits, ...result } = await foldResult(folder);
  const member = { seed, ...result, validationLogits: heldOutLogits };
  const { fp32, int8 } = await releaseNetwork(runtime, {
    recipe,
    recipeSha256: recipeSha256(recipe),
    task: taskOf(recipe),
    protocol,
    plan,
    prepared,
    seed,
    numbers: result,
    validationLogits: heldOutLogits,
    date: new Date().toISOString().slice(0, 10),
    software,
  });
  const trained = { plan, prepared, members: [member], fp32, int8, generated: null };
  const { metrics } = await measureNetwork(runtime, taskOf(recipe), trained, false, undefined, options);
  return { fp32, int8, forms: { fp32: metrics.fp32, int8: metrics.int8 } };
}

function foldFolder(folder: string, network: string, index: number, seed: number): string {
  return join(folder, network, `fold-${index + 1}-seed-${seed}`);
}

async function foldResult(folder: string): Promise<ExampleJobResult> {
  const result = await readExampleJobResult(folder);
  if (result !== undefined) return result;
  throw new EcgError('not-found', `no result in ${folder}, run again with --resume to go on`);
}
