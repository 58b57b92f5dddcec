import { parentPort, workerData } from 'node:worker_threads';
import { fuzzInput } from '../tests/fuzz/inputs.js';
import { judge } from '../tests/fuzz/judge.js';
import { fuzzSeeds } from '../tests/fuzz/seeds.js';

/** One share of the inputs: from, from + step, … below `inputs`. */
interface Share {
  readonly seed: number;
  readonly from: number;
  readonly step: number;
  readonly inputs: number;
  /** The index under way, for the watch that ends a hang. */
  readonly at: Int32Array;
}

const { seed, from, step, inputs, at } = workerData as Share;
const seeds = fuzzSeeds();
for (let index = from; index < inputs; index += step) {
  Atomics.store(at, 0, index);
  const input = fuzzInput(seeds, seed, index);
  parentPort?.postMessage({ index, reader: input.reader, verdict: await judge(input) });
}
