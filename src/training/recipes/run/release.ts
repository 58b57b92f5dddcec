import { createRandom, EcgError } from '../../../core/index.js';
import { buildNetwork, type ClassifierCard, sealClassifier, softmax } from '../../../models/index.js';
import { type Network, quantiseModel, type Runtime, type Tensor } from '../../../nn/index.js';
import { exportClassifier } from '../../classifier/classifier-plan.js';
import { predictExamples } from '../../classifier/predict-examples.js';
import { copyExample, type ExampleSet, exampleSize } from '../../examples/example-set.js';
import type { TrainedNumbers } from '../../loop/training-loop.js';
import { abstainThreshold, fitTemperature } from '../../temperature.js';
import type { NetworkPlan, Recipe } from '../recipe.js';
import type { Prepared, Task } from '../task.js';
import { labelsOf, scoresOf } from './scores.js';

/** What a released network is made of. */
export interface ReleaseInput {
  readonly recipe: Recipe;
  readonly recipeSha256: string;
  readonly task: Task;
  readonly protocol: string;
  readonly plan: NetworkPlan;
  readonly prepared: Prepared;
  readonly seed: number;
  readonly numbers: TrainedNumbers;
  /** What the numbers are of, where it is not the plan's network: several of them joined. */
  readonly network?: Network;
  /** Of the split's validation examples; empty without any. */
  readonly validationLogits: Float32Array;
  /** ISO 8601 day. */
  readonly date: string;
  readonly software: string;
  /** What its card says otherwise: a calibration on held-out examples, figures, limits. */
  readonly card?: Partial<ClassifierCard>;
}

const BATCH = 64;

/**
 * A trained network as two files, single precision and 8-bit integers, each with its card and golden vectors.
 *
 * Both carry the temperature fitted on the validation examples' single-precision logits.
 */
export async function releaseNetwork(
  runtime: Runtime,
  input: ReleaseInput,
): Promise<{ fp32: Uint8Array; int8: Uint8Array }> {
  const { plan, prepared, recipe } = input;
  const { set, split } = prepared;
  const network =
    input.network ?? buildNetwork(plan.network, { shape: set.shape, classes: set.classes.length });
  const bytes = exportClassifier(network, set.shape, input.numbers);
  const card = { ...cardOf(input), ...input.card };
  const calibration = drawExamples(split.train, recipe.quantisation.examples, input.seed);
  const quantised = await quantiseFor(runtime, bytes, batchesOf(set, calibration), prepared);
  return {
    fp32: await sealClassifier(bytes, card, runtime),
    int8: await sealClassifier(quantised, { ...card, quantised: true }, runtime),
  };
}

/** Macro-F1 by which 7-bit weights may fall behind on the validation examples before 8 bits are tried. */
const SMALL_LOSS = 0.002;

/**
 * The network in integers: with weights of 7 bits, which all processors add up alike, unless the validation examples
 * lose by them and less by 8.
 */
async function quantiseFor(
  runtime: Runtime,
  bytes: Uint8Array,
  calibration: readonly Record<string, Tensor>[],
  { set, split }: Prepared,
): Promise<Uint8Array> {
  const classes = set.classes.length;
  const labels = labelsOf({ set }, split.validation);
  const macroF1 = async (network: Uint8Array): Promise<number> =>
    scoresOf(await predictExamples(runtime, network, set, split.validation), labels, classes).macroF1;
  const seven = (await quantiseModel(runtime, bytes, calibration)).bytes;
  if (labels.length === 0) return seven;
  const reached = await macroF1(seven);
  if ((await macroF1(bytes)) - reached <= SMALL_LOSS) return seven;
  const eight = (await quantiseModel(runtime, bytes, calibration, { weightBits: 8 })).bytes;
  return (await macroF1(eight)) > reached ? eight : seven;
}

/** The temperature and the abstaining threshold that the validation examples ask for; 1 and 0 without any. */
export function calibrateOn(
  logits: Float32Array,
  labels: Uint8Array,
  classes: number,
  coverage: number,
): { temperature: number; leastProbability: number } {
  if (labels.length === 0) return { temperature: 1, leastProbability: 0 };
  const temperature = fitTemperature(logits, labels, classes);
  const probabilities = softmax(logits, classes, temperature);
  return { temperature, leastProbability: abstainThreshold(probabilities, classes, coverage) };
}

function cardOf(input: ReleaseInput): ClassifierCard {
  const { recipe, task, plan, prepared, protocol } = input;
  const { set, split, label } = prepared;
  const labels = labelsOf(prepared, split.validation);
  const calibration = calibrateOn(
    input.validationLogits,
    labels,
    set.classes.length,
    recipe.calibration.coverage,
  );
  const training = bySource(set, split.train);
  const synthetic = training.every(({ database }) => database === 'synthetic');
  const said = task.card?.(protocol);
  const meaning = new Map(task.labels.map((entry) => [entry.class, entry]));
  return {
    format: 'ectopy-classifier-1',
    task: task.name,
    name: `${recipe.name}-${plan.name}`,
    version: recipe.version,
    ...(said !== undefined && { summary: said.summary }),
    labels: set.classes.map((name) => {
      const entry = meaning.get(name);
      if (entry !== undefined) return entry;
      throw new EcgError('bad-option', `${task.name}: class ${name} of the examples has no meaning`);
    }),
    input: prepared.input,
    shape: [...set.shape],
    calibration: { ...calibration, basis: `${labels.length} validation examples` },
    data: {
      training,
      heldOut: label.leaky ? [] : bySource(set, split.test),
      protocol,
      leaky: label.leaky,
      patientSplit: label.title,
      licence: synthetic
        ? 'Apache-2.0 (recordings of the generator)'
        : 'Open Data Commons Attribution License v1.0 (PhysioNet)',
    },
    quantised: false,
    metrics: [],
    training: {
      recipe: `${recipe.name} ${recipe.version}`,
      recipeSha256: input.recipeSha256,
      seeds: [input.seed],
      date: input.date,
      software: input.software,
    },
    licence: 'Apache-2.0',
    intendedUse: 'Research use only. Not a medical device; not for diagnosis or treatment.',
    limitations: [
      ...(label.leaky
        ? [
            'LEAKY: the same patients were trained on and tested, to repeat a published protocol; its figures do not hold for a new patient.',
          ]
        : []),
      synthetic
        ? 'Trained on synthetic recordings: its figures say nothing about real ones.'
        : 'Trained on few patients of one laboratory, recorded 1975 to 1990.',
      ...(said?.limitations ?? []),
    ],
  };
}

/** `mitdb/100, mitdb/101` as `[{ database: 'mitdb', records: ['100', '101'] }]`. */
function bySource(set: ExampleSet, part: Int32Array): ClassifierCard['data']['training'] {
  const used = new Set<number>();
  for (const i of part) used.add(set.record[i]);
  const ids = set.records.flatMap(({ id }, r) => (used.has(r) ? [id] : []));
  const databases = [...new Set(ids.map((id) => id.split('/')[0]))];
  return databases.map((database) => ({
    database,
    records: ids
      .filter((id) => id.split('/')[0] === database)
      .map((id) => id.slice(database.length + 1) || id),
  }));
}

/** At most `count` of them, none twice. */
function drawExamples(from: Int32Array, count: number, seed: number): Int32Array {
  const pool = from.slice();
  const random = createRandom(seed);
  const n = Math.min(count, pool.length);
  for (let i = 0; i < n; i++) {
    const j = i + random.integer(pool.length - i);
    [pool[i], pool[j]] = [pool[j], pool[i]];
  }
  return pool.subarray(0, n);
}

function batchesOf(set: ExampleSet, chosen: Int32Array): Record<string, Tensor>[] {
  const size = exampleSize(set);
  return Array.from({ length: Math.ceil(chosen.length / BATCH) }, (_, b) => {
    const rows = chosen.subarray(b * BATCH, (b + 1) * BATCH);
    const data = new Float32Array(rows.length * size);
    rows.forEach((i, row) => {
      copyExample(set, i, data, row * size);
    });
    return { x: { data, shape: [rows.length, ...set.shape] } };
  });
}
