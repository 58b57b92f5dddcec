import { EcgError } from '../../core/index.js';
import { type BootstrapOptions, bootstrapSums, type Interval } from '../classification/bootstrap.js';
import { confusionStatistics } from '../classification/confusion-statistics.js';

/** Classes of the challenge of 2017, in its order: normal, atrial fibrillation, other rhythm, noise. */
export const CHALLENGE_CLASSES = ['N', 'A', 'O', '~'] as const;

type ChallengeClass = (typeof CHALLENGE_CLASSES)[number];

/** How the challenge of 2017 scores answers; fractions, NaN where undefined. */
export interface ChallengeScore {
  /** Mean F1 of N, A and O: what the challenge ranked by. */
  readonly score: number;
  readonly f1: Readonly<Record<ChallengeClass, number>>;
  /** Rows: reference; columns: answers. */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * The challenge's score of a confusion matrix: noise counts only as a wrong answer for the others.
 *
 * @param confusion  4 × 4, rows the reference, columns the answers, in the order of `CHALLENGE_CLASSES`
 * @throws EcgError `bad-shape` for another size
 *
 * Source: Clifford et al., Computing in Cardiology 2017, doi:10.22489/CinC.2017.065-469, equations 1–4.
 */
export function challengeScore(confusion: readonly (readonly number[])[]): ChallengeScore {
  const k = CHALLENGE_CLASSES.length;
  if (confusion.length !== k || confusion.some((row) => row.length !== k))
    throw new EcgError('bad-shape', `challenge: the confusion matrix has to be ${k} × ${k}: N, A, O, ~`);
  const [N, A, O, noise] = confusionStatistics({ confusion }).classes.map(({ f1 }) => f1);
  return { score: (N + A + O) / 3, f1: { N, A, O, '~': noise }, confusion };
}

/**
 * The confusion matrix of answers for recordings.
 * @param reference, answers  indices into `CHALLENGE_CLASSES`, one a recording
 */
export function challengeConfusion(reference: ArrayLike<number>, answers: ArrayLike<number>): number[][] {
  const confusion = CHALLENGE_CLASSES.map(() => CHALLENGE_CLASSES.map(() => 0));
  for (let i = 0; i < reference.length; i++) confusion[reference[i]][answers[i]]++;
  return confusion;
}

/** Intervals of the score and of each class's F1 under resampling of recordings. */
export function challengeIntervals(
  reference: ArrayLike<number>,
  answers: ArrayLike<number>,
  options: BootstrapOptions,
): Readonly<Record<'score' | ChallengeClass, Interval>> {
  const k = CHALLENGE_CLASSES.length;
  return bootstrapSums(
    {
      units: reference.length,
      width: k * k,
      add: (unit, sum) => {
        sum[reference[unit] * k + answers[unit]]++;
      },
    },
    (sum) => {
      const rows = CHALLENGE_CLASSES.map((_, r) => Array.from(sum.subarray(r * k, (r + 1) * k)));
      const { score, f1 } = challengeScore(rows);
      return { score, ...f1 };
    },
    options,
  );
}
