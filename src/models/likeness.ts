import type { InputContract } from './contract.js';

/**
 * How like its template each beat is: per lead and zone the correlation, damped so that a flat zone gives 0,
 * and the logarithm of the mean absolute difference. Zeros for a missing lead.
 *
 * @param windows  [beats, leads, length]
 * @param peak     index of the R peak in a window
 * @param out      receives [beats, leads, zones, 2]
 */
export function writeLikeness(
  windows: Float32Array,
  present: Uint8Array,
  template: Float32Array,
  beats: number,
  length: number,
  peak: number,
  contract: InputContract,
  out: Float32Array,
): void {
  const { likeness, fs } = contract;
  if (likeness === null) return;
  const leads = contract.leads.count;
  const zones = likeness.zones.map((zone) => ({
    from: Math.max(0, peak + Math.round(zone.from * fs)),
    to: Math.min(length, peak + Math.round(zone.to * fs)),
    floor: zone.floor,
  }));
  let at = 0;
  for (let i = 0; i < beats; i++) {
    for (let lead = 0; lead < leads; lead++) {
      for (const { from, to, floor } of zones) {
        if (present[i * leads + lead] === 1) {
          const row = (i * leads + lead) * length;
          const pair = compare(windows, row + from, template, lead * length + from, to - from, floor);
          out[at] = pair.correlation;
          out[at + 1] = Math.log(likeness.smallest + pair.difference);
        }
        at += 2;
      }
    }
  }
}

/**
 * What is taken off each figure of a span: in the `relative` zones the median ln difference of its sinus beats,
 * else 0.
 *
 * @param figures  [beats, perBeat], as `writeLikeness` wrote them
 * @param sinus    beats to take the median over
 */
export function likenessOffset(
  figures: Float32Array,
  perBeat: number,
  present: Uint8Array,
  sinus: readonly number[],
  contract: InputContract,
): Float32Array {
  const offset = new Float32Array(perBeat);
  if (contract.likeness === null) return offset;
  const { zones, relative } = contract.likeness;
  const leads = contract.leads.count;
  const perLead = perBeat / leads;
  for (let figure = 1; figure < perBeat; figure += 2) {
    const lead = Math.floor(figure / perLead);
    if (!relative.includes(zones[Math.floor((figure % perLead) / 2)].name)) continue;
    const values = Float32Array.from(
      sinus.filter((i) => present[i * leads + lead] === 1),
      (i) => figures[i * perBeat + figure],
    ).sort();
    if (values.length > 0) offset[figure] = values[values.length >> 1];
  }
  return offset;
}

/** Takes the offset off every figure of a lead that is there. */
export function centreLikeness(
  figures: Float32Array,
  perBeat: number,
  present: Uint8Array,
  offset: Float32Array,
  leads: number,
): void {
  const perLead = perBeat / leads;
  for (let i = 0; i < figures.length; i++) {
    const beat = Math.floor(i / perBeat);
    const figure = i % perBeat;
    if (present[beat * leads + Math.floor(figure / perLead)] === 1) figures[i] -= offset[figure];
  }
}

function compare(
  a: Float32Array,
  aFrom: number,
  b: Float32Array,
  bFrom: number,
  n: number,
  floor: number,
): { correlation: number; difference: number } {
  let sumA = 0;
  let sumB = 0;
  let difference = 0;
  for (let k = 0; k < n; k++) {
    sumA += a[aFrom + k];
    sumB += b[bFrom + k];
    difference += Math.abs(a[aFrom + k] - b[bFrom + k]);
  }
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let k = 0; k < n; k++) {
    const x = a[aFrom + k] - sumA / n;
    const y = b[bFrom + k] - sumB / n;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return { correlation: ab / Math.sqrt((aa + floor) * (bb + floor)), difference: difference / n };
}
