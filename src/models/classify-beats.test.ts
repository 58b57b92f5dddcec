import { describe, expect, it } from 'vitest';
import { TEST_CONTRACT } from '../../tests/beat-contract.js';
import type { BeatModel } from './beat-model.js';
import { classifyBeats, softmax } from './classify-beats.js';
import type { InputBatch } from './compose.js';
import { inputShape } from './contract.js';

const shape = inputShape(TEST_CONTRACT);

/** A model whose logits are the first five samples of each beat. */
const model = {
  card: { calibration: { temperature: 2, leastProbability: 0.5 } },
  shape,
  forward: async (waves: Float32Array, _features: Float32Array, n: number) =>
    Float32Array.from(
      { length: 5 * n },
      (_, i) => waves[Math.floor(i / 5) * shape.channels * shape.length + (i % 5)],
    ),
  close: async () => {},
} as unknown as BeatModel;

function batch(from: number, rows: readonly number[][], present: readonly number[]): InputBatch {
  const waves = new Float32Array(rows.length * shape.channels * shape.length);
  const features = new Float32Array(rows.length * shape.features);
  rows.forEach((logits, i) => {
    waves.set(logits, i * shape.channels * shape.length);
    features[i * shape.features + shape.groups.present.from] = present[i];
  });
  return { from, to: from + rows.length, waves, features };
}

describe('softmax', () => {
  it('divides by the temperature first', () => {
    // By hand: ln 9 / 2 = ln 3, so 3/4 and 1/4.
    const p = softmax(Float32Array.of(Math.log(9), 0), 2, 2);
    expect(p[0]).toBeCloseTo(0.75, 6);
    expect(p[1]).toBeCloseTo(0.25, 6);
  });

  it('stands logits of any size', () => {
    expect([...softmax(Float32Array.of(1000, 0, -1000), 3, 1)]).toEqual([1, 0, 0]);
  });
});

describe('classifyBeats', () => {
  it('names classes, doubts the improbable and what no lead shows', async () => {
    async function* batches() {
      yield batch(
        0,
        [
          [0, 0, 20, 0, 0],
          [1, 1.1, 1, 1, 1],
        ],
        [1, 1],
      );
      yield batch(2, [[0, 30, 0, 0, 0]], [0]);
    }
    const progress: number[] = [];
    const found = await classifyBeats(model, batches(), {
      total: 3,
      onProgress: ({ done }) => progress.push(done),
    });
    expect(found.classes).toEqual(['V', 'S', 'S']);
    expect(found.uncertain).toEqual([undefined, 'low-confidence', 'no-signal']);
    expect(found.probabilities).toHaveLength(15);
    for (let i = 0; i < 3; i++) {
      expect(found.probabilities.subarray(5 * i, 5 * i + 5).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    }
    expect(progress).toEqual([2, 3]);
  });

  it('stops when cancelled', async () => {
    async function* batches() {
      yield batch(0, [[1, 0, 0, 0, 0]], [1]);
    }
    await expect(classifyBeats(model, batches(), { signal: { aborted: true } })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
