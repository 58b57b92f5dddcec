import { BEAT_CLASSES, type Random } from '../core/index.js';
import type { BeatSet } from './dataset.js';

/** Draws beats, with replacement. */
export interface Sampler {
  /** Index into the set. */
  draw(random: Random): number;
  /** Share of each class among the drawn beats. */
  readonly classShares: readonly number[];
}

/**
 * A sampler in which each beat counts (beats of its record and class)^−power, times its class's factor: large
 * records and common classes are drawn less, yet no handful of beats is repeated for ever.
 */
export function createSampler(set: BeatSet, power: number, classes: readonly number[]): Sampler {
  const kinds = BEAT_CLASSES.length;
  const cell = (i: number): number => set.record[i] * kinds + set.label[i];
  const counts = new Float64Array(set.records.length * kinds);
  for (let i = 0; i < set.label.length; i++) counts[cell(i)]++;
  const cumulative = new Float64Array(set.label.length);
  const shares = new Array<number>(kinds).fill(0);
  let sum = 0;
  for (let i = 0; i < set.label.length; i++) {
    const weight = counts[cell(i)] ** -power * classes[set.label[i]];
    sum += weight;
    shares[set.label[i]] += weight;
    cumulative[i] = sum;
  }
  return {
    classShares: shares.map((share) => share / sum),
    draw: (random) => {
      const at = random.next() * sum;
      let low = 0;
      let high = cumulative.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (cumulative[middle] > at) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  };
}
