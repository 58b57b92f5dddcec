import { BEAT_CLASSES, EcgError } from '../../core/index.js';
import type { BeatComparison } from '../ec57/compare-beats.js';

/** What the reference says by what the prediction says, in the order of `BEAT_CLASSES`. Plain counts. */
export interface ClassCounts {
  /** Rows: reference; columns: prediction. */
  readonly confusion: readonly (readonly number[])[];
  /** Reference beats of each class that were not detected; zeros where R peaks are given. */
  readonly missed: readonly number[];
  /** Beats called each class where the reference has none; zeros where R peaks are given. */
  readonly extra: readonly number[];
}

/** One record's counts. */
export interface RecordCounts {
  /** `mitdb/100` */
  readonly record: string;
  readonly patient: string;
  readonly counts: ClassCounts;
}

const K = BEAT_CLASSES.length;

/**
 * The counts of beats whose R peaks are given.
 *
 * @param reference  indices into `BEAT_CLASSES`; a beat below 0 has no class and is left out
 * @param predicted  indices into `BEAT_CLASSES`, one a beat
 * @throws EcgError `bad-shape` when the lengths differ; `bad-option` for an index that is no class
 */
export function countClasses(reference: ArrayLike<number>, predicted: ArrayLike<number>): ClassCounts {
  if (reference.length !== predicted.length) {
    throw new EcgError(
      'bad-shape',
      `countClasses: ${reference.length} reference and ${predicted.length} predicted classes, give one each a beat`,
    );
  }
  const confusion = BEAT_CLASSES.map(() => new Array<number>(K).fill(0));
  for (let i = 0; i < reference.length; i++) {
    const row = reference[i]!;
    if (row < 0) continue;
    const column = predicted[i]!;
    const cell = confusion[row]?.[column];
    if (cell === undefined) {
      throw new EcgError(
        'bad-option',
        `countClasses: beat ${i} has classes ${row} and ${column}, give 0 to ${K - 1}`,
      );
    }
    confusion[row]![column] = cell + 1;
  }
  return { confusion, missed: new Array<number>(K).fill(0), extra: new Array<number>(K).fill(0) };
}

/** The counts of beats whose R peaks were found: misses and extras by class, from a beat-by-beat comparison. */
export function classCountsOf({ matrix }: BeatComparison): ClassCounts {
  return {
    confusion: BEAT_CLASSES.map((row) => BEAT_CLASSES.map((column) => matrix[row][column])),
    missed: BEAT_CLASSES.map((row) => matrix[row].O + matrix[row].X),
    extra: BEAT_CLASSES.map((column) => matrix.O[column] + matrix.X[column]),
  };
}

/** The counts of several records, added. */
export function addCounts(counts: readonly ClassCounts[]): ClassCounts {
  const sum = (of: (c: ClassCounts) => number) => counts.reduce((total, c) => total + of(c), 0);
  return {
    confusion: BEAT_CLASSES.map((_, row) =>
      BEAT_CLASSES.map((_, column) => sum((c) => c.confusion[row]![column]!)),
    ),
    missed: BEAT_CLASSES.map((_, row) => sum((c) => c.missed[row]!)),
    extra: BEAT_CLASSES.map((_, column) => sum((c) => c.extra[column]!)),
  };
}
