import { BEAT_CLASSES, type BeatClass } from '../../core/index.js';
import { type BeatComparison, type BeatMatrix, emptyMatrix, MATRIX_LABELS } from './compare-beats.js';
import { meanDefined, type Ratio } from './ratio.js';

/** Sensitivity and positive predictivity of QRS, ventricular and supraventricular ectopic beats. */
export interface BeatStatistics {
  readonly qrs: { readonly sensitivity: Ratio; readonly positivePredictivity: Ratio };
  readonly veb: { readonly sensitivity: Ratio; readonly positivePredictivity: Ratio };
  readonly sveb: { readonly sensitivity: Ratio; readonly positivePredictivity: Ratio };
}

/** The counts of `rows` × `columns`, summed. */
export function count(matrix: BeatMatrix, rows: string, columns: string): number {
  let sum = 0;
  for (const row of rows as Iterable<keyof BeatMatrix>) {
    for (const column of columns as Iterable<keyof BeatMatrix>) sum += matrix[row][column];
  }
  return sum;
}

/**
 * The six statistics of one matrix.
 *
 * Fusion beats and beats of unknown class that the test calls ventricular are neither rewarded nor penalised;
 * of those it calls supraventricular, fusion beats are penalised in a record (as `bxb` does) but not in a
 * gross or average figure (as `sumstats` does, whose tables hold F and Q as one column).
 *
 * @param penaliseFusion  whether an F called S counts against S: true for a record's own figure, false for
 *   what summarises several
 */
export function beatStatistics(matrix: BeatMatrix, penaliseFusion: boolean): BeatStatistics {
  const found = count(matrix, 'NSVFQ', 'NSVFQ');
  const trueV = matrix.V.V;
  const trueS = matrix.S.S;
  return {
    qrs: {
      sensitivity: { hits: found, of: count(matrix, 'NSVFQ', 'NSVFQOX') },
      positivePredictivity: { hits: found, of: count(matrix, 'NSVFQOX', 'NSVFQ') },
    },
    veb: {
      sensitivity: { hits: trueV, of: count(matrix, 'V', 'NSVFQOX') },
      positivePredictivity: { hits: trueV, of: count(matrix, 'NSVOX', 'V') },
    },
    sveb: {
      sensitivity: { hits: trueS, of: count(matrix, 'S', 'NSVFQOX') },
      positivePredictivity: { hits: trueS, of: count(matrix, penaliseFusion ? 'NSVFOX' : 'NSVOX', 'S') },
    },
  };
}

/** RMS difference of RR intervals, ms; NaN where no interval could be compared. */
export function rmsRrErrorMs(comparison: BeatComparison): number {
  const { sum, count: n } = comparison.rr;
  return n === 0 ? NaN : 1000 * Math.sqrt(sum / n);
}

/** Beats of a class in the reference, and how many of them were missed while the test was shut down. */
export function shutdownMisses(matrix: BeatMatrix): Readonly<Record<BeatClass, Ratio>> {
  return Object.fromEntries(
    BEAT_CLASSES.map((row) => [row, { hits: matrix[row].X, of: count(matrix, row, 'NSVFQOX') }]),
  ) as Record<BeatClass, Ratio>;
}

/** The matrices of several records, added. */
export function addMatrices(matrices: readonly BeatMatrix[]): BeatMatrix {
  const sum = emptyMatrix();
  for (const matrix of matrices) {
    for (const row of MATRIX_LABELS) {
      for (const column of MATRIX_LABELS) sum[row][column] += matrix[row][column];
    }
  }
  return sum;
}

/** Several records together: counts summed then divided, and the mean over the records where it is defined. */
export interface BeatSummary {
  readonly records: number;
  readonly map: string;
  readonly matrix: BeatMatrix;
  /** Gross statistics. */
  readonly gross: BeatStatistics;
  /** Mean over records, fractions; NaN where no record defines it. */
  readonly average: Readonly<
    Record<keyof BeatStatistics, { readonly sensitivity: number; readonly positivePredictivity: number }>
  >;
  /** ms, mean over records. */
  readonly averageRrErrorMs: number;
  /** s, sum over records. */
  readonly shutdown: number;
  /** ms, over all pairs of all records. */
  readonly meanAbsoluteTimingErrorMs: number;
}

/** Gross and average statistics of several records; the order of the records does not matter. */
export function summariseBeats(comparisons: readonly BeatComparison[]): BeatSummary {
  const matrix = addMatrices(comparisons.map((c) => c.matrix));
  const each = comparisons.map((c) => beatStatistics(c.matrix, false));
  const mean = (of: keyof BeatStatistics) => ({
    sensitivity: meanDefined(each.map((s) => s[of].sensitivity.hits / s[of].sensitivity.of)),
    positivePredictivity: meanDefined(
      each.map((s) => s[of].positivePredictivity.hits / s[of].positivePredictivity.of),
    ),
  });
  const pairs = comparisons.reduce((sum, c) => sum + c.pairs.length, 0);
  return {
    records: comparisons.length,
    map: [...new Set(comparisons.map((c) => c.map))].join(', '),
    matrix,
    gross: beatStatistics(matrix, false),
    average: { qrs: mean('qrs'), veb: mean('veb'), sveb: mean('sveb') },
    averageRrErrorMs: meanDefined(comparisons.map(rmsRrErrorMs)),
    shutdown: comparisons.reduce((sum, c) => sum + c.shutdown, 0),
    meanAbsoluteTimingErrorMs:
      comparisons.reduce(
        (sum, c) => sum + (c.pairs.length ? c.timing.meanAbsoluteMs * c.pairs.length : 0),
        0,
      ) / pairs,
  };
}
