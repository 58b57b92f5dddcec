import {
  breatheWhenDue,
  createRandom,
  EcgError,
  type Random,
  type RunOptions,
  throwIfCancelled,
} from '../../core/index.js';
import { quantile } from '../../evaluation/index.js';
import { squaredDistance } from '../examples/squared-distance.js';

/** Examples whose nearest neighbour is looked for, at most; of more as many are drawn. */
const MOST_QUERIES = 500;

/** Signals of one class, [n, size] each. */
export interface MemorisationData {
  readonly size: number;
  readonly generated: Float32Array;
  /** What the generator was fitted to. */
  readonly train: Float32Array;
  /** Real examples it has not seen; may be empty. */
  readonly heldOut: Float32Array;
}

/** Distances to the nearest training example: root mean square over the numbers of an example, in their unit. */
interface NearestDistances {
  readonly examples: number;
  readonly median: number;
  /** The 1st percentile. */
  readonly near: number;
  /** Share nearer than 99 % of the training examples are to each other: about 0.01 for new real ones. */
  readonly shareTooNear: number;
}

/** How near generated examples come to those that were learned from, beside how near real ones come. */
export interface Memorisation {
  readonly generated: NearestDistances;
  /** Training examples to the nearest other one. */
  readonly train: NearestDistances;
  /** Null without held-out examples. */
  readonly heldOut: NearestDistances | null;
}

/**
 * Whether a generator repeats what it was shown. One that does has distances near 0 and many that are too near;
 * one that misses the class has a median far beyond that of held-out examples.
 *
 * Distances are of at most 500 examples of each kind to all training examples.
 *
 * @throws EcgError `bad-shape` for numbers that do not fill examples; `too-short` below two training examples or
 *   without generated ones; `cancelled`
 */
export async function measureMemorisation(
  data: MemorisationData,
  seed: number,
  options: RunOptions = {},
): Promise<Memorisation> {
  const { size, generated, train, heldOut } = data;
  for (const part of [generated, train, heldOut])
    if (!(size > 0) || part.length % size !== 0)
      throw new EcgError('bad-shape', `gan: ${part.length} numbers do not fill examples of ${size}`);
  if (train.length < 2 * size || generated.length < size)
    throw new EcgError(
      'too-short',
      `gan: ${train.length / size} training and ${generated.length / size} generated examples, give at least two and one`,
    );
  const random = createRandom(seed);
  const search = (queries: Float32Array, own: boolean) =>
    nearestDistances(queries, train, size, own, random, options);
  const among = await search(train, true);
  const limit = quantile(among, 0.01);
  return {
    generated: summarise(await search(generated, false), limit),
    train: summarise(among, limit),
    heldOut: heldOut.length === 0 ? null : summarise(await search(heldOut, false), limit),
  };
}

/** Sorted. `own` says that the queries are the references, none of which is its own neighbour. */
async function nearestDistances(
  queries: Float32Array,
  references: Float32Array,
  size: number,
  own: boolean,
  random: Random,
  options: RunOptions,
): Promise<Float64Array> {
  const chosen = draw(queries.length / size, random);
  const distances = new Float64Array(chosen.length);
  for (const [i, query] of chosen.entries()) {
    throwIfCancelled(options, 'gan: memorisation');
    await breatheWhenDue();
    let nearest = Number.POSITIVE_INFINITY;
    for (let r = 0; r < references.length / size; r++)
      if (!(own && r === query))
        nearest = Math.min(
          nearest,
          squaredDistance(queries, query * size, references, r * size, size, nearest),
        );
    distances[i] = Math.sqrt(nearest / size);
  }
  return distances.sort();
}

/** All indices below n, or 500 of them. */
function draw(n: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const count = Math.min(n, MOST_QUERIES);
  for (let i = 0; i < count && count < n; i++) {
    const j = i + random.integer(n - i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order.subarray(0, count);
}

function summarise(sorted: Float64Array, limit: number): NearestDistances {
  return {
    examples: sorted.length,
    median: quantile(sorted, 0.5),
    near: quantile(sorted, 0.01),
    shareTooNear: sorted.filter((distance) => distance < limit).length / sorted.length,
  };
}
