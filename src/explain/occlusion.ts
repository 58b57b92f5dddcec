import { breatheWhenDue } from '../core/index.js';
import { type Example, type ExampleShapes, type Part, placeOf, type Run, type Score } from './example.js';

/** Writes what stands in the place of a run into a copy of the example. */
export type Fill = (values: Float32Array, run: Run, shapes: ExampleShapes) => void;

/** Puts the baseline's numbers in. */
export function fillFrom(baseline: Example): Fill {
  return (values, run, shapes) => {
    const { from, to } = placeOf(run, shapes);
    values.set(baseline[run.input].subarray(from, to), from);
  };
}

/** Joins the samples on either side by a straight line; level from the one that is there at an end of the row. */
export const fillByLine: Fill = (values, run, shapes) => {
  const length = shapes[run.input].at(-1) as number;
  const { from, to } = placeOf(run, shapes);
  const before = run.from > 0 ? values[from - 1] : undefined;
  const after = run.to < length ? values[to] : undefined;
  const left = before ?? after ?? 0;
  const right = after ?? left;
  const steps = to - from + 1;
  for (let i = from; i < to; i++) values[i] = left + ((right - left) * (i - from + 1)) / steps;
};

/**
 * By how much a score falls when a part of an example is taken away: one number a part, negative where the part spoke
 * against it.
 *
 * Needs no gradients: it explains any network on any runtime, quantised ones too.
 *
 * @param batchSize  examples scored at a time; 64 when omitted
 *
 * Source: Zeiler & Fergus, ECCV 2014, arXiv:1311.2901, section 4.2. Departs: what is put in place is given by `fill`.
 */
export async function occlude(
  score: Score,
  example: Example,
  shapes: ExampleShapes,
  parts: readonly Part[],
  fill: Fill,
  batchSize = 64,
): Promise<Float64Array> {
  const names = Object.keys(shapes);
  const whole = (await score(example, 1))[0];
  const drops = new Float64Array(parts.length);
  for (let first = 0; first < parts.length; first += batchSize) {
    const some = parts.slice(first, first + batchSize);
    const inputs = Object.fromEntries(
      names.map((name) => [name, new Float32Array(some.length * example[name].length)]),
    );
    for (const [k, part] of some.entries()) {
      const own = rowOf(inputs, example, names, k);
      for (const name of names) own[name].set(example[name]);
      for (const run of part.runs) fill(own[run.input], run, shapes);
    }
    const scores = await score(inputs, some.length);
    for (let k = 0; k < some.length; k++) drops[first + k] = whole - scores[k];
    await breatheWhenDue();
  }
  return drops;
}

/** Views of the k-th example of a batch. */
export function rowOf(
  inputs: Example,
  example: Example,
  names: readonly string[],
  k: number,
): Record<string, Float32Array> {
  return Object.fromEntries(
    names.map((name) => {
      const size = example[name].length;
      return [name, inputs[name].subarray(k * size, (k + 1) * size)];
    }),
  );
}

/**
 * Windows that slide over some channels of an input together, the last one ending with the row.
 *
 * @param channels  rows that are taken away together
 * @param length    samples of a row
 * @param width     samples of a window
 * @param stride    samples from one window's begin to the next
 */
export function slidingParts(
  name: string,
  input: string,
  channels: readonly number[],
  length: number,
  width: number,
  stride: number,
): Part[] {
  const starts: number[] = [];
  const last = Math.max(0, length - width);
  for (let from = 0; from < last; from += stride) starts.push(from);
  starts.push(last);
  return starts.map((from) => ({
    name: `${name} ${from}`,
    runs: channels.map((row) => ({ input, row, from, to: Math.min(length, from + width) })),
  }));
}

/** The values of sliding windows as one a sample: the mean over the windows that hold it, divided by their width. */
export function spreadOverSamples(
  parts: readonly Part[],
  values: ArrayLike<number>,
  length: number,
): Float32Array {
  const sum = new Float64Array(length);
  const windows = new Uint16Array(length);
  for (const [k, { runs }] of parts.entries()) {
    const { from, to } = runs[0];
    for (let i = from; i < to; i++) {
      sum[i] += values[k] / (to - from);
      windows[i]++;
    }
  }
  return Float32Array.from(sum, (total, i) => (windows[i] === 0 ? 0 : total / windows[i]));
}
