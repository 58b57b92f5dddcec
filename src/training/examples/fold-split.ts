import { EcgError } from '../../core/index.js';
import { patientFolds } from '../folds.js';
import type { ExampleSet, ExampleSplit } from './example-set.js';

/** Which part of a cross-validation over patients. */
export interface FoldChoice {
  readonly index: number;
  readonly count: number;
  readonly seed: number;
  /** The patients of the split's training and validation part, or all of the set. */
  readonly over: 'training' | 'all';
}

/**
 * The split of one fold: its patients' examples are the test, all others are trained on; none validate.
 *
 * @throws EcgError `bad-option` with fewer patients than folds, or when a class would have no example to train on
 */
export function foldSplit(set: ExampleSet, split: ExampleSplit, fold: FoldChoice): ExampleSplit {
  const covered =
    fold.over === 'all'
      ? Int32Array.from({ length: set.label.length }, (_, i) => i)
      : Int32Array.from([...split.train, ...split.validation]).sort();
  const classes = set.classes.length;
  const counts = set.records.map(() => new Array<number>(classes).fill(0));
  for (const i of covered) counts[set.record[i]][set.label[i]]++;
  const present = set.records.flatMap((_, r) => (counts[r].some((n) => n > 0) ? [r] : []));
  const folds = patientFolds(
    present.map((r) => ({ id: set.records[r].id, patient: set.records[r].patient, counts: counts[r] })),
    fold.count,
    fold.seed,
    set.classes,
  );
  const foldOf = new Int32Array(set.records.length).fill(-1);
  present.forEach((r, i) => {
    foldOf[r] = folds[i];
  });
  const test = covered.filter((i) => foldOf[set.record[i]] === fold.index);
  const train = covered.filter((i) => foldOf[set.record[i]] !== fold.index);
  set.classes.forEach((name, c) => {
    const has = (part: Int32Array): boolean => part.some((i) => set.label[i] === c);
    if (has(train)) return;
    throw new EcgError(
      'bad-option',
      `fold ${fold.index + 1} of ${fold.count}: class ${name} has no example outside it (${has(test) ? 'all of its patients fall into it' : 'nor in it'}), use another fold seed, fewer folds or more records`,
    );
  });
  return { train, validation: new Int32Array(0), test };
}

/** Every `n`-th example of each side, at least one of each class: for trying a recipe out in minutes. */
export function thinSplit(set: ExampleSet, split: ExampleSplit, every: number): ExampleSplit {
  const thin = (part: Int32Array): Int32Array => {
    const seen = new Int32Array(set.classes.length);
    return part.filter((i) => seen[set.label[i]]++ % every === 0);
  };
  return { train: thin(split.train), validation: thin(split.validation), test: thin(split.test) };
}
