import type { InputContract } from '../contract.js';

/** The mean interval of a stream up to now, over the contract's reach; the counterpart of `meanIntervals`. */
export interface MeanInterval {
  /**
   * Takes an interval, NaN where none is known.
   * @param time  s, of the beat that ends it; ascending
   */
  add(time: number, interval: number): void;
  /** s; 1 where none was known yet. */
  mean(): number;
}

/** Parts of the reach that are forgotten together. */
const PARTS = 32;

/** No interval yet. Sums are kept for parts of the reach, so that a month takes no more memory than an hour. */
export function createMeanInterval({ shortest, longest, meanReach }: InputContract['rr']): MeanInterval {
  const sums = new Float64Array(PARTS);
  const counts = new Int32Array(PARTS);
  const width = meanReach / (PARTS - 1);
  let part = Number.NaN;
  let last = 1;
  return {
    add(time, interval) {
      const now = Math.floor(time / width);
      const gone = Number.isNaN(part) ? PARTS : Math.min(PARTS, now - part);
      for (let k = 0; k < gone; k++) {
        const slot = (((now - k) % PARTS) + PARTS) % PARTS;
        sums[slot] = 0;
        counts[slot] = 0;
      }
      part = now;
      if (!(interval > shortest && interval < longest)) return;
      const slot = ((now % PARTS) + PARTS) % PARTS;
      sums[slot] += interval;
      counts[slot]++;
    },
    mean() {
      let sum = 0;
      let count = 0;
      for (let k = 0; k < PARTS; k++) {
        sum += sums[k];
        count += counts[k];
      }
      // Where all is forgotten, the last that was known stands.
      if (count > 0) last = sum / count;
      return last;
    },
  };
}
