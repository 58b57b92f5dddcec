import { expect, it } from 'vitest';
import { answerRecordings, chooseOffsets, shiftLogits } from './answers.js';

const set = {
  classes: ['N', 'A'],
  records: [
    { id: 'cinc2017/A1', patient: 'cinc2017/A1' },
    { id: 'mitdb/100', patient: 'mitdb/100' },
    { id: 'cinc2017/A2', patient: 'cinc2017/A2' },
  ],
  record: Uint16Array.of(0, 0, 1, 2, 2, 2),
  label: Uint8Array.of(0, 0, 1, 1, 1, 1),
};
// Of the first recording one window is sure of A, one a little for N; of the third one is sure of A, two of N by little.
const logits = Float32Array.of(0, 5, 0.2, 0, 9, 0, 0, 5, 0.2, 0, 0.2, 0);

it('means the probabilities of the windows of a recording, not their votes or logits of other databases', () => {
  const { ids, reference, answers } = answerRecordings(set, 'cinc2017', logits);
  expect(ids).toEqual(['cinc2017/A1', 'cinc2017/A2']);
  expect([...reference]).toEqual([0, 1]);
  // P(A): (0.9933 + 0.4502) / 2 > 0.5, and (0.9933 + 2 · 0.4502) / 3 = 0.631, where two of three windows vote N.
  expect([...answers]).toEqual([1, 1]);
  // Negative control: less sure, it loses to the two others, (0.5498 + 0.9003) / 3 = 0.483.
  const less = logits.slice();
  less[7] = 0.2;
  expect([...answerRecordings(set, 'cinc2017', less).answers]).toEqual([1, 0]);
});

it('answers for the chosen records alone', () => {
  expect(answerRecordings(set, 'cinc2017', logits, new Set([1, 2])).ids).toEqual(['cinc2017/A2']);
});

it('shifts logits by one number a class', () => {
  expect([...shiftLogits(Float32Array.of(1, 2, 3, 4), [0, 10])]).toEqual([1, 12, 3, 14]);
});

it('chooses the offset of O under which held-out recordings are answered best', () => {
  const classes = ['N', 'A', 'O', '~'];
  // Recordings of O are called N by 0.35 of a logit; those of N are N by 1, of A by 3.
  const kinds = [0, 1, 2];
  const records = Array.from({ length: 30 }, (_, i) => ({ id: `cinc2017/A${i}`, patient: `cinc2017/A${i}` }));
  const label = Uint8Array.from(records, (_, i) => kinds[i % 3]);
  const rows = { 0: [1, 0, 0, -9], 1: [0, 3, 0, -9], 2: [0.35, 0, 0, -9] } as Record<number, number[]>;
  const logits = Float32Array.from([...label].flatMap((c) => rows[c]));
  const many = { classes, records, record: Uint16Array.from(label, (_, i) => i), label };
  const [n, a, o, noise] = chooseOffsets(many, logits);
  expect([n, a, noise]).toEqual([0, 0, 0]);
  expect(o).toBeGreaterThan(0.35);
  expect(o).toBeLessThan(1);
  // Where O is found without, none is chosen that is larger than asked for.
  rows[2] = [0, 0, 2, -9];
  const found = Float32Array.from([...label].flatMap((c) => rows[c]));
  expect(chooseOffsets(many, found)[2]).toBe(0);
});
