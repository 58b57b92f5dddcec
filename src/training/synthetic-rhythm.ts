import type { Random } from '../core/index.js';
import type { InputContract, InputShape } from '../models/index.js';
import type { BeatRows } from './augment.js';

// Supraventricular ectopy is an intact QRS at an odd time. From any patient's regular normal beats, rhythms with
// premature beats and fibrillating ones can therefore be made: the training records hold few of either. All
// ranges are physiology at large, none is fitted to a recording.

/** s before the R peak where the P wave lies: from `P_FROM` to `P_TO`; nothing later is touched. */
const P_FROM = 33 / 128;
const P_TO = 9 / 128;

/**
 * A normal beat as one of an atrial fibrillation: irregular intervals, mostly without its P wave, the label stays.
 *
 * @param irregularity  least coefficient of variation of the intervals
 */
export function fibrillate(
  rows: BeatRows,
  contract: InputContract,
  shape: InputShape,
  irregularity: number,
  random: Random,
): void {
  const { from, to } = shape.groups.ratios;
  const variation = between(random, irregularity, 0.35);
  const level = random.next() < 0.6 ? between(random, 0.9, 1.1) : between(random, 0.5, 1);
  for (let k = from; k < to; k++) {
    const ratio = level * Math.exp(variation * random.normal() - variation ** 2 / 2);
    rows.features[k] = Math.min(2.6, Math.max(0.25, ratio));
  }
  if (random.next() >= 0.8) return;
  const peak = shape.peak;
  const start = Math.max(0, peak - Math.round(P_FROM * contract.fs));
  const end = peak - Math.round(P_TO * contract.fs);
  // Half of the patients have no P wave in their template either: their difference shows the f wave only.
  const inTemplate = random.next() < 0.5;
  forEachLead(rows, contract, shape, (wave, difference, template) => {
    const height = between(random, 0, 0.08);
    const frequency = between(random, 4, 9);
    const phase = between(random, 0, 2 * Math.PI);
    for (let k = start; k < end; k++) {
      const fWave = height * Math.sin((2 * Math.PI * frequency * (k - start)) / contract.fs + phase);
      const hump = template(k) - chord(template, start, end - 1, k);
      rows.waves[wave + k] += fWave - hump;
      if (difference !== undefined) rows.waves[difference + k] += inTemplate ? fWave : fWave - hump;
    }
  });
  eachLikeness(contract, shape, 'p', (at) => {
    rows.features[at] = between(random, -0.4, 0.6);
  });
}

/** Beats of the longest run, where long runs are drawn: as many as the input sees. */
const LONG_RUN = 40;

/** How rhythms with premature beats are made. */
export interface PrematureSettings {
  /** Share of beats that stay normal themselves, amid ectopic neighbours. */
  readonly stillNormal: number;
  /** Share of rhythms that stand for their whole record. */
  readonly wholeRecord: number;
  /** Share of runs that may be as long as the input sees. */
  readonly longRuns: number;
}

/**
 * A normal beat of a regular rhythm put into a rhythm with premature supraventricular beats.
 *
 * @returns  whether the beat is now premature; false too for a beat that was not regular
 */
export function prematureRhythm(
  rows: BeatRows,
  contract: InputContract,
  shape: InputShape,
  { stillNormal, wholeRecord, longRuns }: PrematureSettings,
  random: Random,
): boolean {
  const { from, to } = shape.groups.ratios;
  const ratios = rows.features.subarray(from, to);
  const level = median(ratios);
  const centre = contract.rr.reach;
  const regular =
    median(ratios.map((x) => Math.abs(x / level - 1))) < 0.05 &&
    Math.abs(ratios[centre] / level - 1) < 0.12 &&
    Math.abs(ratios[centre + 1] / level - 1) < 0.12;
  if (!regular) return false;
  const premature = random.next() >= stillNormal;
  const early = drawPattern(ratios.length, centre, premature, longRuns, random);
  drawRatios(ratios, early, level, random);
  if (random.next() < wholeRecord) standForRecord(ratios, early, level, random);
  disturbLikeness(rows, contract, shape, early, random);
  if (premature) replacePWave(rows, contract, shape, random);
  return premature;
}

/** Intervals of a rhythm in which the beat of these ratios is premature; nothing else changes. */
export function prematureRatios(ratios: Float32Array, centre: number, random: Random): void {
  const level = median(ratios);
  drawRatios(ratios, drawPattern(ratios.length, centre, true, 0, random), level, random);
}

/** Which beats are premature: single ones, scattered ones, bigeminy or trigeminy, or a run. */
function drawPattern(
  n: number,
  centre: number,
  premature: boolean,
  longRuns: number,
  random: Random,
): boolean[] {
  const kind = random.next();
  const early = new Array<boolean>(n).fill(false);
  if (kind >= 0.35 && kind < 0.6) {
    const share = between(random, 0.05, 0.35);
    for (let k = 0; k < n; k++) early[k] = random.next() < share;
  } else if (kind >= 0.6 && kind < 0.75) {
    const period = 2 + random.integer(2);
    const phase = premature ? centre % period : (centre + 1 + random.integer(period - 1)) % period;
    for (let k = phase; k < n; k += period) early[k] = true;
  } else if (kind >= 0.75) {
    const length = 2 + random.integer(longRuns > 0 && random.next() < longRuns ? LONG_RUN : 12);
    const start = premature ? centre - random.integer(length) : random.integer(28) - 8;
    early.fill(true, Math.max(0, start), Math.max(0, start + length));
  }
  early[centre] = premature;
  return early;
}

/** Intervals of the pattern: early ones short, a run at its own rate, a pause after the last. */
function drawRatios(ratios: Float32Array, early: readonly boolean[], level: number, random: Random): void {
  const variation = between(random, 0.01, 0.05);
  const coupling = between(random, 0.45, 0.88);
  const rate = between(random, 0.35, 0.85);
  const pause = between(random, 0.9, 1.6);
  early.forEach((isEarly, k) => {
    const afterEarly = k > 0 && early[k - 1];
    if (isEarly) ratios[k] = level * (afterEarly ? rate : coupling) * (1 + 0.04 * random.normal());
    else if (afterEarly) ratios[k] = level * pause * (1 + 0.05 * random.normal());
    else ratios[k] = level * (1 + variation * random.normal());
  });
}

/** Least and greatest share of premature beats in a record that a rhythm stands for. */
const SHARE = [0.2, 0.9] as const;

/**
 * The intervals as ratios to the mean of a record that has this rhythm in some share: ectopy shortens that mean,
 * its intervals come near it, and those of sinus beats lie above. The stretch at hand may be all ectopic.
 */
function standForRecord(
  ratios: Float32Array,
  early: readonly boolean[],
  level: number,
  random: Random,
): void {
  const mean = (of: boolean, otherwise: number): number => {
    let sum = 0;
    let n = 0;
    ratios.forEach((ratio, k) => {
      if (early[k] !== of) return;
      sum += ratio;
      n++;
    });
    return n === 0 ? otherwise : sum / n;
  };
  const share = between(random, SHARE[0], SHARE[1]);
  const whole = share * mean(true, 0.65 * level) + (1 - share) * mean(false, level);
  for (let k = 0; k < ratios.length; k++) ratios[k] /= whole;
}

/** Premature beats are less like their template where the P wave should be. */
function disturbLikeness(
  { features }: BeatRows,
  contract: InputContract,
  shape: InputShape,
  early: readonly boolean[],
  random: Random,
): void {
  const offset = contract.rr.reach - (contract.likeness?.reach ?? 0);
  eachLikeness(contract, shape, 'p', (at, beat, differenceAt) => {
    if (!early[beat + offset]) return;
    features[at] = between(random, -0.6, 0.9);
    features[differenceAt] += between(random, 0, 1.5);
  });
}

/** The P wave shrinks and another one, somewhere else, takes its place; the QRS stays. */
function replacePWave(rows: BeatRows, contract: InputContract, shape: InputShape, random: Random): void {
  const end = shape.peak - Math.round(P_TO * contract.fs) + 1;
  const shrink = random.next();
  const bumps = Array.from({ length: 2 }, () => ({
    centre: between(random, shape.peak - 0.265 * contract.fs, shape.peak - 0.08 * contract.fs),
    width: between(random, 0.02, 0.047) * contract.fs,
  }));
  forEachLead(rows, contract, shape, (wave, difference, template) => {
    const heights = bumps.map(() => 0.12 * random.normal());
    for (let k = 0; k < end; k++) {
      let change = -shrink * (template(k) - chord(template, 0, end - 1, k));
      bumps.forEach(({ centre, width }, i) => {
        change += heights[i] * Math.exp(-(((k - centre) / width) ** 2) / 2);
      });
      rows.waves[wave + k] += change;
      if (difference !== undefined) rows.waves[difference + k] += change;
    }
  });
}

/** Calls `act` with the offsets of each lead's wave and difference and with its template; missing leads are left out. */
function forEachLead(
  { waves, features }: BeatRows,
  contract: InputContract,
  shape: InputShape,
  act: (wave: number, difference: number | undefined, template: (k: number) => number) => void,
): void {
  const leads = contract.leads.count;
  for (let lead = 0; lead < leads; lead++) {
    if (features[shape.groups.present.from + lead] === 0) continue;
    const wave = lead * shape.length;
    const difference = contract.template.difference ? (leads + lead) * shape.length : undefined;
    const own =
      difference === undefined
        ? waves.slice(wave, wave + shape.length)
        : Float32Array.from({ length: shape.length }, (_, k) => waves[wave + k] - waves[difference + k]);
    act(wave, difference, (k) => own[k]);
  }
}

/** Calls `act` with the column of each likeness of a zone, its beat (0 … 2·reach) and the column of its difference. */
function eachLikeness(
  contract: InputContract,
  shape: InputShape,
  name: string,
  act: (at: number, beat: number, differenceAt: number) => void,
): void {
  if (contract.likeness === null) return;
  const { zones, reach } = contract.likeness;
  const zone = zones.findIndex((z) => z.name === name);
  if (zone < 0) return;
  const steps = 2 * reach + 1;
  for (let lead = 0; lead < contract.leads.count; lead++) {
    const figure = (lead * zones.length + zone) * 2;
    for (let beat = 0; beat < steps; beat++) {
      const at = shape.groups.likeness.from + figure * steps + beat;
      act(at, beat, at + steps);
    }
  }
}

/** The straight line between the template's values at two samples. */
function chord(x: (k: number) => number, from: number, to: number, k: number): number {
  return x(from) + ((x(to) - x(from)) * (k - from)) / Math.max(1, to - from);
}

function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.next();
}

function median(values: Float32Array): number {
  const sorted = values.slice().sort();
  return sorted[sorted.length >> 1];
}
