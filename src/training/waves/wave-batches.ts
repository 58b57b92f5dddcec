import { createRandom, type Random } from '../../core/index.js';
import { shuffle } from '../shuffle.js';
import type { WaveRecipe } from './wave-recipe.js';
import { WAVES } from './wave-records.js';
import type { WaveExample } from './wave-set.js';

/** Outputs of the network: the background and the waves. */
export const WAVE_OUTPUTS = 1 + WAVES.length;

/** Samples by which a chunk may reach over the ends of its lead: chunks of short windows are filled up with zeros. */
const OVERHANG = 250;
/** Samples that are left of a chunk, at least, when it is shortened. */
const SHORTEST = 400;
/** The slowest and the fastest wander, Hz. */
const WANDER = [0.15, 1] as const;

/** Input of one step, overwritten by the next one's. */
export interface WaveBatch extends Record<string, Float32Array> {
  /** [batch, 1, chunk] */
  readonly x: Float32Array;
  /** [batch, chunk, outputs]: the share of each sample that belongs to each output. */
  readonly targets: Float32Array;
  /** [batch, chunk]: 0 where nobody knows. */
  readonly weights: Float32Array;
}

/** Steps in which every example is seen once. */
export function stepsOfEpoch(examples: number, batchSize: number): number {
  return Math.max(1, Math.floor(examples / batchSize));
}

/** The batch of each step, the same for the same seed and step in whatever order they are asked for. */
export function waveBatches(
  examples: readonly WaveExample[],
  { input, augmentation, training }: WaveRecipe,
  seed: number,
): (step: number) => WaveBatch {
  const { chunk, fs } = input;
  const { batchSize } = training;
  const steps = stepsOfEpoch(examples.length, batchSize);
  const batch: WaveBatch = {
    x: new Float32Array(batchSize * chunk),
    targets: new Float32Array(batchSize * chunk * WAVE_OUTPUTS),
    weights: new Float32Array(batchSize * chunk),
  };
  const order = new Int32Array(examples.length);
  let ordered = -1;
  return (step) => {
    const epoch = Math.floor(step / steps);
    if (epoch !== ordered) {
      for (let i = 0; i < order.length; i++) order[i] = i;
      shuffle(order, createRandom(Math.imul(seed + 1, 0x85ebca6b) + epoch));
      ordered = epoch;
    }
    // A generator a step: resuming needs no generator's state.
    const random = createRandom(Math.imul(seed + 1, 0x9e3779b1) + step);
    for (let row = 0; row < batchSize; row++) {
      const example = examples[order[((step % steps) * batchSize + row) % examples.length]];
      const x = batch.x.subarray(row * chunk, (row + 1) * chunk);
      const rate = spread(random, augmentation.stretch);
      const room = example.signal.length - chunk * rate;
      const start = Math.min(0, room) - OVERHANG + random.next() * (Math.abs(room) + 2 * OVERHANG);
      cutSignal(example.signal, start, rate, x);
      const weights = batch.weights.subarray(row * chunk, (row + 1) * chunk);
      const targets = batch.targets.subarray(row * chunk * WAVE_OUTPUTS, (row + 1) * chunk * WAVE_OUTPUTS);
      cutTargets(example, start, rate, targets, weights);
      disturb(x, augmentation, fs, random);
      if (random.next() < augmentation.shorten) shorten(x, targets, weights, random);
    }
    return batch;
  };
}

/** A factor between 1 / (1 + most) and 1 + most, as often above 1 as below. */
function spread(random: Random, most: number): number {
  return Math.exp((2 * random.next() - 1) * Math.log1p(most));
}

/** Samples start + k · rate of a signal, between samples by Catmull-Rom's cubic; 0 outside it. */
export function cutSignal(signal: Float32Array, start: number, rate: number, into: Float32Array): void {
  const last = signal.length - 1;
  for (let k = 0; k < into.length; k++) {
    const at = start + k * rate;
    if (at < 0 || at > last) {
      into[k] = 0;
      continue;
    }
    const i = Math.floor(at);
    const t = at - i;
    const a = signal[Math.max(0, i - 1)];
    const b = signal[i];
    const c = signal[Math.min(last, i + 1)];
    const d = signal[Math.min(last, i + 2)];
    into[k] = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }
}

/** What samples start + k · rate belong to: the share of the stretch of half a sample to both sides. */
export function cutTargets(
  { spans, unsure }: WaveExample,
  start: number,
  rate: number,
  targets: Float32Array,
  weights: Float32Array,
): void {
  const n = weights.length;
  targets.fill(0);
  weights.fill(1);
  for (let k = 0; k < n; k++) targets[k * WAVE_OUTPUTS] = 1;
  for (const { from, to, output } of spans) {
    const a = (from - start) / rate;
    const b = (to - start) / rate;
    for (let k = Math.max(0, Math.floor(a - 0.5)); k <= Math.min(n - 1, Math.ceil(b + 0.5)); k++) {
      const inside = Math.min(k + 0.5, b) - Math.max(k - 0.5, a);
      if (inside <= 0) continue;
      // Two waves may touch: together they take no more than the whole sample.
      const free = Math.min(inside, targets[k * WAVE_OUTPUTS]);
      targets[k * WAVE_OUTPUTS + output] += free;
      targets[k * WAVE_OUTPUTS] -= free;
    }
  }
  for (const { from, to } of unsure) {
    const a = Math.max(0, Math.ceil((from - start) / rate));
    const b = Math.min(n - 1, Math.floor((to - start) / rate));
    if (b >= a) weights.fill(0, a, b + 1);
  }
}

/** Leaves a stretch of a chunk, at its begin as that of a short window; the rest is zeros, of which nothing is asked. */
function shorten(x: Float32Array, targets: Float32Array, weights: Float32Array, random: Random): void {
  const length = SHORTEST + random.integer(x.length - SHORTEST);
  const from = random.integer(x.length - length + 1);
  x.copyWithin(0, from, from + length).fill(0, length);
  weights.copyWithin(0, from, from + length).fill(0, length);
  targets.copyWithin(0, from * WAVE_OUTPUTS, (from + length) * WAVE_OUTPUTS);
}

function disturb(
  x: Float32Array,
  { gain, polarity, wander, noise }: WaveRecipe['augmentation'],
  fs: number,
  random: Random,
): void {
  const factor = spread(random, gain) * (random.next() < polarity ? -1 : 1);
  const sway = random.next() < wander.share ? wander.amplitude * random.next() : 0;
  const turns = (2 * Math.PI * (WANDER[0] + (WANDER[1] - WANDER[0]) * random.next())) / fs;
  const phase = 2 * Math.PI * random.next();
  // Noise between white and the brown of muscles: each value keeps a part of the one before.
  const deviation = random.next() < noise.share ? noise.deviation * random.next() : 0;
  const memory = 0.8 * random.next();
  const fresh = deviation * Math.sqrt(1 - memory * memory);
  let hum = 0;
  for (let k = 0; k < x.length; k++) {
    if (fresh > 0) hum = memory * hum + fresh * random.normal();
    x[k] = factor * x[k] + hum + (sway > 0 ? sway * Math.sin(turns * k + phase) : 0);
  }
}
