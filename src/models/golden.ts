import * as v from 'valibot';
import { createRandom, EcgError, type Random } from '../core/index.js';
import type { InputShape } from './contract.js';

/** Steps of golden inputs: exact in single precision and short to write. */
const SCALE = 1 / 64;
const integers = v.array(v.pipe(v.number(), v.integer()));

/** A few inputs of a network with the outputs it gave when it was written; inputs in steps of 1/64. */
export const GoldenVectorsSchema = v.strictObject({
  /** [n, channels, length] */
  waves: integers,
  /** [n, features] */
  features: integers,
  /** [n, 5] */
  logits: v.array(v.number()),
  /** Largest difference allowed, relative to 1 + |logit|. */
  tolerance: v.pipe(v.number(), v.gtValue(0)),
});

/** A few inputs of a network with the outputs it gave when it was written; see `GoldenVectorsSchema`. */
export type GoldenVectors = v.InferOutput<typeof GoldenVectorsSchema>;

/** Runs a network: [n, channels, length] and [n, features] to logits [n, 5]. */
export type Forward = (waves: Float32Array, features: Float32Array, n: number) => Promise<Float32Array>;

const BEATS = 4;

/**
 * Largest differences from the golden logits, relative to 1 + |logit|. Runtimes differ by about 1e-5 in single
 * precision. In a quantised network a sum at the edge of two steps falls to either side, and every later layer
 * carries the step on: mostly not at all, at most 0.02 over 6000 beats by two networks, native against WebAssembly.
 */
export const GOLDEN_TOLERANCE = { float: 1e-3, quantised: 0.05 };

/**
 * Golden vectors of a network: wandering waves and random features, not a patient's, so that they can travel.
 *
 * The tolerance lies far above what runtimes differ by (1e-5) and far below what decides a beat.
 */
export async function makeGoldenVectors(
  forward: Forward,
  shape: InputShape,
  quantised = false,
): Promise<GoldenVectors> {
  const random = createRandom(57);
  const waves = Array.from({ length: BEATS * shape.channels }, () =>
    wanderingWave(random, shape.length),
  ).flat();
  const present = shape.groups.present;
  const features = Array.from({ length: BEATS }, () =>
    Array.from({ length: shape.features }, (_, column) =>
      column >= present.from && column < present.to ? 64 : Math.round((random.next() - 0.5) / SCALE),
    ),
  ).flat();
  const logits = await forward(scaled(waves), scaled(features), BEATS);
  return {
    waves,
    features,
    logits: [...logits],
    tolerance: GOLDEN_TOLERANCE[quantised ? 'quantised' : 'float'],
  };
}

/**
 * How far a network is from its golden vectors, in units of their tolerance: above 1 it is not the network
 * that was written, or the runtime computes wrongly.
 */
export async function goldenDeviation(golden: GoldenVectors, forward: Forward): Promise<number> {
  const n = golden.logits.length / 5;
  const logits = await forward(scaled(golden.waves), scaled(golden.features), n);
  return worstDeviation(logits, golden.logits) / golden.tolerance;
}

/** The largest |logit − expected| relative to 1 + |expected|; infinite where a logit is missing or not a number. */
export function worstDeviation(logits: Float32Array, expected: readonly number[]): number {
  if (logits.length !== expected.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  expected.forEach((value, i) => {
    const deviation = Math.abs(logits[i] - value) / (1 + Math.abs(value));
    worst = Number.isNaN(deviation) ? Number.POSITIVE_INFINITY : Math.max(worst, deviation);
  });
  return worst;
}

/**
 * @param deviation  in units of the tolerance
 * @throws EcgError `bad-format` when it is above 1
 */
export function requireReproduced(deviation: number, what: string, runtime: string): void {
  if (deviation <= 1) return;
  throw new EcgError(
    'bad-format',
    `model: ${what} is ${deviation.toPrecision(3)} times its tolerance away from its golden vectors on ${runtime}; the file is damaged or the runtime faulty, fetch the file again`,
  );
}

/** A wave that wanders about 0, by about ±1, in steps of 1/64. */
export function wanderingWave(random: Random, length: number): number[] {
  let x = 0;
  return Array.from({ length }, () => {
    x = 0.9 * x + 0.5 * (2 * random.next() - 1);
    return Math.round(x / SCALE);
  });
}

export function scaled(values: readonly number[]): Float32Array {
  return Float32Array.from(values, (x) => x * SCALE);
}
