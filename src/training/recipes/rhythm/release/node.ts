import { join } from 'node:path';
import { EcgError } from '../../../../core/index.js';
import {
  type ChallengeScore,
  challengeConfusion,
  challengeScore,
  patientOf,
} from '../../../../evaluation/index.js';
import { type ClassifierCard, parseStrictly, softmax } from '../../../../models/index.js';
import { createNativeRuntime } from '../../../../nn/node.js';
import { predictExamples } from '../../../classifier/predict-examples.js';
import { foldSplit } from '../../../examples/fold-split.js';
import { type ExampleJobResult, readExampleJobResult } from '../../../jobs/examples/node.js';
import { runJobs } from '../../../jobs/node.js';
import type { TrainedNumbers } from '../../../loop/training-loop.js';
import { recipeSha256 } from '../../../runs/node.js';
import { abstainThreshold, fitTemperature } from '../../../temperature.js';
import { crossValidateRecipe } from '../../cross-validate/node.js';
import { networkPlans, protocolData } from '../../recipe.js';
import type { RecipeRunOptions } from '../../run/node.js';
import { releaseNetwork } from '../../run/release.js';
import { labelsOf } from '../../run/scores.js';
import type { Prepared } from '../../task.js';
import { prepareWhole, taskOf } from '../../tasks/node.js';
import {
  answerRecordings,
  fitOffsets,
  type RecordingAnswers,
  scoreAnswers,
  shiftLogits,
} from '../answers.js';
import { RhythmDataSchema } from '../data.js';
import { joinMembers } from '../networks.js';
import { chooseRules, type EpisodeRules, type SeriesRecord } from '../score-episodes.js';
import { readSeries } from '../series/node.js';

/** One fold: the challenge's recordings in it, and mitdb's, by networks that saw none of its patients. */
export interface RhythmFold {
  /** Of each seed's network, of their joint network, and of that in 8-bit integers. */
  readonly seeds: readonly ChallengeScore[];
  readonly joint: ChallengeScore;
  readonly int8: ChallengeScore;
  readonly answers: RecordingAnswers;
  /** Added to the logits; fitted on the other folds. */
  readonly offsets: readonly number[];
  /** By the joint network. */
  readonly series: readonly SeriesRecord[];
  /** Chosen on the other folds' series. */
  readonly rules: EpisodeRules;
}

/** The recipe's networks, how they did on patients they had not seen, and the released one that has seen all. */
export interface TrainedRhythm {
  readonly folder: string;
  readonly fp32: Uint8Array;
  readonly int8: Uint8Array;
  readonly folds: readonly RhythmFold[];
  /** Chosen on all series, for the released network; and fitted on all windows. */
  readonly rules: EpisodeRules;
  readonly offsets: readonly number[];
  /** Recordings that nothing was trained or chosen on, by the released network. */
  readonly others: readonly SeriesRecord[];
  readonly parameters: number;
  readonly seconds: number;
}

export interface TrainRhythmOptions extends RecipeRunOptions {
  /** Recordings that are looked at and never trained on, `svdb/800`. */
  readonly others: readonly string[];
}

/**
 * Cross-validates the recipe `rhythm` by patient, scores recordings of cinc2017 and all of mitdb with each fold's
 * networks joined, and trains the network that is released: on everything, the seeds joined, calibrated on the windows
 * of the cross-validation.
 *
 * @throws EcgError what training, reading and scoring throw; `cancelled`
 */
export async function trainRhythm(options: TrainRhythmOptions): Promise<TrainedRhythm> {
  const { recipe, dataFolder } = options;
  const [protocol] = Object.keys(recipe.protocols);
  const [plan] = networkPlans(recipe, protocol);
  const { seeds } = recipe.protocols[protocol];
  const data = parseStrictly(RhythmDataSchema, protocolData(recipe, protocol), `${recipe.name}: data`);
  const crossed = await crossValidateRecipe(options);
  const place = join(crossed.folder, plan.name);
  const whole = await prepareWhole(recipe, protocol, plan.input, options, options);
  const { set } = whole;
  const kinds = set.classes.length;
  const runtime = await createNativeRuntime({ threads: 1 });
  const release = (
    prepared: Prepared,
    members: readonly TrainedNumbers[],
    offsets: readonly number[],
    card?: Partial<ClassifierCard>,
  ) =>
    releaseNetwork(runtime, {
      recipe,
      recipeSha256: recipeSha256(recipe),
      task: taskOf(recipe),
      protocol,
      plan,
      prepared,
      seed: seeds[0],
      ...joinMembers(plan, set, members, offsets),
      validationLogits: new Float32Array(0),
      date: new Date().toISOString().slice(0, 10),
      software: options.software,
      card: { ...card, training: trainingOf(options, seeds) },
    });
  const seriesOf = async (bytes: Uint8Array, ids: readonly string[], temperature: number) => {
    const session = await runtime.open(bytes);
    const records: SeriesRecord[] = [];
    for (const id of ids) {
      records.push(await readSeries(id, dataFolder, data, session, temperature, options));
      options.onProgress?.({ stage: 'score', done: records.length, total: ids.length });
    }
    await session.release();
    return records;
  };

  // The folds' logits first: offsets and temperature are chosen on them.
  const raw = new Float32Array(set.label.length * kinds);
  const parts = [];
  for (let index = 0; index < recipe.folds.count; index++) {
    const { train, test } = foldSplit(set, whole.split, { ...recipe.folds, index });
    const results: ExampleJobResult[] = [];
    for (const seed of seeds) results.push(await resultOf(join(place, `fold-${index + 1}-seed-${seed}`)));
    for (const { heldOutLogits } of results)
      test.forEach((i, row) => {
        for (let c = 0; c < kinds; c++) raw[i * kinds + c] += heldOutLogits[row * kinds + c] / seeds.length;
      });
    parts.push({ train, test, results, records: new Set(Array.from(test, (i) => set.record[i])) });
  }
  const jointLogits = raw.slice();
  const scored = [];
  for (const [index, { train, test, results, records }] of parts.entries()) {
    const others = new Set(parts.flatMap((part, other) => (other === index ? [] : [...part.records])));
    const offsets = fitOffsets(set, raw, others);
    const files = await release(
      { ...whole, split: { train, validation: new Int32Array(0), test } },
      results,
      offsets,
    );
    const answersOf = (logits: Float32Array): RecordingAnswers => {
      const all = new Float32Array(set.label.length * kinds);
      test.forEach((i, row) => {
        all.set(logits.subarray(row * kinds, (row + 1) * kinds), i * kinds);
      });
      return answerRecordings(set, 'cinc2017', all, records);
    };
    const joint = await predictExamples(runtime, files.fp32, set, test);
    test.forEach((i, row) => {
      jointLogits.set(joint.subarray(row * kinds, (row + 1) * kinds), i * kinds);
    });
    scored.push({
      fp32: files.fp32,
      offsets,
      ids: set.records.flatMap(({ id }, r) => (records.has(r) && id.startsWith('mitdb/') ? [id] : [])),
      seeds: results.map(({ heldOutLogits }) => scoreAnswers(answersOf(shiftLogits(heldOutLogits, offsets)))),
      answers: answersOf(joint),
      int8: scoreAnswers(answersOf(await predictExamples(runtime, files.int8, set, test))),
    });
  }
  const offsets = fitOffsets(set, raw);
  const everything = Int32Array.from(set.label, (_, i) => i);
  const temperature = fitTemperature(jointLogits, labelsOf(whole, everything), kinds);
  const series: SeriesRecord[][] = [];
  for (const { fp32, ids } of scored) series.push(await seriesOf(fp32, ids, temperature));
  const folds = scored.map(
    ({ answers, ...fold }, index): RhythmFold => ({
      seeds: fold.seeds,
      joint: scoreAnswers(answers),
      offsets: fold.offsets,
      int8: fold.int8,
      answers,
      series: series[index],
      rules: chooseRules(series.filter((_, other) => other !== index).flat()),
    }),
  );

  const final = await trainOnAll(options, place, seeds);
  const { fp32, int8 } = await release(
    { ...whole, split: { ...whole.split, train: everything } },
    final,
    offsets,
    {
      summary:
        'Sinus rhythm, atrial fibrillation, any other rhythm or noise in thirty seconds of one lead and its beats; shorter stretches are repeated.',
      calibration: {
        temperature,
        leastProbability: abstainThreshold(
          softmax(jointLogits, kinds, temperature),
          kinds,
          recipe.calibration.coverage,
        ),
        basis: `${set.label.length} windows of ${new Set(set.records.map(({ id }) => patientOf(id))).size} patients of cinc2017 and mitdb, each by networks that had not seen the patient`,
      },
      metrics: cardMetrics(folds),
      limitations: [
        'Each recording of cinc2017 was taken for a patient of its own: whose a recording is has not been published.',
        'Atrial flutter counts as any other rhythm; where its conduction varies it may be called fibrillation.',
        'Frequent supraventricular beats may be called fibrillation: 11 of the 52 records of svdb, whose patients were chosen for them, raise such alarms.',
        'Any other rhythm is one class: what it is has to be found by other means.',
        'Trained on hand-held single-lead recordings and on 47 patients of one laboratory, recorded 1975 to 1979.',
      ],
    },
  );
  return {
    folder: crossed.folder,
    fp32,
    int8,
    folds,
    rules: chooseRules(series.flat()),
    offsets,
    others: await seriesOf(fp32, options.others, temperature),
    parameters: final.reduce((sum, { parameters }) => sum + parameters.length, 0),
    seconds: crossed.networks[0].seconds,
  };
}

/** The seeds' networks trained on all examples, beside those of the folds; what is there already is taken. */
async function trainOnAll(
  options: TrainRhythmOptions,
  place: string,
  seeds: readonly number[],
): Promise<ExampleJobResult[]> {
  const { recipe } = options;
  const [protocol] = Object.keys(recipe.protocols);
  const [{ name }] = networkPlans(recipe, protocol);
  const folderOf = (seed: number): string => join(place, `all-seed-${seed}`);
  const jobs = seeds.map((seed) => ({
    kind: 'examples' as const,
    run: `${name}, all patients, seed ${seed}`,
    folder: folderOf(seed),
    recipe,
    protocol,
    network: name,
    seed,
    fold: null,
    dataFolder: options.dataFolder,
    cacheFolder: options.cacheFolder,
    checkpointSteps: options.checkpointSteps ?? 100,
  }));
  await runJobs(jobs, options.workers, options.onEvent ?? (() => {}), options);
  return Promise.all(seeds.map((seed) => resultOf(folderOf(seed))));
}

async function resultOf(folder: string): Promise<ExampleJobResult> {
  const result = await readExampleJobResult(folder);
  if (result !== undefined) return result;
  throw new EcgError('not-found', `rhythm: no result in ${folder}, run again to go on`);
}

function trainingOf(
  { recipe, software }: TrainRhythmOptions,
  seeds: readonly number[],
): ClassifierCard['training'] {
  return {
    recipe: `${recipe.name} ${recipe.version}`,
    recipeSha256: recipeSha256(recipe),
    seeds: [...seeds],
    date: new Date().toISOString().slice(0, 10),
    software,
  };
}

function cardMetrics(folds: readonly RhythmFold[]): ClassifierCard['metrics'] {
  const all = folds.map(({ answers }) => answers);
  const joined = (of: 'reference' | 'answers') => Uint8Array.from(all.flatMap((part) => [...part[of]]));
  const { score, f1 } = challengeScore(challengeConfusion(joined('reference'), joined('answers')));
  const split = `${folds.length} folds by patient, ${joined('reference').length} recordings of cinc2017`;
  const metric = (id: string, value: number) => ({ id, value, unit: 'fraction', split });
  return [
    metric('challenge-f1', score),
    metric('challenge-f1-n', f1.N),
    metric('challenge-f1-a', f1.A),
    metric('challenge-f1-o', f1.O),
  ];
}
