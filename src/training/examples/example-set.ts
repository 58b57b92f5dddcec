/** Labelled examples of one shape in one array, which can lie on disk as it is. */
export interface ExampleSet {
  /** Names of the classes, in the order of the labels. */
  readonly classes: readonly string[];
  /** Shape of one example, without the batch: [1, 187], [1, 128, 128]. */
  readonly shape: readonly number[];
  /** [count, ...shape], row major. Bytes stand for 0…1 in 255 steps: pictures. */
  readonly data: Float32Array | Uint8Array;
  /** Index into `classes` of each example. */
  readonly label: Uint8Array;
  /** Index into `records` of each example. */
  readonly record: Uint16Array;
  readonly records: readonly ExampleRecord[];
}

/** A recording examples were cut from. */
export interface ExampleRecord {
  /** With its database: `mitdb/100`. */
  readonly id: string;
  /** Records of one patient share this. */
  readonly patient: string;
}

/** Which examples of a set are trained on, choose the best epoch, and are scored: indices, none twice. */
export interface ExampleSplit {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

/** Numbers of one example. */
export function exampleSize(set: Pick<ExampleSet, 'shape'>): number {
  return set.shape.reduce((product, n) => product * n, 1);
}

/** Copies example `index` as numbers into `into` at `at`; bytes become 0…1. */
export function copyExample(set: ExampleSet, index: number, into: Float32Array, at: number): void {
  const size = exampleSize(set);
  const from = index * size;
  if (set.data instanceof Float32Array) {
    into.set(set.data.subarray(from, from + size), at);
    return;
  }
  for (let i = 0; i < size; i++) into[at + i] = set.data[from + i] / 255;
}

/** Examples of each class among those chosen. */
export function countExamples(set: ExampleSet, chosen: ArrayLike<number>): number[] {
  const counts = new Array<number>(set.classes.length).fill(0);
  for (let i = 0; i < chosen.length; i++) counts[set.label[chosen[i]]]++;
  return counts;
}
