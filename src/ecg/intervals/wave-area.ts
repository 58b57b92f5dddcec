import type { LeadSlice } from './st-level.js';

/**
 * The net area of a wave of each beat: what lies above the line from its onset to its offset less what lies below.
 *
 * @param onset   samples of the recording, NaN where unknown
 * @param offset  as many
 * @returns       mV·ms, one a beat of `from` … `to − 1`; NaN where a mark is missing, a sample invalid or outside
 */
export function waveAreas(
  lead: LeadSlice,
  onset: Float64Array,
  offset: Float64Array,
  from = 0,
  to = onset.length,
): Float32Array {
  const x = lead.samples;
  const areas = new Float32Array(to - from).fill(Number.NaN);
  for (let i = from; i < to; i++) {
    const first = Math.round(onset[i] - lead.offset);
    const last = Math.round(offset[i] - lead.offset);
    if (!(first >= 0 && last > first && last < x.length)) continue;
    let sum = 0;
    for (let k = first; k <= last; k++)
      sum += x[k] - (x[first] * (last - k) + x[last] * (k - first)) / (last - first);
    areas[i - from] = (sum / lead.fs) * 1000;
  }
  return areas;
}
