import * as v from 'valibot';
import { createRandom } from '../../core/index.js';
import { GOLDEN_TOLERANCE, scaled, wanderingWave, worstDeviation } from '../golden.js';

/** What a network gave when it was written for examples that a seed makes: a picture would be long to store. */
export const ClassifierGoldenSchema = v.strictObject({
  seed: v.pipe(v.number(), v.safeInteger()),
  count: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(64)),
  /** [count, classes] */
  logits: v.array(v.number()),
  /** Largest difference allowed, relative to 1 + |logit|. */
  tolerance: v.pipe(v.number(), v.gtValue(0)),
});

/** What a network gave for examples that a seed makes; see `ClassifierGoldenSchema`. */
export type ClassifierGolden = v.InferOutput<typeof ClassifierGoldenSchema>;

type Logits = (data: Float32Array, count: number) => Promise<Float32Array>;

const COUNT = 4;

/** Golden vectors of a network. */
export async function makeClassifierGolden(
  logits: Logits,
  shape: readonly number[],
  quantised: boolean,
): Promise<ClassifierGolden> {
  const seed = 57;
  const values = await logits(goldenExamples(seed, COUNT, shape), COUNT);
  return {
    seed,
    count: COUNT,
    logits: [...values],
    tolerance: GOLDEN_TOLERANCE[quantised ? 'quantised' : 'float'],
  };
}

/** How far a network is from its golden vectors, in units of their tolerance; see `goldenDeviation`. */
export async function classifierDeviation(
  golden: ClassifierGolden,
  logits: Logits,
  shape: readonly number[],
): Promise<number> {
  const values = await logits(goldenExamples(golden.seed, golden.count, shape), golden.count);
  return worstDeviation(values, golden.logits) / golden.tolerance;
}

/** Examples [count, ...shape] of waves along the last axis; every other one within 0…1, as pictures are. */
function goldenExamples(seed: number, count: number, shape: readonly number[]): Float32Array {
  const random = createRandom(seed);
  const size = shape.reduce((product, n) => product * n, 1);
  const length = shape[shape.length - 1];
  const examples = new Float32Array(count * size);
  for (let at = 0; at < examples.length; at += length) {
    const wave = scaled(wanderingWave(random, length));
    const asPicture = Math.floor(at / size) % 2 === 1;
    examples.set(asPicture ? wave.map((x) => Math.min(1, Math.abs(x))) : wave, at);
  }
  return examples;
}
