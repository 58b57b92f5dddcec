import type { Random } from '../../core/index.js';

/** Jumps of the electrode's potential a second, and s over which each comes and goes. */
const JUMPS = 0.35;
const RISE = [0.01, 0.08] as const;
const DECAY = [0.15, 3] as const;
/** Bumps as wide as waves of the heart a second, and their widths, s. */
const BUMPS = 1.6;
const WIDTH = [0.012, 0.12] as const;
/** s of the slow drift's memory, and its size beside a jump's. */
const DRIFT = 1.2;
const DRIFT_SIZE = 0.5;
/** A tremor that comes with motion: its band's time constants, s, and size. */
const TREMOR = 0.12;
/** s between quiet and moved times on average. */
const MOVED = 6;

/**
 * The noise of an electrode that is moved: jumps of its potential that decay, bumps as wide as P, QRS and T waves, slow
 * drift and some tremor, in episodes. Synthetic: what muscle noise and wander records lack; after the description of
 * record `em` of the noise stress test database, of which nothing went into it.
 *
 * @param length  samples
 * @param fs      Hz
 * @returns       no unit: a jump is about 1; scale by `noiseGain`
 */
export function electrodeMotion(length: number, fs: number, random: Random): Float32Array {
  const out = new Float64Array(length);
  let effort = 0.5;
  let drift = 0;
  let tremor = 0;
  const forget = Math.exp(-1 / (DRIFT * fs));
  const forgetTremor = Math.exp(-1 / (0.006 * fs));
  const second = Math.max(1, Math.round(fs));
  let target = 0.5;
  for (let from = 0; from < length; from += second) {
    if (random.next() < 1 / MOVED) target = random.next() < 0.3 ? 0.15 : 0.4 + 1.2 * random.next();
    for (let n = events(JUMPS * target * 2, random); n > 0; n--)
      addJump(out, from, second, fs, target, random);
    for (let n = events(BUMPS * target * 2, random); n > 0; n--)
      addBump(out, from, second, fs, target, random);
    for (let i = from; i < Math.min(length, from + second); i++) {
      effort += (target - effort) / (0.5 * fs);
      drift = forget * drift + Math.sqrt(1 - forget * forget) * random.normal();
      tremor = forgetTremor * tremor + Math.sqrt(1 - forgetTremor * forgetTremor) * random.normal();
      out[i] += effort * (DRIFT_SIZE * drift + TREMOR * tremor);
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

/** One bump, or two of opposite sign. */
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
