import type { BeatZone, BeatZones } from './beat-zones.js';

/** For P, QRS and T zone: the weights of the leads a lead is predicted from. */
export type ZoneWeights = readonly [readonly number[], readonly number[], readonly number[]];

/** How like a lead and its prediction are in one zone. */
export interface Agreement {
  /** −1…1; a zone in which both are flat gives 0. */
  readonly correlation: number;
  /** ln of (0.1 + squared difference / squared size). */
  readonly difference: number;
}

/** mV² a sample that count as flat in P, QRS and T zone (chosen on the recordings for fitting). */
const FLAT = [4e-4, 1e-3, 1e-3] as const;

/** The zones in the order of every table of weights. */
export const zonesInOrder = ({ p, qrs, t }: BeatZones): readonly BeatZone[] => [p, qrs, t];

/** The samples of a zone less their mean. */
export function centred(beat: Float32Array, { from, to }: BeatZone): Float64Array {
  const part = Float64Array.from(beat.subarray(from, to));
  const mean = part.reduce((sum, x) => sum + x, 0) / part.length;
  return part.map((x) => x - mean);
}

/**
 * How a lead agrees with what other leads say it should be, zone by zone: a linear combination of them whose weights
 * were fitted on people without swapped electrodes.
 *
 * @param beat     average beat of the lead
 * @param sources  average beats of the leads it is predicted from
 *
 * Source: the idea of predicting limb leads from chest leads: Kors & van Herpen, Am. J. Cardiol. 88(4):396–399, 2001,
 * doi:10.1016/S0002-9149(01)01686-9. Departs: weights by zone, fitted here (experiments/lead-check).
 */
export function agreements(
  beat: Float32Array,
  sources: readonly Float32Array[],
  zones: BeatZones,
  weights: ZoneWeights,
): Agreement[] {
  return zonesInOrder(zones).map((zone, z) => {
    const measured = centred(beat, zone);
    const predicted = new Float64Array(measured.length);
    let power = 0;
    sources.forEach((source, j) => {
      const x = centred(source, zone);
      for (let k = 0; k < x.length; k++) {
        predicted[k] += weights[z][j] * x[k];
        power += (x[k] * x[k]) / sources.length;
      }
    });
    let product = 0;
    let own = 0;
    let other = 0;
    let apart = 0;
    for (let k = 0; k < measured.length; k++) {
      product += measured[k] * predicted[k];
      own += measured[k] ** 2;
      other += predicted[k] ** 2;
      apart += (measured[k] - predicted[k]) ** 2;
    }
    const flat = FLAT[z] * measured.length;
    return {
      correlation: product / Math.sqrt((own + flat) * (other + flat)),
      difference: Math.log(0.1 + apart / (other + power + 2 * flat)),
    };
  });
}
