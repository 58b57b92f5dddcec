import { type ChallengeScore, challengeConfusion, challengeScore } from '../../../evaluation/index.js';
import { softmax } from '../../../models/index.js';
import type { ExampleSet } from '../../examples/example-set.js';

/** What a network says of whole recordings. */
export interface RecordingAnswers {
  readonly ids: readonly string[];
  /** Class of each recording, and the most probable one of its windows together. */
  readonly reference: Uint8Array;
  readonly answers: Uint8Array;
}

/**
 * The answers for the recordings of one database: the mean of the probabilities of a recording's windows.
 *
 * @param database  `cinc2017`; its recordings have one class each
 * @param logits    [examples, classes] of the whole set
 * @param among     records that are answered for, all when omitted
 */
export function answerRecordings(
  set: Pick<ExampleSet, 'records' | 'record' | 'label' | 'classes'>,
  database: string,
  logits: Float32Array,
  among?: ReadonlySet<number>,
): RecordingAnswers {
  const kinds = set.classes.length;
  const probabilities = softmax(logits, kinds, 1);
  const sums = new Float64Array(set.records.length * kinds);
  const classOf = new Int16Array(set.records.length).fill(-1);
  set.record.forEach((r, i) => {
    if (!set.records[r].id.startsWith(`${database}/`) || (among !== undefined && !among.has(r))) return;
    classOf[r] = set.label[i];
    for (let c = 0; c < kinds; c++) sums[r * kinds + c] += probabilities[i * kinds + c];
  });
  const chosen = [...classOf.keys()].filter((r) => classOf[r] >= 0);
  return {
    ids: chosen.map((r) => set.records[r].id),
    reference: Uint8Array.from(chosen, (r) => classOf[r]),
    answers: Uint8Array.from(chosen, (r) => {
      const row = sums.subarray(r * kinds, (r + 1) * kinds);
      return row.indexOf(Math.max(...row));
    }),
  };
}

/** The challenge's score of answers. */
export function scoreAnswers({ reference, answers }: RecordingAnswers): ChallengeScore {
  return challengeScore(challengeConfusion(reference, answers));
}

/** Logits with one offset a class added. */
export function shiftLogits(logits: Float32Array, offsets: readonly number[]): Float32Array {
  return logits.map((x, i) => x + offsets[i % offsets.length]);
}

const OFFSETS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];

/**
 * What is added to the logits, one a class: nothing but for `O`, whose offset is the one with the best score on the
 * recordings of cinc2017 among some, that of its two neighbours counting as much as its own. Networks trained by
 * cross-entropy say `O` too seldom for a mean of F1.
 *
 * @param logits  [examples, classes] of the whole set, from networks that had not seen them
 */
export function chooseOffsets(
  set: Pick<ExampleSet, 'records' | 'record' | 'label' | 'classes'>,
  logits: Float32Array,
  among?: ReadonlySet<number>,
): number[] {
  const offsetsOf = (offset: number): number[] => set.classes.map((name) => (name === 'O' ? offset : 0));
  const scores = OFFSETS.map(
    (offset) =>
      scoreAnswers(answerRecordings(set, 'cinc2017', shiftLogits(logits, offsetsOf(offset)), among)).score,
  );
  const smooth = scores.map(
    (own, i) => (scores[Math.max(0, i - 1)] + own + scores[Math.min(scores.length - 1, i + 1)]) / 3,
  );
  return offsetsOf(OFFSETS[smooth.indexOf(Math.max(...smooth))]);
}
