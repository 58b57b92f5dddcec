import { createRandom } from '../../core/index.js';
import { augmentExample } from './augmentation.js';
import type { ExampleOrder } from './example-order.js';
import type { TrainingConfig } from './training-config.js';
import type { TrainingPool } from './training-pool.js';

/** Input of one step, overwritten by the next one's. */
export interface ExampleBatch {
  /** [batch, ...shape] */
  readonly x: Float32Array;
  /** [batch, classes], 1 for the class of the row. */
  readonly targets: Float32Array;
  /** [batch], 0 for rows that only fill the batch up. */
  readonly weights: Float32Array;
}

/**
 * The batch of each step, the same for the same seed and step in whatever order they are asked for.
 *
 * One set of arrays serves all steps: a step needs no memory of its own, and a row costs its copy and its
 * augmentation.
 */
export function exampleBatches(
  pool: TrainingPool,
  order: ExampleOrder,
  { augmentation, batchSize }: Pick<TrainingConfig, 'augmentation' | 'batchSize'>,
  seed: number,
): (step: number) => ExampleBatch {
  const size = pool.shape.reduce((product, n) => product * n, 1);
  const classes = pool.classes.length;
  const chosen = new Int32Array(batchSize);
  const batch: ExampleBatch = {
    x: new Float32Array(batchSize * size),
    targets: new Float32Array(batchSize * classes),
    weights: new Float32Array(batchSize),
  };
  const rows = Array.from({ length: batchSize }, (_, row) => batch.x.subarray(row * size, (row + 1) * size));
  const scratch = new Float32Array(size);
  return (step) => {
    // A generator a step: resuming needs no generator's state.
    const random = createRandom(Math.imul(seed + 1, 0x9e3779b1) + step);
    const counted = order.fill(step, chosen);
    batch.targets.fill(0);
    batch.weights.fill(1, 0, counted).fill(0, counted);
    for (let row = 0; row < batchSize; row++) {
      pool.copy(chosen[row], batch.x, row * size);
      augmentExample(rows[row], pool.shape, augmentation, random, scratch);
      batch.targets[row * classes + pool.label[chosen[row]]] = 1;
    }
    return batch;
  };
}
