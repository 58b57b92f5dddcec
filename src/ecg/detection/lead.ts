import { smallMedian } from '../../dsp/index.js';
import { DETECTION } from './constants.js';
import type { Timing } from './timing.js';

/** One lead inside the detector. Rings are indexed by absolute position and mask. */
export interface Lead {
  /** Ring of input samples; invalid ones hold the last valid value. */
  readonly input: Float32Array;
  /** Ring of the energy envelope, internal rate. */
  readonly envelope: Float32Array;
  /** Rings of one value a hop: median and peak of the envelope, swing of the signal, share of valid samples. */
  readonly noise: Float32Array;
  readonly peak: Float32Array;
  readonly swing: Float32Array;
  readonly valid: Float32Array;
  /** Internal samples: the history that the band-pass needs, then the newest hop. */
  readonly low: Float64Array;
  /** Squares of the band-passed samples: the history that the smoothing needs, then the newest hop. */
  readonly energy: Float64Array;
  /** Last valid input sample, and what is subtracted so that gaps leave no step. */
  held: number;
  offset: number;
  inGap: boolean;
  /** Sum of the newest `decimation` input samples. */
  sum: number;
  /** Envelope of a usual QRS; 0 before it is learned. */
  level: number;
  /** Ring of the envelope at the latest beats. */
  readonly heights: Float32Array;
  beats: number;
  /** Running median of `swing`. */
  usualSwing: number;
}

export function createLead(t: Timing): Lead {
  const perHop = () => new Float32Array(t.hopMask + 1);
  return {
    input: new Float32Array(t.inputMask + 1),
    envelope: new Float32Array(t.envelopeMask + 1),
    noise: perHop(),
    peak: perHop(),
    swing: perHop(),
    valid: perHop(),
    low: new Float64Array(3 * t.boxcar + t.hop),
    energy: new Float64Array(t.smoothing + t.hop),
    held: 0,
    offset: 0,
    inGap: true,
    sum: 0,
    level: 0,
    heights: new Float32Array(DETECTION.levelBeats),
    beats: 0,
    usualSwing: 0,
  };
}

/** Takes in hop number `hop` of a lead: `t.inputHop` samples, NaN where invalid. */
export function takeHop(lead: Lead, t: Timing, hop: number, samples: Float32Array): void {
  const valid = decimateHop(lead, t, hop * t.inputHop, samples);
  envelopeHop(lead, t, hop * t.hop);
  measureHop(lead, t, hop, valid);
}

/** Larger than any ECG in any unit. */
const ABSURD = 1e9;

/** Appends a hop to `low`: means of two neighbouring groups of `decimation`. Returns the share of valid samples. */
function decimateHop(lead: Lead, t: Timing, at: number, samples: Float32Array): number {
  const { input, low } = lead;
  const { decimation, inputMask, hop } = t;
  const history = low.length - hop;
  low.copyWithin(0, hop);
  let before = lead.sum;
  let invalid = 0;
  const scale = 0.5 / decimation;
  for (let i = 0, s = 0; i < hop; i++, s += decimation) {
    let sum = 0;
    for (let j = s; j < s + decimation; j++) {
      const x = samples[j]!;
      input[(at + j) & inputMask] = x;
      sum += x;
    }
    sum -= lead.offset * decimation;
    // NaN fails both comparisons; few groups go the slow way.
    if (lead.inGap || !(sum > -ABSURD && sum < ABSURD)) {
      sum = 0;
      for (let j = s; j < s + decimation; j++) {
        if (!holdValid(lead, samples[j]!)) invalid++;
        input[(at + j) & inputMask] = lead.held;
        sum += lead.held - lead.offset;
      }
    } else lead.held = samples[s + decimation - 1]!;
    low[history + i] = (sum + before) * scale;
    before = sum;
  }
  lead.sum = before;
  return 1 - invalid / samples.length;
}

/** Lets `held` follow a sample where it is valid, and says whether it is. */
function holdValid(lead: Lead, x: number): boolean {
  if (!(x > -ABSURD && x < ABSURD)) {
    lead.inGap = true;
    return false;
  }
  if (lead.inGap) {
    // Behind a gap the signal goes on at the height where it stopped.
    lead.offset += x - lead.held;
    lead.inGap = false;
  }
  lead.held = x;
  return true;
}

/** Appends a hop to the envelope: band-pass (−1 +2 −1 over adjoining boxcars), square, mean, square root. */
function envelopeHop(lead: Lead, t: Timing, at: number): void {
  const { low, energy, envelope } = lead;
  const { boxcar: k, smoothing, hop, envelopeMask } = t;
  energy.copyWithin(0, hop);
  let left = 0;
  let middle = 0;
  let right = 0;
  // Sums begin anew each hop, so that rounding does not add up over days.
  for (let j = 0; j < k; j++) {
    left += low[j]!;
    middle += low[j + k]!;
    right += low[j + 2 * k]!;
  }
  const scale = 1 / k;
  for (let i = 0; i < hop; i++) {
    left += low[i + k]! - low[i]!;
    middle += low[i + 2 * k]! - low[i + k]!;
    right += low[i + 3 * k]! - low[i + 2 * k]!;
    const y = (2 * middle - left - right) * scale;
    energy[smoothing + i] = y * y;
  }
  let sum = 0;
  for (let j = 0; j < smoothing; j++) sum += energy[j]!;
  for (let i = 0; i < hop; i++) {
    sum += energy[smoothing + i]! - energy[i]!;
    envelope[(at + i) & envelopeMask] = sum > 0 ? Math.sqrt(sum / smoothing) : 0;
  }
}

/** Every fourth sample of a hop at the highest internal rate. */
const scratch = new Float32Array(64);

function measureHop(lead: Lead, t: Timing, hop: number, valid: number): void {
  const { envelope, low } = lead;
  const at = hop * t.hop;
  const from = low.length - t.hop;
  let n = 0;
  let peak = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < t.hop; i += 4) {
    const e = envelope[(at + i) & t.envelopeMask]!;
    scratch[n++] = e;
    if (e > peak) peak = e;
  }
  for (let i = from; i < low.length; i += 2) {
    const x = low[i]!;
    if (x < lowest) lowest = x;
    if (x > highest) highest = x;
  }
  const slot = hop & t.hopMask;
  lead.noise[slot] = smallMedian(scratch, n);
  lead.peak[slot] = peak;
  lead.swing[slot] = highest - lowest;
  lead.valid[slot] = valid;
}
