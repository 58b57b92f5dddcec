import { BEAT_CLASSES, createRandom, EcgError, quantile } from '../../core/index.js';
import type { ClassCounts, RecordCounts } from './class-counts.js';
import { addCounts } from './class-counts.js';

/** A percentile interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** The same seed draws the same patients. */
  readonly seed: number;
  /** As in `BOOTSTRAP_DEFAULTS` when omitted. */
  readonly resamples?: number;
  /** Share of the resamples inside an interval; as in `BOOTSTRAP_DEFAULTS` when omitted. */
  readonly level?: number;
}

/** How intervals are made unless the caller says otherwise. */
export const BOOTSTRAP_DEFAULTS = { resamples: 2000, level: 0.95 } as const;

/**
 * Intervals of statistics of beat counts under resampling of patients.
 *
 * Patients are drawn with replacement, each with all its records, because beats of one heart resemble each
 * other: drawing beats would promise far too narrow an interval. The order of the records does not matter.
 *
 * @param statistics  named figures of summed counts; a resample in which one is NaN is left out of that one
 * @throws EcgError `too-short` below two patients; `bad-option` for fewer than 1 resample or a level outside (0, 1)
 *
 * Source: Efron & Tibshirani, An Introduction to the Bootstrap, 1993, percentile intervals, chapter 13.
 */
export function bootstrapPatients<Name extends string>(
  records: readonly RecordCounts[],
  statistics: (counts: ClassCounts) => Readonly<Record<Name, number>>,
  options: BootstrapOptions,
): Record<Name, Interval> {
  const patients = byPatient(records);
  if (patients.length < 2) {
    throw new EcgError('too-short', `bootstrap: ${patients.length} patients, give records of two or more`);
  }
  const add = (patient: number, sum: Float64Array) => {
    const flat = patients[patient]!;
    for (let k = 0; k < WIDTH; k++) sum[k]! += flat[k]!;
  };
  return bootstrapSums(
    { units: patients.length, width: WIDTH, add },
    (sum) => statistics(unflatten(sum)),
    options,
  );
}

/** What is drawn with replacement: `units` many, each of which adds its own to a sum of `width` numbers. */
export interface Resampled {
  readonly units: number;
  readonly width: number;
  readonly add: (unit: number, sum: Float64Array) => void;
}

/**
 * Intervals of statistics of sums over units drawn with replacement, as many as there are.
 *
 * @param statistics  named figures of a sum, which is overwritten afterwards; a resample in which one is NaN is left
 *   out of that one
 * @throws EcgError `bad-option` for fewer than 1 resample or a level outside (0, 1)
 */
export function bootstrapSums<Name extends string>(
  { units, width, add }: Resampled,
  statistics: (sum: Float64Array) => Readonly<Record<Name, number>>,
  options: BootstrapOptions,
): Record<Name, Interval> {
  const { seed, resamples, level } = { ...BOOTSTRAP_DEFAULTS, ...options };
  if (!(resamples >= 1) || !(level > 0 && level < 1)) {
    throw new EcgError(
      'bad-option',
      `bootstrap: got ${resamples} resamples and level ${level}, give at least 1 and a level between 0 and 1`,
    );
  }
  const random = createRandom(seed);
  const drawn = new Map<Name, number[]>();
  const sum = new Float64Array(width);
  for (let i = 0; i < resamples; i++) {
    sum.fill(0);
    for (let u = 0; u < units; u++) add(random.integer(units), sum);
    for (const [name, value] of Object.entries(statistics(sum)) as [Name, number][]) {
      const values = drawn.get(name) ?? [];
      if (!Number.isNaN(value)) values.push(value);
      drawn.set(name, values);
    }
  }
  const intervals = [...drawn].map(([name, values]): [Name, Interval] => {
    values.sort((a, b) => a - b);
    return [name, { low: quantile(values, (1 - level) / 2), high: quantile(values, (1 + level) / 2) }];
  });
  return Object.fromEntries(intervals) as Record<Name, Interval>;
}

const K = BEAT_CLASSES.length;
/** The confusion matrix, the misses and the extras in a row. */
const WIDTH = K * K + 2 * K;

/** Each patient's counts, in the order of the patients' names. */
function byPatient(records: readonly RecordCounts[]): Float64Array[] {
  const patients = new Map<string, ClassCounts[]>();
  for (const { patient, counts } of records) {
    patients.set(patient, [...(patients.get(patient) ?? []), counts]);
  }
  return [...patients]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, counts]) => {
      const { confusion, missed, extra } = addCounts(counts);
      return Float64Array.from([...confusion.flat(), ...missed, ...extra]);
    });
}

function unflatten(flat: Float64Array): ClassCounts {
  const values = [...flat];
  return {
    confusion: BEAT_CLASSES.map((_, row) => values.slice(row * K, row * K + K)),
    missed: values.slice(K * K, K * K + K),
    extra: values.slice(K * K + K),
  };
}
