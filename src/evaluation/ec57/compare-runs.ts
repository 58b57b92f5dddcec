import type { Annotation } from '../../core/index.js';
import { findRuns, LONG_RUN, longestRun, type RunKind, type RunTrack, runTrack } from './find-runs.js';
import { type ComparisonPeriod, samplePeriod } from './period.js';
import { addRatios, fraction, meanDefined, type Ratio } from './ratio.js';

/** Runs of two beats, of three to five, and of six and more. */
export type RunLength = 'couplet' | 'short' | 'long';
export const RUN_LENGTHS: readonly RunLength[] = ['couplet', 'short', 'long'];

/** How many runs of one length were found. */
export interface RunStatistics {
  /** Of the reference's runs, those in which the test saw a run of that length or longer. */
  readonly sensitivity: Ratio;
  /** Of the test's runs, those in which the reference holds a run of that length or longer. */
  readonly positivePredictivity: Ratio;
}

/** What a run-by-run comparison of one record found. Plain data. */
export interface RunComparison {
  readonly record: string;
  readonly kind: RunKind;
  readonly runs: Readonly<Record<RunLength, RunStatistics>>;
}

/**
 * How a test annotator's ectopic runs agree with the reference's, run by run.
 *
 * A run is found where the other annotator has as long a one in the stretch from one match window before its
 * first beat to one after its last.
 *
 * @throws EcgError `bad-option` for an impossible period
 *
 * Source: ANSI/AAMI EC57:2012, run-by-run comparison; equal to the WFDB software's `rxr` on
 * tests/ec57-golden.test.ts.
 */
export function compareRuns(
  reference: readonly Annotation[],
  test: readonly Annotation[],
  kind: RunKind,
  options: ComparisonPeriod & { readonly record: string },
): RunComparison {
  const { from, to, window } = samplePeriod(options);
  const ref = runTrack(reference, kind);
  const alg = runTrack(test, kind);
  const foundIn = (searched: RunTrack, runs: RunTrack) => {
    const tally = { couplet: [0, 0], short: [0, 0], long: [0, 0] };
    for (const run of findRuns(runs, from, to)) {
      const length = lengthOf(run.beats)!;
      tally[length][1]!++;
      if (longestRun(searched, run.from - window, run.to + window) >= LEAST[length]) tally[length][0]!++;
    }
    return (length: RunLength): Ratio => ({ hits: tally[length][0]!, of: tally[length][1]! });
  };
  const sensitivity = foundIn(alg, ref);
  const positivePredictivity = foundIn(ref, alg);
  return {
    record: options.record,
    kind,
    runs: perLength((length) => ({
      sensitivity: sensitivity(length),
      positivePredictivity: positivePredictivity(length),
    })),
  };
}

const LEAST: Readonly<Record<RunLength, number>> = { couplet: 2, short: 3, long: LONG_RUN };

function lengthOf(beats: number): RunLength | undefined {
  return RUN_LENGTHS.findLast((length) => beats >= LEAST[length]);
}

function perLength<T>(of: (length: RunLength) => T): Record<RunLength, T> {
  return { couplet: of('couplet'), short: of('short'), long: of('long') };
}

/** Several records together. */
export interface RunSummary {
  readonly records: number;
  readonly kind: RunKind;
  readonly gross: Readonly<Record<RunLength, RunStatistics>>;
  /** Fractions; NaN where no record defines them. */
  readonly average: Readonly<
    Record<RunLength, { readonly sensitivity: number; readonly positivePredictivity: number }>
  >;
}

/** Gross and average run statistics of several records of one kind. */
export function summariseRuns(comparisons: readonly RunComparison[]): RunSummary {
  const all = (length: RunLength, of: keyof RunStatistics) => comparisons.map((c) => c.runs[length][of]);
  return {
    records: comparisons.length,
    kind: comparisons[0]?.kind ?? 'V',
    gross: perLength((length) => ({
      sensitivity: addRatios(all(length, 'sensitivity')),
      positivePredictivity: addRatios(all(length, 'positivePredictivity')),
    })),
    average: perLength((length) => ({
      sensitivity: meanDefined(all(length, 'sensitivity').map(fraction)),
      positivePredictivity: meanDefined(all(length, 'positivePredictivity').map(fraction)),
    })),
  };
}
