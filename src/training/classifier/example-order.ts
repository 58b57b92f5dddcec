import { createRandom } from '../../core/index.js';
import { shuffle } from '../shuffle.js';
import type { TrainingConfig } from './training-config.js';

/** Which examples make which step. */
export interface ExampleOrder {
  readonly stepsPerEpoch: number;
  /**
   * Fills `rows` with the examples of a step, the same whenever it is asked for.
   * @returns  how many of them count; after them, examples are repeated to fill the last batch of an epoch
   */
  fill(step: number, rows: Int32Array): number;
}

/**
 * The order in which examples are trained on: all shuffled anew each epoch, or drawn with replacement, an example
 * in proportion to (examples of its class)^−power.
 *
 * @param label   class of each example
 * @param counts  examples of each class, none 0
 */
export function exampleOrder(
  label: Uint8Array,
  counts: readonly number[],
  { power, epochShare }: TrainingConfig['sampling'],
  batchSize: number,
  seed: number,
): ExampleOrder {
  const perEpoch = Math.max(1, Math.round(epochShare * label.length));
  const stepsPerEpoch = Math.ceil(perEpoch / batchSize);
  const place = power === 0 ? shuffledEpochs(label.length, seed) : drawnSteps(label, counts, power, seed);
  return {
    stepsPerEpoch,
    fill: (step, rows) => {
      const epoch = Math.floor(step / stepsPerEpoch);
      const from = (step - epoch * stepsPerEpoch) * batchSize;
      const filled = Math.min(batchSize, perEpoch - from);
      place(step, epoch, from, rows.subarray(0, filled));
      // Real examples, not zeros: batch norms look at every row.
      for (let row = filled; row < batchSize; row++) rows[row] = rows[row - filled];
      return filled;
    },
  };
}

type Place = (step: number, epoch: number, from: number, rows: Int32Array) => void;

function shuffledEpochs(n: number, seed: number): Place {
  const order = new Int32Array(n);
  let shuffled = -1;
  return (_, epoch, from, rows) => {
    if (epoch !== shuffled) {
      for (let i = 0; i < n; i++) order[i] = i;
      shuffle(order, createRandom(Math.imul(seed + 1, 0x85ebca6b) + epoch));
      shuffled = epoch;
    }
    rows.set(order.subarray(from, from + rows.length));
  };
}

function drawnSteps(label: Uint8Array, counts: readonly number[], power: number, seed: number): Place {
  // A class first, then one of its examples: they are all alike.
  const members = counts.map((n) => new Int32Array(n));
  const ends = counts.map(() => 0);
  label.forEach((c, i) => {
    members[c][ends[c]++] = i;
  });
  const weights = counts.map((n) => n ** (1 - power));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return (step, _epoch, _from, rows) => {
    const random = createRandom(Math.imul(seed + 1, 0xc2b2ae35) + step);
    for (let row = 0; row < rows.length; row++) {
      let c = 0;
      for (let at = random.next() * total - weights[0]; at >= 0 && c < counts.length - 1; at -= weights[c])
        c++;
      rows[row] = members[c][random.integer(counts[c])];
    }
  };
}
