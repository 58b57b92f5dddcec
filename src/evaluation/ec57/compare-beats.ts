import { type Annotation, BEAT_CLASSES, type BeatClass } from '../../core/index.js';
import type { LabelMap } from '../../ecg/index.js';
import { type BeatSequence, beatSequence, lies, type Stretch } from './beat-sequence.js';
import { matchBeats } from './match-beats.js';
import { type ComparisonPeriod, samplePeriod } from './period.js';

/** What the reference says of a beat: its class, or `O` nothing there, or `X` nothing, in its shutdown. */
export type MatrixRow = BeatClass | 'O' | 'X';
/** What the test says: a class, `O` missed, `X` missed while shut down. */
export type MatrixColumn = BeatClass | 'O' | 'X';
/** Counts, reference rows by test columns, in the order N S V F Q O X. */
export type BeatMatrix = Readonly<Record<MatrixRow, Readonly<Record<MatrixColumn, number>>>>;

/** A reference and a test beat that belong together, as indices into the annotation lists. */
export interface BeatPair {
  readonly reference: number;
  readonly test: number;
}

/** What a beat-by-beat comparison of one record found. Plain data. */
export interface BeatComparison {
  readonly record: string;
  /** Title of the label map. */
  readonly map: string;
  readonly from: number;
  readonly fs: number;
  readonly matrix: BeatMatrix;
  /** Sum of squared differences of RR intervals (s²) and their number; the RMS error is √(sum / count). */
  readonly rr: { readonly sum: number; readonly count: number };
  /** s of test shutdown inside the period. */
  readonly shutdown: number;
  /** Pairs inside the period. */
  readonly pairs: readonly BeatPair[];
  /** Reference beats without a test beat: indices into the reference annotations. */
  readonly missed: readonly number[];
  /** Test beats without a reference beat: indices into the test annotations. */
  readonly extra: readonly number[];
  /** Test minus reference, over all pairs: mean absolute and mean, ms; NaN without a pair. */
  readonly timing: { readonly meanAbsoluteMs: number; readonly meanMs: number };
}

export interface BeatComparisonOptions extends ComparisonPeriod {
  readonly record: string;
  readonly map: LabelMap;
}

/**
 * How a test annotator's beats agree with the reference's, beat by beat, as EC57 counts it.
 *
 * Beats inside `[` … `]` are not expected of either, and a test beat there is not held against it. A beat
 * missed while the test was shut down is `X`, not `O`. A flutter wave outside the brackets pairs, but as
 * nothing: its partner is missed or extra. A match may reach across an end of the period: `matchBeats` says
 * how at the start; at `to` a pair counts when its reference beat lies before it.
 *
 * @param reference  ascending in `sample`
 * @param test       ascending in `sample`
 * @throws EcgError `bad-option` for an impossible period
 *
 * Source: ANSI/AAMI EC57:2012; equal to the WFDB software's `bxb` on tests/ec57-golden.test.ts.
 */
export function compareBeats(
  reference: readonly Annotation[],
  test: readonly Annotation[],
  options: BeatComparisonOptions,
): BeatComparison {
  const { fs, map } = options;
  const { from, to, window } = samplePeriod(options);
  const ref = beatSequence(reference, map, window);
  const alg = beatSequence(test, map, window);
  const matrix = emptyMatrix();
  const pairs: BeatPair[] = [];
  const missed: number[] = [];
  const extra: number[] = [];
  let rrSum = 0;
  let rrCount = 0;
  let absolute = 0;
  let signed = 0;
  const steps = matchBeats(
    ref.beats.map((beat) => beat.sample),
    alg.beats.map((beat) => beat.sample),
    window,
    from,
  );
  for (const step of steps) {
    const beat = ref.beats[step.reference];
    const found = alg.beats[step.test];
    const at = step.kind === 'extra' ? found! : beat!;
    if (at.sample >= to) continue;
    // An error counts at every step, a missed or extra beat included: RR intervals differ there most.
    if (beat?.rrValid && found?.rrValid) {
      const difference = interval(ref, step.reference) - interval(alg, step.test);
      rrSum += difference * difference;
      rrCount++;
    }
    // A flutter wave is of no class: who pairs with one pairs with nothing.
    const isMiss = step.kind === 'missed' || (step.kind === 'pair' && found!.label === 'O');
    const isExtra = step.kind === 'extra' || (step.kind === 'pair' && beat!.label === 'O');
    if (isMiss) {
      if (beat!.label === 'O') continue;
      const shut = step.kind === 'missed' && lies(beat!.sample, alg.shutdown);
      matrix[beat!.label][shut ? 'X' : 'O']++;
      missed.push(beat!.index);
    } else if (isExtra) {
      if (found!.label === 'O' || (step.kind === 'extra' && lies(found!.sample, ref.flutter))) continue;
      const shut = step.kind === 'extra' && lies(found!.sample, ref.shutdown);
      matrix[shut ? 'X' : 'O'][found!.label]++;
      extra.push(found!.index);
    } else {
      matrix[beat!.label][found!.label]++;
      pairs.push({ reference: beat!.index, test: found!.index });
      absolute += Math.abs(found!.sample - beat!.sample);
      signed += found!.sample - beat!.sample;
    }
  }
  return {
    record: options.record,
    map: map.title,
    from: options.from,
    fs,
    matrix,
    rr: { sum: rrSum / (fs * fs), count: rrCount },
    shutdown: duration(alg.shutdown, from, Math.min(to, end(reference, test))) / fs,
    pairs,
    missed,
    extra,
    timing: {
      meanAbsoluteMs: (absolute * 1000) / (fs * pairs.length),
      meanMs: (signed * 1000) / (fs * pairs.length),
    },
  };
}

function interval(sequence: BeatSequence, i: number): number {
  return sequence.beats[i]!.sample - sequence.beats[i - 1]!.sample;
}

function duration(stretches: readonly Stretch[], from: number, to: number): number {
  return stretches.reduce((sum, s) => sum + Math.max(0, Math.min(s.to, to) - Math.max(s.from, from)), 0);
}

/** The last annotated sample: where a shutdown that is never resumed is taken to end. */
function end(...lists: (readonly Annotation[])[]): number {
  return Math.max(0, ...lists.map((list) => list.at(-1)?.sample ?? 0));
}

type Counts<T> = { -readonly [K in keyof T]: T[K] extends number ? number : Counts<T[K]> };

/** Rows and columns of a `BeatMatrix`, in order. */
export const MATRIX_LABELS: readonly MatrixRow[] = [...BEAT_CLASSES, 'O', 'X'];

/** A matrix of zeros to count into. */
export function emptyMatrix(): Counts<BeatMatrix> {
  const row = () =>
    Object.fromEntries(MATRIX_LABELS.map((label) => [label, 0])) as Record<MatrixColumn, number>;
  return Object.fromEntries(MATRIX_LABELS.map((label) => [label, row()])) as Counts<BeatMatrix>;
}
