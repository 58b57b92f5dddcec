import { createRandom, EcgError, type Random } from '../core/index.js';
import { type Shape, sizeOf, type Value } from './graph.js';
import type { Initialiser } from './initialisers.js';

/** What the layers ask for while a network is built. */
export interface Builder {
  /** Whether the graph is for training: dropout acts, batch norm uses the batch, recurrence is unrolled. */
  readonly training: boolean;
  /** A trainable array. `decay` says whether weight decay acts on it. */
  parameter(name: string, shape: Shape, initialise: Initialiser, options?: { decay?: boolean }): Value;
  /** Running means and variances of `channels` channels; in training a private copy to overwrite. */
  statistics(name: string, channels: number): { mean: Value; variance: Value };
  /** In training: the batch's means and variances, from `count` values a channel, for the running ones. */
  observe(name: string, mean: Value, variance: Value, count: number, momentum: number): void;
  /** In training: an array that is 1 / (1 − rate) with probability 1 − rate, else 0, new at each step. */
  mask(name: string, shape: Shape, rate: number): Value;
}

/**
 * A network: from the named inputs to the named outputs. It is called once for each graph that is made of it, so it
 * must do the same each time; sizes of the batch may only appear as −1 in `reshape`.
 */
export type Network = (
  builder: Builder,
  inputs: Readonly<Record<string, Value>>,
) => Readonly<Record<string, Value>>;

/** Where a parameter lies in the flat vector of all. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: Shape;
  readonly offset: number;
  readonly decay: boolean;
  readonly initialise: Initialiser;
}

/** Where a batch norm's running means, followed by its variances, lie in the flat vector of all. */
export interface StatisticsSpec {
  readonly name: string;
  readonly channels: number;
  readonly offset: number;
  readonly momentum: number;
  /** Values a channel in a batch: the running variance is that of a sample, n / (n − 1). */
  readonly count: number;
}

/** Where a dropout's mask lies in the flat vector of all. */
export interface MaskSpec {
  readonly name: string;
  readonly size: number;
  readonly offset: number;
  readonly rate: number;
}

/** Shapes of a network's inputs; `'N'` stands for the batch. */
export type InputShapes = Readonly<Record<string, readonly (number | 'N')[]>>;

/** The builder under a name: parameters of `scoped(b, 'stem')` are called `stem.…`. */
export function scoped(builder: Builder, prefix: string): Builder {
  const name = (inner: string) => `${prefix}.${inner}`;
  return {
    training: builder.training,
    parameter: (inner, ...rest) => builder.parameter(name(inner), ...rest),
    statistics: (inner, channels) => builder.statistics(name(inner), channels),
    observe: (inner, ...rest) => builder.observe(name(inner), ...rest),
    mask: (inner, ...rest) => builder.mask(name(inner), ...rest),
  };
}

/** The generator of one named thing: what a parameter starts from does not depend on the others. */
function randomFor(seed: number, name: string): Random {
  let hash = seed | 0;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return createRandom(hash);
}

/** The first numbers of all parameters. */
export function initialParameters(specs: readonly ParameterSpec[], seed: number): Float32Array {
  const flat = new Float32Array(totalSize(specs));
  for (const { name, shape, offset, initialise } of specs)
    flat.set(initialise(shape, randomFor(seed, name)), offset);
  return flat;
}

/** Numbers in a flat vector of parameters. */
export function totalSize(specs: readonly ParameterSpec[]): number {
  return specs.reduce((sum, spec) => sum + sizeOf(spec.shape), 0);
}

/** Refuses a second use of a name: two layers would share numbers without saying so. */
export function claimName(names: Set<string>, name: string): void {
  if (names.has(name))
    throw new EcgError(
      'bad-option',
      `nn: two parts of the network are called ${name}, rename one or use scoped`,
    );
  names.add(name);
}
