import type { BeatZones } from './beat-zones.js';
import { agreements, type ZoneWeights } from './predict-lead.js';
import { SMALL_WAVE, type WaveSizes, waveSizes } from './wave-sizes.js';

/** Two limb electrodes that changed places: right arm, left arm, left leg. */
export const ARM_LEG_SWAPS = ['RA-LA', 'RA-LL', 'LA-LL'] as const;
export type ArmLegSwap = (typeof ARM_LEG_SWAPS)[number];

/** Leads I and II of any one kind: samples, average beats. */
export interface LimbPair {
  readonly i: Float32Array;
  readonly ii: Float32Array;
}

/** What I and II become when electrodes change places, as weights of I and II; each swap undoes itself. */
export const LIMB_ALGEBRA = {
  none: [
    [1, 0],
    [0, 1],
  ],
  'RA-LA': [
    [-1, 0],
    [-1, 1],
  ],
  'RA-LL': [
    [1, -1],
    [0, -1],
  ],
  'LA-LL': [
    [0, 1],
    [1, 0],
  ],
} as const satisfies Record<ArmLegSwap | 'none', readonly (readonly [number, number])[]>;

/** Leads I and II as they would be with other weights of I and II. */
export function combineLimbs(
  { i, ii }: LimbPair,
  [first, second]: readonly (readonly [number, number])[],
): LimbPair {
  const of = ([a, b]: readonly [number, number]) => i.map((x, k) => a * x + b * ii[k]);
  return { i: of(first), ii: of(second) };
}

/** What is known of how usual a pair of limb leads is. */
export interface SwapWeights {
  /** I and II from V1 … V6; null where the chest leads are not used. */
  readonly chest: { readonly i: ZoneWeights; readonly ii: ZoneWeights } | null;
  /** Of each figure of `swapFigures`. */
  readonly figures: readonly number[];
  /** By how much a swap must be more usual than none, before it is named; null where it is never named. */
  readonly margins: Readonly<Record<ArmLegSwap, number | null>>;
}

/**
 * The figures by which a pair of limb leads is judged: directions of P, QRS and T in the frontal plane as cos, sin of
 * once and twice their angle, small waves less; and, with chest leads, how I and II agree with what these predict.
 *
 * @param beats  average beats
 * @param chest  average beats of V1 … V6, or null
 */
export function swapFigures(
  beats: LimbPair,
  zones: BeatZones,
  chest: {
    readonly beats: readonly Float32Array[];
    readonly weights: NonNullable<SwapWeights['chest']>;
  } | null,
): number[] {
  const i = waveSizes(beats.i, zones);
  const ii = waveSizes(beats.ii, zones);
  const figures = (['p', 'qrs', 't'] as const).flatMap((wave) => direction(i, ii, wave));
  if (chest === null) return figures;
  const agreed = [
    ...agreements(beats.i, chest.beats, zones, chest.weights.i),
    ...agreements(beats.ii, chest.beats, zones, chest.weights.ii),
  ];
  return [...figures, ...agreed.flatMap(({ correlation, difference }) => [correlation, difference])];
}

function direction(i: WaveSizes, ii: WaveSizes, wave: 'p' | 'qrs' | 't'): number[] {
  const x = i[wave];
  const y = (2 * ii[wave] - i[wave]) / Math.sqrt(3);
  const length = Math.hypot(x, y);
  const weight = length / (length + SMALL_WAVE[wave]);
  const angle = Math.atan2(y, x);
  return [Math.cos(angle), Math.sin(angle), Math.cos(2 * angle), Math.sin(2 * angle)].map((f) => weight * f);
}

/**
 * The swap of limb electrodes that explains the limb leads best, where it is so much more usual than none that its
 * margin is passed; null otherwise.
 *
 * Each swap is undone by lead algebra and the leads that come out are judged by `swapFigures`, weighted by a model of
 * conditional choice. LA-LL is the hardest to see, for it hardly turns the axes.
 *
 * @param beats  average beats as recorded
 * @param chest  average beats of V1 … V6; used with weights that have `chest`
 */
export function findLimbSwap(
  beats: LimbPair,
  chest: readonly Float32Array[] | null,
  zones: BeatZones,
  weights: SwapWeights,
): ArmLegSwap | null {
  const support = chest !== null && weights.chest !== null ? { beats: chest, weights: weights.chest } : null;
  const score = (algebra: readonly (readonly [number, number])[]) =>
    swapFigures(combineLimbs(beats, algebra), zones, support).reduce(
      (sum, figure, k) => sum + figure * weights.figures[k],
      0,
    );
  const none = score(LIMB_ALGEBRA.none);
  let best: ArmLegSwap | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const swap of ARM_LEG_SWAPS) {
    const gain = score(LIMB_ALGEBRA[swap]) - none;
    if (gain <= most) continue;
    most = gain;
    const margin = weights.margins[swap];
    best = margin !== null && gain > margin ? swap : null;
  }
  return best;
}
