import { BEAT_CLASSES } from '../../src/index.js';
import type { Classified } from './page-result.js';

/** How far two analyses of one recording are from each other. */
export interface Difference {
  /** Beats that only one of the two found. */
  readonly beats: number;
  /** Largest difference of a probability, over all classes of all beats; Infinity when the beats differ. */
  readonly probability: number;
  /** Beats of another class or certainty, though none of their thresholds lies within the tolerance. */
  readonly labels: number;
  /** Beats of another class or certainty whose thresholds lie within the tolerance. */
  readonly ties: number;
  /** Paths of everything else that differs. */
  readonly rest: readonly string[];
}

/** Two analyses of one recording, beat by beat; `tolerance` is what a probability may differ by. */
export function compareAnalyses(a: Classified, b: Classified, tolerance: number): Difference {
  const [x, y] = [a.analysis.beats, b.analysis.beats];
  const found = new Set(x.sample);
  const shared = y.sample.filter((sample) => found.has(sample)).length;
  const beats = x.count + y.count - 2 * shared;
  if (beats > 0) return { beats, probability: Number.POSITIVE_INFINITY, labels: 0, ties: 0, rest: [] };

  const kinds = BEAT_CLASSES.length;
  let probability = 0;
  let [labels, ties] = [0, 0];
  for (let i = 0; i < x.count; i++) {
    const row = a.probabilities.slice(i * kinds, (i + 1) * kinds);
    row.forEach((p, c) => {
      probability = Math.max(probability, Math.abs(p - b.probabilities[i * kinds + c]));
    });
    if (x.class?.[i] === y.class?.[i] && x.uncertain?.[i] === y.uncertain?.[i]) continue;
    const [first, second] = row.toSorted((p, q) => q - p);
    const near = Math.min(first - second, Math.abs(first - a.analysis.options.certainFrom));
    if (near <= 2 * tolerance) ties++;
    else labels++;
  }
  // A beat that fell to the other side changes counts and episodes; without one, everything must be the same.
  const rest = ties + labels > 0 ? [] : differingPaths(a.analysis, b.analysis, tolerance);
  return { beats, probability, labels, ties, rest };
}

/** Paths at which two JSON values differ; numbers under `probability` may do so by the tolerance. */
function differingPaths(a: unknown, b: unknown, tolerance: number, path = ''): string[] {
  if (typeof a === 'number' && typeof b === 'number' && /\bprobability\b/.test(path)) {
    return Math.abs(a - b) <= tolerance ? [] : [path];
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return Object.is(a, b) ? [] : [path];
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) =>
    differingPaths(
      (a as Record<string, unknown>)[key],
      (b as Record<string, unknown>)[key],
      tolerance,
      `${path}/${key}`,
    ),
  );
}
