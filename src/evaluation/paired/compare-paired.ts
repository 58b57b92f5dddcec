import { EcgError } from '../../core/index.js';
import type { Interval } from '../classification/bootstrap.js';
import { studentBound, studentTwoSided } from './student.js';

/** Fewer pairs than this say nothing. */
const FEWEST_PAIRS = 5;

/** What a change did to a figure of which more is better, over the same seeds with and without it. */
export interface PairedComparison {
  readonly pairs: number;
  readonly baselineMean: number;
  readonly otherMean: number;
  /** Mean of other − baseline. */
  readonly difference: number;
  /** Of the mean difference. */
  readonly interval: Interval;
  /** Share of the intervals drawn so that hold the truth. */
  readonly level: number;
  /** Two-sided probability of so large a mean difference where there is none. */
  readonly p: number;
  /** Pairs in which the other one was better, and in which it was worse. */
  readonly wins: number;
  readonly losses: number;
  /** `helps` and `hurts` where the interval lies on one side of 0. */
  readonly verdict: PairedVerdict;
}

export type PairedVerdict = 'helps' | 'does not help' | 'hurts';

/**
 * Two ways compared by the figures that each reached with the same seeds.
 *
 * @param baseline  a figure a seed, more is better
 * @param other     of the same seeds in the same order
 * @param level     of the interval, 0.95 when omitted
 * @throws EcgError `bad-shape` for lists of different lengths; `too-short` below five pairs; `bad-option` for a figure
 *   that is no number or a level outside (0, 1)
 *
 * Source: Student's t of the differences (Student, Biometrika 6(1):1–25, 1908).
 */
export function comparePaired(
  baseline: readonly number[],
  other: readonly number[],
  level = 0.95,
): PairedComparison {
  check(baseline, other, level);
  const differences = baseline.map((x, i) => other[i]! - x);
  const pairs = differences.length;
  const difference = mean(differences);
  const squares = differences.reduce((sum, d) => sum + (d - difference) ** 2, 0);
  const error = Math.sqrt(squares / (pairs - 1) / pairs);
  const reach = error === 0 ? 0 : error * studentBound(level, pairs - 1);
  const interval = { low: difference - reach, high: difference + reach };
  return {
    pairs,
    baselineMean: mean(baseline),
    otherMean: mean(other),
    difference,
    interval,
    level,
    p: difference === 0 ? 1 : studentTwoSided(difference / error, pairs - 1),
    wins: differences.filter((d) => d > 0).length,
    losses: differences.filter((d) => d < 0).length,
    verdict: interval.low > 0 ? 'helps' : interval.high < 0 ? 'hurts' : 'does not help',
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function check(baseline: readonly number[], other: readonly number[], level: number): void {
  if (baseline.length !== other.length)
    throw new EcgError(
      'bad-shape',
      `comparePaired: ${baseline.length} and ${other.length} figures, give one of each a seed`,
    );
  if (baseline.length < FEWEST_PAIRS)
    throw new EcgError(
      'too-short',
      `comparePaired: ${baseline.length} seeds, train ${FEWEST_PAIRS} or more of each`,
    );
  const wrong = [...baseline, ...other].find((x) => !Number.isFinite(x));
  if (wrong !== undefined)
    throw new EcgError('bad-option', `comparePaired: a figure is ${wrong}, give numbers`);
  if (!(level > 0 && level < 1))
    throw new EcgError('bad-option', `comparePaired: level ${level}, give one between 0 and 1`);
}
