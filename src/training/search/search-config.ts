import * as v from 'valibot';

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const wholePositive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const integer = v.pipe(v.number(), v.safeInteger());
const finite = v.pipe(v.number(), v.finite());
/** Where a value stands in the configuration: `training.learningRate`, `data.bands.0`. */
const path = v.pipe(v.string(), v.regex(/^[^.\s]+(\.[^.\s]+)*$/, 'Expected names or indices between dots'));
/** Values a grid takes from a continuous range, ends included. */
const steps = v.optional(v.pipe(wholePositive, v.minValue(2)));

/** One value that is searched. */
const DimensionSchema = v.variant('kind', [
  v.strictObject({ path, kind: v.literal('linear'), low: finite, high: finite, steps }),
  v.strictObject({ path, kind: v.literal('log'), low: v.pipe(finite, v.gtValue(0)), high: finite, steps }),
  v.strictObject({ path, kind: v.literal('integer'), low: integer, high: integer }),
  v.strictObject({ path, kind: v.literal('choice'), values: v.pipe(v.array(v.unknown()), v.minLength(1)) }),
]);

/** How the values of a configuration are searched; the highest figure is the best. */
export const SearchSchema = v.pipe(
  v.strictObject({
    method: v.picklist(['tpe', 'grid', 'random']),
    /** Trainings at most; a grid ends with its last point. */
    trials: wholePositive,
    /** Of each trial, in place of the recipe's. */
    epochs: wholePositive,
    seed: whole,
    /** Ends a trial whose best figure so far is under this quantile of the others' at the same epoch; null for never. */
    pruning: v.nullable(
      v.strictObject({
        /** Epochs no trial is ended in. */
        warmup: whole,
        /** 0.5 for the median. */
        quantile: v.pipe(v.number(), v.gtValue(0), v.ltValue(1)),
      }),
    ),
    space: v.pipe(
      v.array(DimensionSchema),
      v.minLength(1),
      v.check((space) => new Set(space.map((d) => d.path)).size === space.length, 'Expected each path once'),
      v.check(
        (space) => space.every((d) => d.kind === 'choice' || d.low < d.high),
        'Expected low below high',
      ),
    ),
  }),
  v.check(
    ({ method, space }) =>
      method !== 'grid' ||
      space.every((d) => d.kind === 'choice' || d.kind === 'integer' || d.steps !== undefined),
    "Expected 'steps' of every linear and log range of a grid",
  ),
);

/** See `SearchSchema`. */
export type Search = v.InferOutput<typeof SearchSchema>;
export type Dimension = Search['space'][number];

/** A value for each path of the space. */
export type Point = Readonly<Record<string, unknown>>;

/** A figure of a trial after an epoch; higher is better. */
export interface EpochValue {
  readonly epoch: number;
  readonly value: number;
}

/** A trial that ended. */
export interface Trial {
  readonly index: number;
  readonly point: Point;
  /** `failed` when its figure is not a number, as of a training that diverged. */
  readonly state: 'done' | 'pruned' | 'failed';
  /** Higher is better; null when failed. */
  readonly value: number | null;
  readonly epochs: readonly EpochValue[];
}
