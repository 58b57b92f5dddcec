import { BEAT_STEP } from './average-beat.js';
import type { BeatZone, BeatZones } from './beat-zones.js';

/** How large the waves of an average beat are, with their sign. */
export interface WaveSizes {
  /** mV·ms above the line between the ends of its zone. */
  readonly p: number;
  /** mV·ms above the level just before the QRS. */
  readonly qrs: number;
  readonly t: number;
  /** Highest less deepest of the QRS over their distance, −1…1: 1 for a lone R, −1 for a lone Q or S. */
  readonly qrsBalance: number;
}

/** mV·ms of a wave at which half of its direction counts: what is small may point anywhere (chosen on the recordings for fitting). */
export const SMALL_WAVE = { p: 0.5, qrs: 1.5, t: 3 } as const;

/** Samples averaged for a level. */
const LEVEL = 5;
/** Samples averaged at either end of the P zone. */
const P_END = 3;
/** mV under which a QRS has no balance. */
const SMALL = 0.05;

/** The sizes of the waves of an average beat of one lead. */
export function waveSizes(beat: Float32Array, zones: BeatZones): WaveSizes {
  const level = meanOf(beat, Math.max(0, zones.qrs.from - LEVEL), zones.qrs.from + 1);
  const above = ({ from, to }: BeatZone) => (meanOf(beat, from, to) - level) * (to - from) * BEAT_STEP;
  let highest = 0;
  let deepest = 0;
  for (let k = zones.qrs.from; k < zones.qrs.to; k++) {
    highest = Math.max(highest, beat[k] - level);
    deepest = Math.max(deepest, level - beat[k]);
  }
  const { from, to } = zones.p;
  const ends = (meanOf(beat, from, from + P_END) + meanOf(beat, to - P_END, to)) / 2;
  return {
    p: (meanOf(beat, from, to) - ends) * (to - from) * BEAT_STEP,
    qrs: above(zones.qrs),
    t: above(zones.t),
    qrsBalance: (highest - deepest) / (highest + deepest + SMALL),
  };
}

function meanOf(x: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let k = from; k < to; k++) sum += x[k];
  return sum / (to - from);
}
