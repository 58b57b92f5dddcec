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

/** Steps of the descent; by then offsets change by less than a thousandth. */
const STEPS = 2000;
const RATE = 0.2;

/**
 * What is added to the logits, one a class and 0 for the first: the offsets that, with a temperature, make held-out
 * labels most likely, each recording weighing the same. Networks trained with other shares of the classes than are
 * met need them.
 *
 * @param logits  [examples, classes] of the whole set, from networks that had not seen them
 * @param among   records that are looked at
 *
 * Source: the bias-corrected temperature scaling of Alexandari et al., ICML 2020, arXiv:1901.06852. Departs: the first
 * class has no offset; steps of a fixed size, the likelihood being concave.
 */
export function fitOffsets(
  set: Pick<ExampleSet, 'records' | 'record' | 'label' | 'classes'>,
  logits: Float32Array,
  among?: ReadonlySet<number>,
): number[] {
  const kinds = set.classes.length;
  const windows = new Float64Array(set.records.length);
  for (const r of set.record) windows[r]++;
  const rows = [...set.record.keys()].filter((i) => among === undefined || among.has(set.record[i]));
  const total = rows.reduce((sum, i) => sum + 1 / windows[set.record[i]], 0);
  const offsets = new Float64Array(kinds);
  const slope = new Float64Array(kinds);
  const p = new Float64Array(kinds);
  let scale = 1;
  for (let step = 0; step < STEPS; step++) {
    slope.fill(0);
    let scaleSlope = 0;
    for (const i of rows) {
      let sum = 0;
      for (let c = 0; c < kinds; c++) {
        p[c] = Math.exp(scale * logits[i * kinds + c] + offsets[c]);
        sum += p[c];
      }
      const weight = 1 / windows[set.record[i]] / total;
      for (let c = 0; c < kinds; c++) {
        const over = weight * (p[c] / sum - (set.label[i] === c ? 1 : 0));
        slope[c] += over;
        scaleSlope += over * logits[i * kinds + c];
      }
    }
    for (let c = 1; c < kinds; c++) offsets[c] -= RATE * slope[c];
    scale -= RATE * scaleSlope;
  }
  return Array.from(offsets, (offset) => Math.round((1000 * offset) / scale) / 1000);
}
