import type { Disturbance } from './script.js';
import { substream } from './substream.js';

/** s over which a disturbance comes and goes. */
const FADE = 0.5;

/** Where a block of samples stands. */
export interface Block {
  readonly fs: number;
  readonly seed: number;
  /** Absolute sample index of the block's first sample. */
  readonly start: number;
  /** Index of the block, for its own random numbers. */
  readonly index: number;
}

type Additive = Exclude<Disturbance, { kind: 'lead-off' | 'gap' }>;

/** Adds one disturbance of one lead to a block, in place. */
export function addDisturbance(
  samples: Float64Array,
  block: Block,
  disturbance: Additive,
  lead: number,
  which: number,
): void {
  const { fs, start } = block;
  const from = disturbance.from ?? Number.NEGATIVE_INFINITY;
  const to = disturbance.to ?? Number.POSITIVE_INFINITY;
  if ((start + samples.length) / fs <= from || start / fs >= to) return;
  const wave = new Float64Array(samples.length);
  WAVES[disturbance.kind](wave, block, disturbance, lead, which);
  for (let i = 0; i < wave.length; i++) {
    const t = (start + i) / fs;
    const fade = Math.min(1, (t - from) / FADE, (to - t) / FADE);
    if (fade > 0) samples[i] = samples[i]! + wave[i]! * fade * disturbance.amplitudeMv;
  }
}

type Wave = (wave: Float64Array, block: Block, disturbance: Additive, lead: number, which: number) => void;

const WAVES: Readonly<Record<Additive['kind'], Wave>> = {
  wander(wave, { fs, seed, start }, _, lead, which) {
    // McSharry's baseline z0(t) is one sinusoid at the breathing rate; four more make it less tidy.
    const random = substream(seed, 11, lead, which);
    for (let k = 0; k < 5; k++) {
      const hz = k === 0 ? 0.25 : 0.03 + 0.35 * random.next();
      addSinusoid(wave, fs, start, hz, 2 * Math.PI * random.next(), k === 0 ? 0.4 : 0.35);
    }
  },
  mains(wave, { fs, seed, start }, disturbance, lead, which) {
    const hz = disturbance.kind === 'mains' ? disturbance.mainsHz : 50;
    const random = substream(seed, 12, lead, which);
    addSinusoid(wave, fs, start, hz, 2 * Math.PI * random.next(), 1);
    if (hz * 3 < fs / 2) addSinusoid(wave, fs, start, hz * 3, 2 * Math.PI * random.next(), 0.15);
  },
  white(wave, { seed, index }, _, lead, which) {
    const random = substream(seed, 13, lead, which, index);
    for (let i = 0; i < wave.length; i++) wave[i] = random.normal();
  },
  emg(wave, { fs, seed, start, index }, _, lead, which) {
    // White noise differenced (its power grows towards high frequencies) under a slowly moving effort.
    const random = substream(seed, 14, lead, which, index);
    const effort = new Float64Array(wave.length);
    addSinusoid(effort, fs, start, 0.31, which + lead, 0.45);
    let before = random.normal();
    for (let i = 0; i < wave.length; i++) {
      const now = random.normal();
      wave[i] = Math.SQRT1_2 * (now - before) * (1 + effort[i]!);
      before = now;
    }
  },
  motion(wave, { fs, seed, start }, _, lead, which) {
    // Bumps of 30–150 ms at random, a few a second: what an electrode that is pulled shows.
    const first = Math.floor(start / fs) - 1;
    const last = Math.ceil((start + wave.length) / fs) + 1;
    for (let second = first; second <= last; second++) {
      const random = substream(seed, 15, lead, which, second);
      for (let n = 1 + random.integer(4); n > 0; n--) {
        const at = second + random.next();
        const width = 0.015 + 0.06 * random.next();
        addGaussian(wave, fs, start, at, width, 2 * random.next() - 1);
      }
    }
  },
};

/** Adds `amplitude · sin(2π·hz·t + phase)`; one rotation a sample, exact at the block's begin. */
function addSinusoid(
  samples: Float64Array,
  fs: number,
  start: number,
  hz: number,
  phase: number,
  amplitude: number,
): void {
  const step = (2 * Math.PI * hz) / fs;
  const begin = step * start + phase;
  let s = Math.sin(begin);
  let c = Math.cos(begin);
  const [ds, dc] = [Math.sin(step), Math.cos(step)];
  for (let i = 0; i < samples.length; i++) {
    samples[i] = samples[i]! + amplitude * s;
    const t = s * dc + c * ds;
    c = c * dc - s * ds;
    s = t;
  }
}

/** Adds `amplitude · exp(−(t − at)²/2width²)` within four widths; two products a sample. */
export function addGaussian(
  samples: Float64Array,
  fs: number,
  start: number,
  at: number,
  width: number,
  amplitude: number,
): void {
  const first = Math.max(0, Math.ceil((at - 4 * width) * fs) - start);
  const end = Math.min(samples.length, Math.floor((at + 4 * width) * fs) + 1 - start);
  if (first >= end) return;
  const h = 1 / (fs * width);
  const u = ((start + first) / fs - at) / width;
  let value = amplitude * Math.exp(-0.5 * u * u);
  let ratio = Math.exp(-h * (u + 0.5 * h));
  const decay = Math.exp(-h * h);
  for (let i = first; i < end; i++) {
    samples[i] = samples[i]! + value;
    value *= ratio;
    ratio *= decay;
  }
}
