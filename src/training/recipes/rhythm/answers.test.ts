import { expect, it } from 'vitest';
import { answerRecordings, fitOffsets, shiftLogits } from './answers.js';

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

it('fits the offsets that make the labels most likely', () => {
  // Without any evidence the offsets are the logarithms of the shares: 60, 20, 15 and 5 of a hundred.
  const counts = [60, 20, 15, 5];
  const label = Uint8Array.from(counts.flatMap((n, c) => new Array<number>(n).fill(c)));
  const records = Array.from(label, (_, i) => ({ id: `x/${i}`, patient: `x/${i}` }));
  const many = {
    classes: ['N', 'A', 'O', '~'],
    records,
    record: Uint16Array.from(label, (_, i) => i),
    label,
  };
  const found = fitOffsets(many, new Float32Array(400));
  expect(found[0]).toBe(0);
  for (const c of [1, 2, 3]) expect(found[c]).toBeCloseTo(Math.log(counts[c] / 60), 2);
  // Logits that hold these shares already need none; four records of one class alone are another matter.
  const right = Float32Array.from([...label].flatMap(() => counts.map(Math.log)));
  for (const offset of fitOffsets(many, right)) expect(Math.abs(offset)).toBeLessThan(0.02);
  expect(fitOffsets(many, new Float32Array(400), new Set([0, 60, 61, 62]))[1]).toBeGreaterThan(1);
});
