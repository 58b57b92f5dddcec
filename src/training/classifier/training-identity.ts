import type { ParameterSpec } from '../../nn/index.js';
import { fingerprint } from '../checkpoint.js';
import { type ExampleSet, exampleSize } from '../examples/example-set.js';
import type { TrainClassifierOptions } from './train-classifier.js';

/** Examples of a set whose numbers are looked at. */
const LOOKED_AT = 64;

/** What a training is made of, shortened: configuration, network, examples and seed. */
export function classifierIdentity(
  { config, set, train, validation, extra, seed }: TrainClassifierOptions,
  parameters: readonly ParameterSpec[],
): string {
  const layers = parameters.map(({ name, shape }) => [name, ...shape]);
  const made = extra === undefined ? [] : describe(extra, [...extra.label.keys()]);
  const text = JSON.stringify([config, layers, describe(set, train), [...validation], made]);
  return `${fingerprint(text)}-${seed}`;
}

/** Records, classes, the chosen examples with their labels, and some of their numbers. */
function describe(set: ExampleSet, chosen: ArrayLike<number>): unknown[] {
  const size = exampleSize(set);
  const indices = Array.from(chosen);
  const some = indices.filter((_, k) => k % Math.ceil(indices.length / LOOKED_AT) === 0);
  return [
    set.records.map(({ id }) => id),
    set.classes,
    set.shape,
    indices,
    indices.map((i) => set.label[i]),
    some.map((i) => [...set.data.subarray(i * size, i * size + Math.min(size, 64))]),
  ];
}
