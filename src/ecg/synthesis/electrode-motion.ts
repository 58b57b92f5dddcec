import type { Random } from '../../core/index.js';

/** Between these, equally likely in ratio, a recording's motion has: jumps of the potential a second, … */
const JUMPS = [0.2, 1] as const;
/** … bumps as wide as waves of the heart a second, … */
const BUMPS = [0.8, 5] as const;
/** … widths of the bumps beside `WIDTH`, … */
const WIDER = [0.7, 2] as const;
/** … the slow drift's memory, s, and its size beside a jump's, … */
const DRIFT = [0.25, 2.5] as const;
const DRIFT_SIZE = [0.2, 1.2] as const;
/** … and the tremor's size. */
const TREMOR_SIZE = [0.03, 0.2] as const;
/** s over which a jump comes and goes, and standard deviation of a bump. */
const RISE = [0.01, 0.08] as const;
const DECAY = [0.15, 3] as const;
const WIDTH = [0.012, 0.12] as const;
/** s of the tremor's memory. */
const TREMOR = 0.006;
/** s between quiet and moved times on average. */
const MOVED = 6;

/**
 * The noise of an electrode that is moved: jumps of its potential that decay, bumps as wide as P, QRS and T waves, slow
 * drift and some tremor, in episodes; how much of each is drawn once. Synthetic: what records of muscle noise and
 * wander lack; after the description of record `em` of the noise stress test database, of which nothing went into it.
 *
 * @param length  samples
 * @param fs      Hz
 * @returns       no unit: a jump is about 1; scale by `noiseGain`
 */
export function electrodeMotion(length: number, fs: number, random: Random): Float32Array {
  const out = new Float64Array(length);
  const jumps = between(JUMPS, random);
  const bumps = between(BUMPS, random);
  const wider = between(WIDER, random);
  const driftSize = between(DRIFT_SIZE, random);
  const tremorSize = between(TREMOR_SIZE, random);
  const forget = Math.exp(-1 / (between(DRIFT, random) * fs));
  const forgetTremor = Math.exp(-1 / (TREMOR * fs));
  const second = Math.max(1, Math.round(fs));
  let effort = 0.5;
  let target = 0.5;
  let drift = 0;
  let tremor = 0;
  for (let from = 0; from < length; from += second) {
    if (random.next() < 1 / MOVED) target = random.next() < 0.3 ? 0.15 : 0.4 + 1.2 * random.next();
    for (let n = events(jumps * target, random); n > 0; n--) addJump(out, from, second, fs, target, random);
    for (let n = events(bumps * target, random); n > 0; n--)
      addBump(out, from, second, wider * fs, target, random);
    for (let i = from; i < Math.min(length, from + second); i++) {
      effort += (target - effort) / (0.5 * fs);
      drift = forget * drift + Math.sqrt(1 - forget * forget) * random.normal();
      tremor = forgetTremor * tremor + Math.sqrt(1 - forgetTremor * forgetTremor) * random.normal();
      out[i] += effort * (driftSize * drift + tremorSize * tremor);
    }
  }
  return Float32Array.from(out);
}

/** How many of something that happens `mean` times a second on average, at most 8. Knuth's Poisson draw. */
function events(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let p = random.next(); p > limit && count < 8; p *= random.next()) count++;
  return count;
}

function addJump(
  x: Float64Array,
  from: number,
  span: number,
  fs: number,
  size: number,
  random: Random,
): void {
  const at = from + random.integer(span);
  const rise = between(RISE, random) * fs;
  const decay = between(DECAY, random) * fs;
  const height = size * random.normal();
  const end = Math.min(x.length, at + Math.ceil(rise + 6 * decay));
  for (let i = at; i < end; i++) {
    const t = i - at;
    x[i] += height * (1 - Math.exp((-3 * t) / rise)) * Math.exp(-t / decay);
  }
}

/** One bump, or two of opposite sign; widths are in `unit` samples. */
function addBump(
  x: Float64Array,
  from: number,
  span: number,
  fs: number,
  size: number,
  random: Random,
): void {
  const at = from + random.integer(span);
  const width = between(WIDTH, random) * fs;
  const height = 0.8 * size * random.normal();
  const isDouble = random.next() < 0.5;
  const begin = Math.max(0, Math.floor(at - 4 * width));
  const end = Math.min(x.length, Math.ceil(at + 4 * width));
  for (let i = begin; i < end; i++) {
    const u = (i - at) / width;
    const bell = Math.exp(-0.5 * u * u);
    x[i] += height * (isDouble ? 1.65 * u : 1) * bell;
  }
}

/** Between two bounds, equally likely in ratio. */
function between([low, high]: readonly [number, number], random: Random): number {
  return low * (high / low) ** random.next();
}
