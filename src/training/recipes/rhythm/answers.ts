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
