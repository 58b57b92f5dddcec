import { describe, expect, it } from 'vitest';
import { TEST_CONTRACT } from '../../../tests/beat-contract.js';
import { inputShape } from '../contract.js';
import { groupLikeBeats, shareVentricular, ventricularEvidence } from '../like-beats.js';
import { createLikeBeatSharing } from './like-beat-sharing.js';

const likeBeats = {
  zone: { from: -0.05, to: 0.05 },
  distance: 0.1,
  mostGroups: 3,
  block: 1000,
  share: 0.5,
  fewest: 3,
};
const contract = { ...TEST_CONTRACT, likeBeats };
const shape = inputShape(contract);
const size = shape.channels * shape.length;

function beat(height: number): Float32Array {
  const waves = new Float32Array(size);
  waves[shape.peak] = height;
  return waves;
}

describe('sharing along a stream', () => {
  it('gives the last beat what sharing over all of them gives it', () => {
    const heights = [1, -1, 1.01, -1.02, 1, 0.99];
    const logits = heights.map((_, i) => Float32Array.of(1, 0, i / 2, 0, 0));
    const waves = new Float32Array(heights.length * size);
    heights.forEach((height, i) => {
      waves.set(beat(height), i * size);
    });
    const all = new Float32Array(logits.flatMap((row) => [...row]));
    shareVentricular(all, groupLikeBeats(waves, contract, shape, likeBeats), likeBeats);
    const sharing = createLikeBeatSharing(contract, shape);
    const last = Float32Array.from(logits[5]);
    heights.forEach((height, i) => {
      const preview = Float32Array.from(logits[i]);
      sharing?.preview(beat(height), 0, preview, 0);
      const own = i === 5 ? last : Float32Array.from(logits[i]);
      sharing?.take(beat(height), 0, own, 0);
      // A preview that has a group says what taking says.
      if (i > 1) expect(preview[2]).toBeCloseTo(own[2], 5);
    });
    expect(last[2]).toBeCloseTo(all[5 * 5 + 2], 5);
    // Negative control: sharing changed it.
    expect(Math.abs(last[2] - logits[5][2])).toBeGreaterThan(0.1);
  });

  it('does not share before a group is large enough, nor with another shape', () => {
    const sharing = createLikeBeatSharing(contract, shape);
    for (const height of [1, 1]) {
      const own = Float32Array.of(0, 0, 3, 0, 0);
      sharing?.take(beat(height), 0, own, 0);
      expect(own[2]).toBe(3);
    }
    const other = Float32Array.of(0, 0, -3, 0, 0);
    sharing?.preview(beat(-1), 0, other, 0);
    expect(ventricularEvidence(other, 0)).toBeCloseTo(-3 - Math.LN2, 5);
  });

  it('has room for new shapes when old ones are forgotten', () => {
    const quick = { ...contract, likeBeats: { ...likeBeats, block: 10 } };
    const sharing = createLikeBeatSharing(quick, shape);
    const take = (height: number, evidence: number) => {
      const own = Float32Array.of(0, 0, evidence, 0, 0);
      sharing?.take(beat(height), 0, own, 0);
      return own[2];
    };
    for (const height of [1, -1, 3]) take(height, 0);
    for (let i = 0; i < 60; i++) take(-3, 0);
    // A fourth shape has found a group of its own by now, and its first beats share with nobody.
    expect(take(9, 8)).toBe(8);
    expect(take(9, 8)).toBe(8);
  });

  it('is nothing for a contract without', () => {
    expect(createLikeBeatSharing({ ...TEST_CONTRACT, likeBeats: undefined }, shape)).toBeNull();
  });
});
