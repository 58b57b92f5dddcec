import { bootstrapSums } from '../../src/evaluation/index.js';
import type { ExplainedBeat } from './gather.js';

/** A mean over beats with its interval by patient. */
export interface Estimate {
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly beats: number;
  readonly patients: number;
}

/** The mean of some numbers of beats, and its 95 % interval under resampling of patients. */
export function meanByPatient(
  rows: readonly { readonly beat: ExplainedBeat; readonly value: number }[],
): Estimate {
  const sums = new Map<string, [number, number]>();
  for (const { beat, value } of rows) {
    const [sum, n] = sums.get(beat.patient) ?? [0, 0];
    sums.set(beat.patient, [sum + value, n + 1]);
  }
  const patients = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, both]) => both);
  const mean = (sum: ArrayLike<number>) => sum[0] / sum[1];
  const add = (unit: number, sum: Float64Array) => {
    sum[0] += patients[unit][0];
    sum[1] += patients[unit][1];
  };
  const { low, high } = bootstrapSums(
    { units: patients.length, width: 2, add },
    (sum) => ({ mean: mean(sum) }),
    { seed: 1 },
  ).mean;
  const total = new Float64Array(2);
  patients.forEach((_, unit) => {
    add(unit, total);
  });
  return { value: mean(total), interval: [low, high], beats: rows.length, patients: patients.length };
}

const two = (x: number) =>
  x
    .toFixed(3)
    .replace(/^(-?)0\./, '$1.')
    .replace('-', '−');

/** `.931 (.902 to .955)` */
export function formatEstimate({ value, interval }: Estimate): string {
  return `${two(value)} (${two(interval[0])} to ${two(interval[1])})`;
}
