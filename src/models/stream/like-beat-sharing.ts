import type { InputContract, InputShape } from '../contract.js';
import {
  addVentricularEvidence,
  createShapeGroups,
  type LikeBeats,
  ventricularEvidence,
} from '../like-beats.js';

/** Lets beats of one shape share ventricular evidence along a stream; the counterpart of `shareVentricular`. */
export interface LikeBeatSharing {
  /** Shares with one beat, in place, without taking it into its group: it will come again. */
  preview(waves: Float32Array, wave: number, logits: Float32Array, at: number): void;
  /** Takes one beat into its group, and shares with it, in place. */
  take(waves: Float32Array, wave: number, logits: Float32Array, at: number): void;
}

/**
 * No beats yet. Groups count by what they held of late: every `block` beats what they hold is halved, and a group of
 * less than half a beat is forgotten, so that a stream of months has room for new shapes.
 *
 * @returns  null for a contract in which beats share nothing
 */
export function createLikeBeatSharing(contract: InputContract, shape: InputShape): LikeBeatSharing | null {
  const { likeBeats } = contract;
  return likeBeats === undefined ? null : sharingOf(contract, shape, likeBeats);
}

function sharingOf(contract: InputContract, shape: InputShape, likeBeats: LikeBeats): LikeBeatSharing {
  const { share, fewest, mostGroups, block } = likeBeats;
  const groups = createShapeGroups(contract, shape, likeBeats);
  const sums = new Float64Array(mostGroups);
  const members = new Float64Array(mostGroups);
  let taken = 0;

  function shareWith(group: number, sum: number, count: number, logits: Float32Array, at: number): void {
    if (group < 0 || count < fewest) return;
    addVentricularEvidence(logits, at, share * (sum / count - ventricularEvidence(logits, at)));
  }

  function forgetSome(): void {
    for (let g = 0; g < mostGroups; g++) {
      sums[g] /= 2;
      members[g] /= 2;
      if (members[g] >= 0.5) continue;
      sums[g] = 0;
      members[g] = 0;
      groups.forget(g);
    }
  }

  return {
    preview(waves, wave, logits, at) {
      const group = groups.nearest(waves, wave);
      const own = ventricularEvidence(logits, at);
      if (group >= 0) shareWith(group, sums[group] + own, members[group] + 1, logits, at);
    },
    take(waves, wave, logits, at) {
      const group = groups.join(waves, wave);
      sums[group] += ventricularEvidence(logits, at);
      members[group]++;
      shareWith(group, sums[group], members[group], logits, at);
      if (++taken % Math.max(1, block) === 0) forgetSome();
    },
  };
}
