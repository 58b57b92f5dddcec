import { EcgError, type RunOptions } from '../../core/index.js';
import type { Runtime } from '../../nn/index.js';
import type { TrainingConfig } from '../classifier/training-config.js';
import { copyExample, countExamples, type ExampleSet, exampleSize } from '../examples/example-set.js';
import { generate } from './generate.js';
import { checkEnough, trainGenerator } from './train-generator.js';

/** Which classes are filled up, how far, and how their generators are trained. */
export type GanConfig = NonNullable<TrainingConfig['gan']>;

/**
 * Generated examples that fill the configured classes up to `share` of the largest one, each class by a generator that
 * has seen the training examples of that class only. Classes that are as large already get none.
 *
 * @param train  indices of the training examples; no other example is looked at
 * @returns the generated examples alone, under records `generated/S`; their patient is nobody
 * @throws EcgError `bad-option` for a class the set does not have; `too-short` naming a class below 16 training
 *   examples; `unsupported` for pictures; `cancelled`
 */
export async function synthesiseExamples(
  runtime: Runtime,
  set: ExampleSet,
  train: Int32Array,
  config: GanConfig,
  seed: number,
  options: RunOptions = {},
): Promise<ExampleSet> {
  const size = exampleSize(set);
  const wanted = missingExamples(set, train, config);
  const total = wanted.reduce((sum, { missing }) => sum + missing, 0);
  const data = new Float32Array(total * size);
  const label = new Uint8Array(total);
  const record = new Uint16Array(total);
  let at = 0;
  for (const [place, { name, index, missing }] of wanted.entries()) {
    const generator = await trainGenerator(runtime, {
      ...options,
      examples: examplesOf(set, train, index),
      shape: set.shape,
      // Of the class alone: leaving another class out changes nothing here.
      seed: seed * 256 + index,
      steps: config.steps,
      batchSize: config.batchSize,
      name,
    });
    data.set(await generate(runtime, generator, missing, seed * 256 + index, options), at * size);
    label.fill(index, at, at + missing);
    record.fill(place, at, at + missing);
    at += missing;
  }
  const records = wanted.map(({ name }) => ({ id: `generated/${name}`, patient: `generated/${name}` }));
  return { classes: set.classes, shape: set.shape, data, label, record, records };
}

/** Numbers of the chosen examples of one class, [n, ...shape]. */
export function examplesOf(set: ExampleSet, chosen: Int32Array, label: number): Float32Array {
  const own = chosen.filter((i) => set.label[i] === label);
  const size = exampleSize(set);
  const data = new Float32Array(own.length * size);
  for (const [row, i] of own.entries()) copyExample(set, i, data, row * size);
  return data;
}

function missingExamples(set: ExampleSet, train: Int32Array, { classes, share }: GanConfig) {
  const unknown = classes.filter((name) => !set.classes.includes(name));
  if (unknown.length > 0)
    throw new EcgError(
      'bad-option',
      `gan: no class ${unknown.join(', ')}, give some of ${set.classes.join(', ')}`,
    );
  const counts = countExamples(set, train);
  const target = Math.round(share * Math.max(...counts));
  const wanted = [...new Set(classes)]
    .map((name) => ({ name, index: set.classes.indexOf(name) }))
    .map((each) => ({ ...each, missing: target - counts[each.index] }))
    .filter(({ missing }) => missing > 0);
  // Before the first is trained: minutes would be lost.
  for (const { name, index } of wanted) checkEnough(name, counts[index]);
  return wanted;
}
