import { BEAT_FROM, BEAT_SIZE, BEAT_STEP } from './average-beat.js';

/** A stretch of an average beat: its samples from `from` to `to − 1`. */
export interface BeatZone {
  readonly from: number;
  readonly to: number;
}

/** Where the waves of an average beat are looked for. */
export interface BeatZones {
  readonly p: BeatZone;
  readonly qrs: BeatZone;
  readonly t: BeatZone;
}

/** ms around the R peak in which the QRS is. */
const QRS_REACH = 120;
/** Differences averaged on either side of one, before they are weighed. */
const SMOOTH = 3;

/**
 * The zones of P, QRS and T: the middle of the QRS is the centre of the steepness of all leads together, so that it
 * does not matter in which of them the R peaks were set; the zones are 270…75 ms before it, 60 ms on either side, and
 * from 110 ms after it to 55 % of the RR interval (260…420 ms).
 *
 * @param beats  average beats
 * @param rrS    usual RR interval, s
 *
 * Source: the widths were chosen on the recordings for fitting (experiments/lead-check).
 */
export function beatZones(beats: readonly Float32Array[], rrS: number): BeatZones {
  const centre = qrsCentre(beats);
  const zone = (from: number, to: number): BeatZone => ({
    from: clampIndex(Math.ceil((centre + from - BEAT_FROM) / BEAT_STEP)),
    to: clampIndex(Math.floor((centre + to - BEAT_FROM) / BEAT_STEP) + 1),
  });
  return {
    p: zone(-270, -75),
    qrs: zone(-60, 60),
    t: zone(110, Math.min(420, Math.max(260, 550 * rrS))),
  };
}

const clampIndex = (k: number): number => Math.min(BEAT_SIZE, Math.max(0, k));

/** ms from the R peak. */
function qrsCentre(beats: readonly Float32Array[]): number {
  const steep = new Float64Array(BEAT_SIZE - 1);
  for (const beat of beats)
    for (let k = 0; k + 1 < BEAT_SIZE; k++) steep[k] += Math.abs(beat[k + 1] - beat[k]);
  const smooth = steep.map((_, k) => {
    let sum = 0;
    for (let j = Math.max(0, k - SMOOTH); j <= Math.min(steep.length - 1, k + SMOOTH); j++) sum += steep[j];
    return sum;
  });
  const rest = Float64Array.from(smooth).sort()[smooth.length >> 1];
  let weight = 0;
  let moment = 0;
  for (let k = 0; k < smooth.length; k++) {
    const ms = BEAT_FROM + (k + 0.5) * BEAT_STEP;
    if (Math.abs(ms) > QRS_REACH || smooth[k] <= rest) continue;
    weight += smooth[k] - rest;
    moment += (smooth[k] - rest) * ms;
  }
  return weight > 0 ? moment / weight : 0;
}
