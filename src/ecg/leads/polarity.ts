import type { BeatZones } from './beat-zones.js';
import { agreements, type ZoneWeights } from './predict-lead.js';
import { SMALL_WAVE, waveSizes } from './wave-sizes.js';

/** What is known of how usual a lead is the way up it is. */
export interface PolarityWeights {
  /** The lead from other leads, in the order of `INDEPENDENT_LEADS` without it; null where it is judged alone. */
  readonly others: ZoneWeights | null;
  /** Of each figure of `polarityFigures`. */
  readonly figures: readonly number[];
  /** Below its negative a lead is called inverted. */
  readonly margin: number;
}

/** The eight leads of a 12-lead recording that do not follow from one another. */
export const INDEPENDENT_LEADS = ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const;

/**
 * The figures by which the way up of a lead is judged; upside down they are the same with the other sign: signs of P,
 * QRS and T, small waves less, the balance of the QRS, and, with other leads, how it agrees with what these predict.
 *
 * @param beat    average beat
 * @param others  average beats of the other independent leads, or null
 */
export function polarityFigures(
  beat: Float32Array,
  zones: BeatZones,
  others: { readonly beats: readonly Float32Array[]; readonly weights: ZoneWeights } | null,
): number[] {
  const { p, qrs, t, qrsBalance } = waveSizes(beat, zones);
  const sign = (size: number, small: number) => size / (Math.abs(size) + small);
  const figures = [sign(p, SMALL_WAVE.p), sign(qrs, SMALL_WAVE.qrs), sign(t, SMALL_WAVE.t), qrsBalance];
  if (others === null) return figures;
  const agreed = agreements(beat, others.beats, zones, others.weights);
  return [...figures, ...agreed.map(({ correlation }) => correlation)];
}

/** Whether a lead seems upside down. */
export function seemsInverted(
  beat: Float32Array,
  others: readonly Float32Array[] | null,
  zones: BeatZones,
  weights: PolarityWeights,
): boolean {
  const support =
    others !== null && weights.others !== null ? { beats: others, weights: weights.others } : null;
  const figures = polarityFigures(beat, zones, support);
  return figures.reduce((sum, figure, k) => sum + figure * weights.figures[k], 0) < -weights.margin;
}
