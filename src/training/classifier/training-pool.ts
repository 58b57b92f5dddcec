import { EcgError } from '../../core/index.js';
import { type ExampleSet, exampleSize } from '../examples/example-set.js';

/** All examples that are trained on, in one row, wherever they lie. */
export interface TrainingPool {
  readonly classes: readonly string[];
  readonly shape: readonly number[];
  /** Class of each example. */
  readonly label: Uint8Array;
  /** Copies example `index` as numbers into `into` at `at`. */
  copy(index: number, into: Float32Array, at: number): void;
}

/** A division a byte would cost more than the network's first layer. */
const BYTE_VALUES = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/**
 * The chosen examples of a set, then all of the others.
 *
 * @throws EcgError `bad-shape` when the others have another shape or other classes; `bad-option` for a chosen index
 *   outside the set
 */
export function trainingPool(
  set: ExampleSet,
  chosen: Int32Array,
  others: readonly ExampleSet[],
): TrainingPool {
  for (const other of others) checkSame(set, other);
  const wrong = chosen.find((i) => i < 0 || i >= set.label.length);
  if (wrong !== undefined) {
    throw new EcgError('bad-option', `training: example ${wrong} of a set of ${set.label.length}`);
  }
  const size = exampleSize(set);
  const label = new Uint8Array(others.reduce((sum, other) => sum + other.label.length, chosen.length));
  chosen.forEach((i, at) => {
    label[at] = set.label[i];
  });
  const starts: number[] = [];
  let start = chosen.length;
  for (const other of others) {
    label.set(other.label, start);
    starts.push(start);
    start += other.label.length;
  }
  return {
    classes: set.classes,
    shape: set.shape,
    label,
    copy: (index, into, at) => {
      if (index < chosen.length) {
        copyNumbers(set.data, chosen[index] * size, size, into, at);
        return;
      }
      let part = starts.length - 1;
      while (index < starts[part]) part--;
      copyNumbers(others[part].data, (index - starts[part]) * size, size, into, at);
    },
  };
}

/**
 * Examples of each class.
 * @throws EcgError `too-short` for fewer than two classes, or naming those without an example
 */
export function countsOf({ classes, label }: TrainingPool, run: string): number[] {
  if (classes.length < 2) {
    throw new EcgError(
      'too-short',
      `training ${run}: the examples have the class ${classes.join()} only, give at least two`,
    );
  }
  const counts = new Array<number>(classes.length).fill(0);
  for (const c of label) counts[c]++;
  const missing = classes.filter((_, c) => counts[c] === 0);
  if (missing.length > 0) {
    throw new EcgError(
      'too-short',
      `training ${run}: no training example of class ${missing.join(', ')} (${classes.map((name, c) => `${name} ${counts[c]}`).join(', ')}), move records with it to the training side or leave the class out`,
    );
  }
  return counts;
}

function copyNumbers(
  data: ExampleSet['data'],
  from: number,
  size: number,
  into: Float32Array,
  at: number,
): void {
  if (data instanceof Float32Array) {
    into.set(data.subarray(from, from + size), at);
    return;
  }
  for (let i = 0; i < size; i++) into[at + i] = BYTE_VALUES[data[from + i]];
}

function checkSame(set: ExampleSet, other: ExampleSet): void {
  if (other.shape.join() === set.shape.join() && other.classes.join() === set.classes.join()) return;
  throw new EcgError(
    'bad-shape',
    `training: added examples [${other.shape}] of ${other.classes} do not fit those of the set, [${set.shape}] of ${set.classes}`,
  );
}
