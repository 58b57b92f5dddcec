import { describe, expect, it } from 'vitest';
import { TEST_CONTRACT } from '../../tests/beat-contract.js';
import type { BeatModel } from './beat-model.js';
import { classifyBeats, softmax } from './classify-beats.js';
import type { InputBatch } from './compose.js';
import { inputShape } from './contract.js';

const shape = inputShape(TEST_CONTRACT);

/** A model whose logits are the first five samples of each beat. */
const model = {
  card: { input: TEST_CONTRACT, calibration: { temperature: 2, leastProbability: 0.5 } },
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

  it('gives sets and outside scores where the card knows them', async () => {
    const width = TEST_CONTRACT.leads.count * shape.length;
    const axis = new Array<number>(width).fill(0);
    axis[4] = 1;
    const doubt = {
      conformal: [
        {
          coverage: 0.9,
          least: [0.3, 0.3, 0.3, 1, 1],
          patients: [9, 9, 9, 9, 9],
          promised: [true, true, true, true, true],
        },
      ],
      closeAt: 0.9,
      confidence: { slope: 1, offsets: [0, 0, 0, 0, 0] },
      familiar: { mean: new Array<number>(width).fill(0), axes: [axis], centres: [[0]], residual: 1 },
      outside: { unusual: Math.log(50), most: Math.log(1000) },
      basis: 'hand',
    };
    const calibration = { ...model.card.calibration, leastProbability: 0.7 };
    const knowing = { ...model, card: { ...model.card, calibration, doubt } } as BeatModel;
    async function* batches() {
      yield batch(
        0,
        [
          [8, 0, 0, 0, 0],
          [0.2, 0, -4, -4, -4],
          [8, 0, 0, 0, 40],
          [0, 0, 0, 0, 0],
          [4, 4, 4, 4, 4],
        ],
        [1, 1, 1, 1, 1],
      );
    }
    const found = await classifyBeats(knowing, batches());
    // By hand at temperature 2: e⁴ / (e⁴ + 4) = .93 certain; e⁰·¹ and 1 of 2.51 are .44 and .40,
    // both ≥ .3; the third lies 40² + 8² = 1664 squared units from the only centre; five equal classes are .2 each, under every figure, at the
    // centre and at 5 × 4² = 80 from it.
    expect(found.uncertain).toEqual([
      undefined,
      'classes-close',
      'outside-training',
      'low-confidence',
      'unusual-morphology',
    ]);
    expect([...(found.sets ?? [])]).toEqual([0b1, 0b11, 0b10000, 0b1, 0b1]);
    expect(found.confidence?.[0]).toBeCloseTo(Math.exp(4) / (Math.exp(4) + 4), 5);
    expect(found.outside?.[0]).toBeCloseTo(Math.log(0.01 + 64), 4);
    expect(found.outside?.[4]).toBeCloseTo(Math.log(0.01 + 80), 4);
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
