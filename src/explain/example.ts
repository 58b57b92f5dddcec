/** One example: its inputs by name, row major, without the batch. */
export type Example = Readonly<Record<string, Float32Array>>;

/** The shape of each input without the batch, as [channels, samples] or [features]. */
export type ExampleShapes = Readonly<Record<string, readonly number[]>>;

/** What is explained, of `n` examples one after the other: one number each, as the probability of a class. */
export type Score = (inputs: Example, n: number) => Promise<ArrayLike<number>>;

/** A stretch of one row (channel) of an input; `to` is exclusive. The only row of features is 0. */
export interface Run {
  readonly input: string;
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/** What is taken away or put back as one: a stretch of time in some channels, or a group of features. */
export interface Part {
  readonly name: string;
  readonly runs: readonly Run[];
}

/** Where a run lies in the flat numbers of its input. */
export function placeOf({ input, row, from, to }: Run, shapes: ExampleShapes): { from: number; to: number } {
  const length = shapes[input].at(-1) as number;
  return { from: row * length + from, to: row * length + to };
}
