import { describe, expect, it } from 'vitest';
import type { Score } from './example.js';
import { fillByLine, fillFrom, occlude, slidingParts, spreadOverSamples } from './occlusion.js';

const shapes = { waves: [2, 5], features: [3] };
const example = {
  waves: Float32Array.from([1, 2, 9, 4, 5, 10, 20, 30, 40, 50]),
  features: Float32Array.from([7, 8, 9]),
};
/** Σ waves + 100 · Σ features: what a part is worth is the sum of what it holds. */
const sum: Score = async ({ waves, features }, n) =>
  Float64Array.from({ length: n }, (_, k) => {
    const total = (x: Float32Array, size: number) =>
      x.subarray(k * size, (k + 1) * size).reduce((a, b) => a + b, 0);
    return total(waves, 10) + 100 * total(features, 3);
  });
const parts = [
  {
    name: 'both rows',
    runs: [
      { input: 'waves', row: 0, from: 1, to: 3 },
      { input: 'waves', row: 1, from: 1, to: 3 },
    ],
  },
  { name: 'features', runs: [{ input: 'features', row: 0, from: 0, to: 2 }] },
  { name: 'end', runs: [{ input: 'waves', row: 1, from: 3, to: 5 }] },
];

describe('occlude', () => {
  it('is what each part is worth, whatever the batch', async () => {
    const zeros = { waves: new Float32Array(10), features: new Float32Array(3) };
    // 2 + 9 + 20 + 30; 100 · (7 + 8); 40 + 50.
    for (const batchSize of [1, 2, 64])
      expect([...(await occlude(sum, example, shapes, parts, fillFrom(zeros), batchSize))]).toEqual([
        61, 1500, 90,
      ]);
    const ones = { waves: new Float32Array(10).fill(1), features: new Float32Array(3) };
    expect([...(await occlude(sum, example, shapes, parts, fillFrom(ones)))]).toEqual([57, 1500, 88]);
    // The example itself is left as it was.
    expect(example.waves[2]).toBe(9);
  });

  it('joins by a line what is on either side, level at an end of the row', async () => {
    const drops = await occlude(sum, example, shapes, parts, fillByLine);
    // Row 0: 1, 2, 9, 4 becomes 1, 2, 3, 4; row 1: 10, 20, 30, 40 stays. The end becomes 30, 30.
    expect(drops[0]).toBeCloseTo(6, 4);
    expect(drops[2]).toBeCloseTo(30, 4);
    // All of features 0 and 1 become 9, level.
    expect(drops[1]).toBeCloseTo(100 * (7 + 8 - 18), 3);
  });
});

describe('sliding windows', () => {
  it('cover the row, the last one ending with it', () => {
    const windows = slidingParts('lead', 'waves', [0, 1], 5, 2, 2);
    expect(windows.map(({ runs }) => runs.map(({ row, from, to }) => [row, from, to]))).toEqual([
      [
        [0, 0, 2],
        [1, 0, 2],
      ],
      [
        [0, 2, 4],
        [1, 2, 4],
      ],
      [
        [0, 3, 5],
        [1, 3, 5],
      ],
    ]);
    expect(slidingParts('lead', 'waves', [0], 3, 9, 2)[0].runs[0]).toMatchObject({ from: 0, to: 3 });
  });

  it('come back as one value a sample, the mean of the windows that hold it', () => {
    const windows = slidingParts('lead', 'waves', [0], 5, 2, 2);
    // Halves of 2, 4 and 6; the fourth sample lies in two windows.
    expect([...spreadOverSamples(windows, [2, 4, 6], 5)]).toEqual([1, 1, 2, 2.5, 3]);
  });
});
