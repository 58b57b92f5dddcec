import { createRandom, type RunOptions } from '../../core/index.js';
import { type ExampleSet, exampleSize } from '../examples/example-set.js';
import { shuffle } from '../shuffle.js';
import { drawGenerated } from './draw-generated.js';
import { type Memorisation, measureMemorisation } from './memorisation.js';
import { examplesOf } from './synthesise-examples.js';

/** What generated examples look like, and whether they repeat those that were learned from. */
export interface GeneratedReview {
  /** The classes that were generated. */
  readonly classes: readonly { readonly name: string; readonly memorisation: Memorisation }[];
  /** Real ones of the training part beside generated ones, drawn at random: SVG. */
  readonly picture: string;
}

/**
 * A look at what `synthesiseExamples` made of a set.
 *
 * @param train    indices it was given
 * @param heldOut  indices of real examples it was not given, whose distances are the measure; may be empty
 * @throws EcgError `cancelled`
 */
export async function reviewGenerated(
  set: ExampleSet,
  train: Int32Array,
  heldOut: Int32Array,
  made: ExampleSet,
  seed: number,
  options: RunOptions = {},
): Promise<GeneratedReview> {
  const size = exampleSize(set);
  const all = Int32Array.from(made.label.keys());
  const present = set.classes.flatMap((name, index) => (made.label.includes(index) ? [{ name, index }] : []));
  const classes = present.map(({ name, index }) => ({
    name,
    train: examplesOf(set, train, index),
    heldOut: examplesOf(set, heldOut, index),
    generated: examplesOf(made, all, index),
  }));
  const measured: { name: string; memorisation: Memorisation }[] = [];
  for (const { name, ...data } of classes)
    measured.push({ name, memorisation: await measureMemorisation({ size, ...data }, seed, options) });
  const drawn = classes.map(({ name, train: real, generated }) => ({
    name,
    real: shuffled(real, size, seed),
    generated: shuffled(generated, size, seed),
  }));
  return { classes: measured, picture: drawGenerated('Real and generated examples', set.shape, drawn) };
}

/** The examples [n, size] in a random order. */
function shuffled(data: Float32Array, size: number, seed: number): Float32Array {
  const order = shuffle(
    Int32Array.from({ length: data.length / size }, (_, i) => i),
    createRandom(seed),
  );
  const result = new Float32Array(data.length);
  for (const [at, i] of order.entries()) result.set(data.subarray(i * size, (i + 1) * size), at * size);
  return result;
}
