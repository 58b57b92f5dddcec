import { breatheWhenDue } from '../core/index.js';
import type { Example, ExampleShapes, Part, Score } from './example.js';
import { fillFrom, rowOf } from './occlusion.js';

/** The score of an example while its parts go, or come, one after the other. */
export interface PerturbationCurve {
  /** [parts + 1]: with none, one, two … all parts changed. */
  readonly scores: Float64Array;
  /** Area below the curve over the share of the parts, by trapezoids. */
  readonly area: number;
}

/** `deletion` puts the baseline's parts into the example, `insertion` the example's into the baseline. */
export type Perturbation = 'deletion' | 'insertion';

/**
 * The curve of one order of the parts. Of a good explanation's order, the most important first, deletion falls early
 * (small area) and insertion rises early (large area).
 *
 * @param order  indices into `parts`, the most important first
 *
 * Source: Petsiuk, Das & Saenko (RISE), BMVC 2018, arXiv:1806.07421, section 4.2. Departs: parts of a beat and groups
 * of features instead of pixels, the given baseline instead of grey or blur.
 */
export async function perturbationCurve(
  kind: Perturbation,
  score: Score,
  example: Example,
  baseline: Example,
  shapes: ExampleShapes,
  parts: readonly Part[],
  order: readonly number[],
): Promise<PerturbationCurve> {
  const names = Object.keys(shapes);
  const [from, to] = kind === 'deletion' ? [example, baseline] : [baseline, example];
  const fill = fillFrom(to);
  const n = order.length + 1;
  const inputs = Object.fromEntries(names.map((name) => [name, new Float32Array(n * example[name].length)]));
  const now = Object.fromEntries(names.map((name) => [name, from[name].slice()]));
  for (let k = 0; k < n; k++) {
    if (k > 0) for (const run of parts[order[k - 1]].runs) fill(now[run.input], run, shapes);
    const row = rowOf(inputs, example, names, k);
    for (const name of names) row[name].set(now[name]);
  }
  const scores = Float64Array.from(await score(inputs, n));
  await breatheWhenDue();
  let area = 0;
  for (let k = 1; k < n; k++) area += (scores[k - 1] + scores[k]) / 2 / (n - 1);
  return { scores, area };
}

/** The parts from the largest value to the smallest; equal ones in their own order. */
export function descending(values: ArrayLike<number>): number[] {
  return Array.from(values, (_, i) => i).sort((a, b) => values[b] - values[a] || a - b);
}
