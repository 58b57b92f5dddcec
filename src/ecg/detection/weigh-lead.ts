import { smallMedian } from '../../dsp/index.js';
import { DETECTION } from './constants.js';
import type { Lead } from './lead.js';
import type { Timing } from './timing.js';

/** Below this, in any unit, a lead is flat. */
const LOWEST_LEVEL = 1e-9;

const scratch = new Float32Array(64);
const peaks = new Float32Array(64);

/**
 * How much a lead counts in a hop, 0…1: by its QRS level over its noise, and by how far it still behaves as it
 * used to; a lead gone dead, a giant peak and a jump of the baseline all take its weight away.
 *
 * @param heard  hops taken in so far
 */
export function weighLead(lead: Lead, t: Timing, hop: number, heard: number): number {
  const { level } = lead;
  if (level < LOWEST_LEVEL || lead.valid[hop & t.hopMask]! < 0.5) return 0;
  const excess = Math.max(0.05, level / (noiseAround(lead, t, hop, heard) + 1e-3 * level) - 1);
  const clear = excess ** 2 / (excess ** 2 + DETECTION.snrHalf ** 2);
  const last = Math.min(heard - 1, hop + t.noiseAfter);
  const height = highest(lead.peak, t, hop - DETECTION.aliveBefore, last) / level;
  const alive = (height - DETECTION.deadBelow) / (DETECTION.aliveAbove - DETECTION.deadBelow);
  const peak = highest(lead.peak, t, hop - DETECTION.calmBefore, last);
  const swing = highest(lead.swing, t, hop - DETECTION.calmBefore, last);
  const calm =
    Math.min(1, (DETECTION.calmPeak * level) / peak) *
    Math.min(1, (DETECTION.calmSwing * lead.usualSwing) / swing);
  const trust = Math.min(1, Math.max(1e-3, alive)) * calm;
  return clear * trust ** 2;
}

/** The noise of a lead around a hop: the median of the hops' median envelopes, gaps and flat lines left out. */
export function noiseAround(lead: Lead, t: Timing, hop: number, heard: number): number {
  let n = 0;
  const last = Math.min(heard - 1, hop + t.noiseAfter);
  for (let h = Math.max(0, hop - DETECTION.noiseBefore); h <= last; h++)
    if (!isBlind(lead, h & t.hopMask)) scratch[n++] = lead.noise[h & t.hopMask]!;
  return n === 0 ? 0 : smallMedian(scratch, n);
}

function highest(ring: Float32Array, t: Timing, from: number, last: number): number {
  let max = 1e-12;
  for (let h = Math.max(0, from); h <= last; h++) max = Math.max(max, ring[h & t.hopMask]!);
  return max;
}

/**
 * Learns level and swing from hops `from` … `upTo` − 1: the usual highest peak of 2 s, the usual swing. Gaps and flat
 * lines do not count; where nothing else lies, level and swing stay.
 */
export function learnLevel(lead: Lead, t: Timing, from: number, upTo: number): void {
  const span = Math.round(2 / DETECTION.hop);
  let windows = 0;
  let swings = 0;
  let peak = 0;
  for (let h = from; h < upTo; h++) {
    const slot = h & t.hopMask;
    if (isBlind(lead, slot)) continue;
    peak = swings % span === 0 ? lead.peak[slot]! : Math.max(peak, lead.peak[slot]!);
    peaks[Math.floor(swings / span)] = peak;
    windows = Math.floor(swings / span) + 1;
    scratch[swings++] = lead.swing[slot]!;
  }
  if (swings === 0) return;
  lead.level = smallMedian(peaks, windows);
  lead.usualSwing = Math.max(1e-9, smallMedian(scratch, swings));
  lead.beats = 0;
}

/**
 * Learns the level of a lead that never had one (it was flat or missing so far) as soon as it has shown a signal
 * for 2 s.
 */
export function wakeLead(lead: Lead, t: Timing, hop: number, heard: number): void {
  if (lead.level >= LOWEST_LEVEL) return;
  const from = hop + 1 - Math.round(2 / DETECTION.hop);
  if (from < 0) return;
  for (let h = from; h <= hop; h++) if (isBlind(lead, h & t.hopMask)) return;
  learnLevel(lead, t, from, Math.min(heard, hop + 1));
}

/** True for a hop without samples or without any movement. */
function isBlind(lead: Lead, slot: number): boolean {
  return lead.valid[slot]! < 0.5 || lead.peak[slot]! < LOWEST_LEVEL;
}

/** Lets the level follow a beat whose envelope peaks at internal sample `at`. */
export function followBeat(lead: Lead, t: Timing, at: number): void {
  const memory = DETECTION.levelBeats;
  lead.heights[lead.beats++ % memory] = lead.envelope[at & t.envelopeMask]!;
  const n = Math.min(memory, lead.beats);
  if (2 * n <= memory) return;
  scratch.set(lead.heights);
  lead.level = smallMedian(scratch, n);
}

/** Lets the usual swing follow a hop's; over gaps and flat lines it stays, or a day of them would bring it to 0. */
export function followSwing(lead: Lead, t: Timing, hop: number): void {
  const slot = hop & t.hopMask;
  if (isBlind(lead, slot)) return;
  const up = lead.swing[slot]! > lead.usualSwing;
  lead.usualSwing *= up ? 1 + DETECTION.swingRate : 1 - DETECTION.swingRate;
}
