import { describe, expect, it } from 'vitest';
import { TEST_CONTRACT } from '../../tests/beat-contract.js';
import type { InputBatch } from './compose.js';
import { inputShape } from './contract.js';
import { groupLikeBeats, predictBeats, shareVentricular } from './like-beats.js';

const shape = inputShape(TEST_CONTRACT);
const likeBeats = {
  zone: { from: -0.05, to: 0.05 },
  distance: 0.1,
  mostGroups: 3,
  block: 4,
  share: 0.5,
  fewest: 3,
};

/** Beats whose first lead is one sample of the given height at the R peak. */
function beats(heights: readonly number[]): Float32Array {
  const waves = new Float32Array(heights.length * shape.channels * shape.length);
  heights.forEach((height, i) => {
    waves[i * shape.channels * shape.length + shape.peak] = height;
  });
  return waves;
}

describe('groupLikeBeats', () => {
  it('puts beats of one shape together, in the order in which shapes appear', () => {
    const waves = beats([1, -1, 1.01, -1.02, 1]);
    expect([...groupLikeBeats(waves, TEST_CONTRACT, shape, likeBeats)]).toEqual([0, 1, 0, 1, 0]);
  });

  it('measures distance over the sum of energies', () => {
    // By hand: of 1 and 2 it is (2 − 1)² / (1 + 4) = 0.2.
    const groups = (distance: number) => [
      ...groupLikeBeats(beats([1, 2]), TEST_CONTRACT, shape, { ...likeBeats, distance }),
    ];
    expect(groups(0.19)).toEqual([0, 1]);
    expect(groups(0.21)).toEqual([0, 0]);
  });

  it('makes no more groups than allowed: a further shape joins the nearest', () => {
    expect([...groupLikeBeats(beats([1, -1, 10, -9]), TEST_CONTRACT, shape, likeBeats)]).toEqual([
      0, 1, 2, 1,
    ]);
  });

  it('does not look outside its zone', () => {
    const waves = beats([1, 1]);
    waves[shape.channels * shape.length] = 50;
    expect([...groupLikeBeats(waves, TEST_CONTRACT, shape, likeBeats)]).toEqual([0, 0]);
  });
});

describe('shareVentricular', () => {
  // N and S at 0 hold evidence of ln 2 together.
  const rows = () => Float32Array.from([1, 2, 6].flatMap((evidence) => [0, 0, evidence + Math.LN2, -3, -4]));

  it('moves half way to the mean of the group, by hand', () => {
    const logits = rows();
    shareVentricular(logits, Int32Array.of(0, 0, 0), likeBeats);
    [1 + 1, 2 + 0.5, 6 - 1.5].forEach((evidence, i) => {
      expect(logits[i * 5 + 2]).toBeCloseTo(evidence + Math.LN2, 5);
    });
    expect([...logits.subarray(0, 2), ...logits.subarray(3, 5)]).toEqual([0, 0, -3, -4]);
  });

  it('leaves small groups and other groups alone', () => {
    const small = rows();
    shareVentricular(small, Int32Array.of(0, 0, 1), likeBeats);
    expect(small).toEqual(rows());
  });
});

describe('predictBeats', () => {
  const batch = (from: number, heights: readonly number[]): InputBatch => ({
    from,
    to: from + heights.length,
    waves: beats(heights),
    features: new Float32Array(heights.length * shape.features),
  });
  /** Evidence for V is the beat's height. */
  const network = async (waves: Float32Array, _features: Float32Array, n: number) =>
    Float32Array.from({ length: n * 5 }, (_, k) =>
      k % 5 === 2 ? waves[Math.floor(k / 5) * shape.channels * shape.length + shape.peak] : 0,
    );
  const all = async (contract: typeof TEST_CONTRACT, batches: InputBatch[]) => {
    const blocks: { from: number; v: number[] }[] = [];
    for await (const block of predictBeats([network], batches, contract, shape))
      blocks.push({
        from: block.batch.from,
        v: Array.from({ length: block.batch.to - block.batch.from }, (_, i) => block.logits[0][i * 5 + 2]),
      });
    return blocks;
  };

  it('joins batches to blocks, within which alone beats share', async () => {
    const batches = [batch(0, [1, 1.1]), batch(2, [1.2, -1]), batch(4, [1.1])];
    const blocks = await all({ ...TEST_CONTRACT, likeBeats }, batches);
    expect(blocks.map(({ from }) => from)).toEqual([0, 4]);
    // Mean 1.1 of three like beats; the fourth and the next block stay.
    [1.05, 1.1, 1.15, -1].forEach((v, i) => {
      expect(blocks[0].v[i]).toBeCloseTo(v, 5);
    });
    expect(blocks[1].v[0]).toBeCloseTo(1.1, 5);
  });

  it('hands batches on as they are without it', async () => {
    const { likeBeats: _, ...contract } = { ...TEST_CONTRACT, likeBeats };
    const blocks = await all(contract, [batch(0, [1, 1.1]), batch(2, [1.2])]);
    expect(blocks.map(({ v }) => v.map((x) => Number(x.toFixed(5))))).toEqual([[1, 1.1], [1.2]]);
  });
});
