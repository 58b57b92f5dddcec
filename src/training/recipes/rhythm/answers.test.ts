import { expect, it } from 'vitest';
import { answerRecordings } from './answers.js';

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
