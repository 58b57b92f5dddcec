import { type Candidates, MOST_CANDIDATES } from './candidates.js';
import { DETECTION } from './constants.js';

/** What the beats and rejected peaks so far say about the next ones. */
export interface Rhythm {
  /** Valid time of the last beat given out, internal samples; −1 before the first. */
  lastClock: number;
  /** Its height. */
  lastHeight: number;
  /** Its sharpness. */
  lastSharpness: number;
  /** Expected RR, and a short one of late; internal samples. */
  rr: number;
  shortRr: number;
  /** Running height of the peaks that were no beats. */
  rejected: number;
}

const total = new Float64Array(MOST_CANDIDATES);
const before = new Int32Array(MOST_CANDIDATES);

/**
 * Marks in `chosen` the most plausible beats among the candidates: the path whose evidence, less the cost of its
 * RR intervals, is highest (dynamic programming over all predecessors).
 *
 * @param now     valid time up to which candidates are known, internal samples
 * @param fs      internal rate, Hz
 * @param chosen  1 for a beat, 0 for none; as long as the candidates
 */
export function choosePath(c: Candidates, rhythm: Rhythm, now: number, fs: number, chosen: Uint8Array): void {
  const refractory = DETECTION.refractory * fs;
  const { lastClock } = rhythm;
  let end = -1;
  // The path without any beat: it too must pay for the time since the last one.
  let best = lastClock < 0 ? 0 : -lateCost(Math.max(now - lastClock, rhythm.rr), rhythm);
  for (let i = 0; i < c.count; i++) {
    chosen[i] = 0;
    let top = Number.NEGATIVE_INFINITY;
    let from = -1;
    if (lastClock < 0) top = 0;
    else {
      const distance = c.clock[i]! - lastClock;
      if (distance >= refractory) top = -stepCost(distance, rhythm.lastHeight, c, i, rhythm, fs);
    }
    for (let j = i - 1; j >= 0; j--) {
      const distance = c.clock[i]! - c.clock[j]!;
      if (distance < refractory) continue;
      const score = total[j]! - stepCost(distance, c.height[j]!, c, i, rhythm, fs);
      if (score > top) {
        top = score;
        from = j;
      }
    }
    total[i] = top + evidence(c, i, rhythm, fs);
    before[i] = from;
    const score = total[i]! - lateCost(Math.max(now - c.clock[i]!, rhythm.rr), rhythm);
    if (score > best) {
      best = score;
      end = i;
    }
  }
  for (let i = end; i >= 0; i = before[i]!) chosen[i] = 1;
}

/** What a path (ascending indices of candidates) is worth, nats: what `choosePath` makes as large as it can be. */
export function pathScore(
  c: Candidates,
  rhythm: Rhythm,
  now: number,
  fs: number,
  path: readonly number[],
): number {
  let score = 0;
  let clock = rhythm.lastClock;
  let height = rhythm.lastHeight;
  for (const i of path) {
    if (clock >= 0) {
      const distance = c.clock[i]! - clock;
      if (distance < DETECTION.refractory * fs) return Number.NEGATIVE_INFINITY;
      score -= stepCost(distance, height, c, i, rhythm, fs);
    }
    score += evidence(c, i, rhythm, fs);
    clock = c.clock[i]!;
    height = c.height[i]!;
  }
  return clock < 0 ? score : score - lateCost(Math.max(now - clock, rhythm.rr), rhythm);
}

/** How much the height of candidate `i` speaks for a beat, nats. */
function evidence(c: Candidates, i: number, rhythm: Rhythm, fs: number): number {
  const noise = c.noise[i]!;
  const threshold = Math.max(
    DETECTION.thresholdOverNoise * noise,
    Math.min(
      DETECTION.thresholdMax,
      DETECTION.thresholdBase + rhythm.rejected + DETECTION.thresholdNoise * noise,
    ),
  );
  const score = DETECTION.gain * Math.log(c.height[i]! / threshold);
  return (
    Math.min(DETECTION.evidenceMax, Math.max(DETECTION.evidenceMin, score)) - bluntCost(c, i, rhythm, fs)
  );
}

/** What speaks against candidate `i` because a much sharper peak stands where the QRS of its T wave would. */
function bluntCost(c: Candidates, i: number, rhythm: Rhythm, fs: number): number {
  const { lastClock } = rhythm;
  const least = DETECTION.bluntness * c.sharpness[i]!;
  let cost = 0;
  if (lastClock >= 0 && rhythm.lastHeight >= DETECTION.bluntHeight * c.height[i]!)
    cost = bluntness(c.clock[i]! - lastClock, rhythm.lastSharpness / least, fs);
  for (let j = i - 1; j >= 0; j--) {
    const distance = c.clock[i]! - c.clock[j]!;
    if (distance > DETECTION.blunted * fs) break;
    if (c.height[j]! >= DETECTION.bluntHeight * c.height[i]!)
      cost = Math.max(cost, bluntness(distance, c.sharpness[j]! / least, fs));
  }
  return cost;
}

/** The cost of a peak `distance` behind one that is `ratio` times sharper than a T wave's QRS must be. */
function bluntness(distance: number, ratio: number, fs: number): number {
  if (ratio <= 1 || distance < DETECTION.refractory * fs || distance > DETECTION.blunted * fs) return 0;
  const near = Math.min(1, (DETECTION.blunted * fs - distance) / (DETECTION.bluntRamp * fs));
  return Math.min(DETECTION.bluntCostMax, DETECTION.bluntCost * near * Math.log(ratio));
}

/** What it costs, in nats, that candidate `i` is the beat after one of height `last`. */
function stepCost(
  distance: number,
  last: number,
  c: Candidates,
  i: number,
  rhythm: Rhythm,
  fs: number,
): number {
  let cost = lateCost(distance, rhythm);
  const early = DETECTION.early * rhythm.shortRr;
  if (distance < early) {
    const noisy = Math.min(1, c.noise[i]! / DETECTION.earlyNoise);
    cost += Math.min(DETECTION.earlyCostMax, DETECTION.earlyCost * noisy * Math.log(early / distance));
  }
  const repolarised = DETECTION.repolarisation * fs;
  const height = c.height[i]!;
  if (distance < repolarised && height < last) {
    const near = Math.min(1, (repolarised - distance) / (DETECTION.repolarisationRamp * fs));
    cost += DETECTION.repolarisationCost * near * Math.log(last / height);
  }
  return cost;
}

function lateCost(distance: number, rhythm: Rhythm): number {
  const late = DETECTION.late * rhythm.rr;
  return distance > late ? DETECTION.lateCost * Math.log(distance / late) : 0;
}
