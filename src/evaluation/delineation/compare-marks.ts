import { WAVE_MARKS, type WaveMarks } from '../../ecg/index.js';
import { matchMarks } from './match-marks.js';

/** A kind of mark: `pOnset`, `tPeak`. */
export type WaveMark = (typeof WAVE_MARKS)[number];

/** One kind of mark of one lead or recording, compared with its reference. */
export interface MarkComparison {
  readonly matched: number;
  readonly missed: number;
  readonly extra: number;
  /** ms; test − reference of each matched mark. */
  readonly differencesMs: readonly number[];
}

/** All kinds of marks of one lead or recording. */
export type MarkComparisons = Readonly<Record<WaveMark, MarkComparison>>;

/** s between two marks that can still be one and the same; the window of EC57 for beats. */
export const MARK_WINDOW = 0.15;

/** Where marks were annotated, and how they are counted. */
export interface CompareMarksOptions {
  /** Hz of all samples. */
  readonly fs: number;
  /** First and last annotated sample; test marks outside it that match nothing are not extra. */
  readonly from: number;
  readonly to: number;
  /** Peaks of waves of which a mark was not annotated: a test mark within the window of one is not extra. */
  readonly unknown?: Readonly<Partial<Record<WaveMark, readonly number[]>>>;
}

/**
 * The marks of a lead beside its reference, kind by kind: matched one to one within 150 ms.
 *
 * @param reference  NaN entries are left out, as in `test`; each column ascends otherwise
 */
export function compareMarks(
  reference: Readonly<Record<WaveMark, ArrayLike<number>>>,
  test: WaveMarks,
  { fs, from, to, unknown = {} }: CompareMarksOptions,
): MarkComparisons {
  const compared = WAVE_MARKS.map((mark): [WaveMark, MarkComparison] => {
    const known = present(reference[mark]);
    const found = present(test[mark]);
    const pairs = matchMarks(known, found, MARK_WINDOW * fs);
    const matched = new Set(pairs.test);
    const excused = (sample: number): boolean =>
      (unknown[mark] ?? []).some((peak) => Math.abs(sample - peak) <= MARK_WINDOW * fs);
    const extra = found.filter(
      (sample, i) => !matched.has(i) && sample >= from && sample <= to && !excused(sample),
    ).length;
    const differencesMs = pairs.reference.map(
      (i, pair) => (1000 * (found[pairs.test[pair]] - known[i])) / fs,
    );
    return [mark, { matched: matched.size, missed: known.length - matched.size, extra, differencesMs }];
  });
  return Object.fromEntries(compared) as MarkComparisons;
}

function present(samples: ArrayLike<number>): number[] {
  return Array.from(samples).filter((sample) => !Number.isNaN(sample));
}
