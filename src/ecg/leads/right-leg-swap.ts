import type { LimbPair } from './limb-swap.js';

/** An arm electrode that changed places with the one of the right leg. */
export type RightLegSwap = 'RA-RL' | 'LA-RL';

/** Of the height of a lead's average beat to that of the highest limb lead, below which it is flat. */
export interface FlatLimits {
  /** Lead II: both its electrodes on the legs (RA-RL). */
  readonly ii: number;
  /** Lead III (LA-RL). */
  readonly iii: number;
}

/**
 * The arm electrode that sits on a leg: between two legs there is almost no voltage, so that II is flat with RA on the
 * right leg, III with LA there; null where neither is.
 *
 * Source: Haisty et al., J. Electrocardiol. 24(4):307–314, 1991 (the flat lead of each exchange with the right leg).
 */
export function findRightLegSwap({ i, ii }: LimbPair, limits: FlatLimits): RightLegSwap | null {
  const iii = ii.map((x, k) => x - i[k]);
  const [h1, h2, h3] = [height(i), height(ii), height(iii)];
  const highest = Math.max(h1, h2, h3);
  if (!(highest > 0)) return null;
  if (h2 < limits.ii * highest) return 'RA-RL';
  return h3 < limits.iii * highest ? 'LA-RL' : null;
}

function height(beat: Float32Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < beat.length; k++) {
    low = Math.min(low, beat[k]);
    high = Math.max(high, beat[k]);
  }
  return high - low;
}
