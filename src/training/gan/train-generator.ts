import {
  breatheWhenDue,
  createRandom,
  EcgError,
  type Random,
  type RunOptions,
  throwIfCancelled,
} from '../../core/index.js';
import { createTrainer, type Runtime } from '../../nn/index.js';
import { criticPlan, generatorPlan } from './adversarial-plans.js';
import { NOISE, type SignalForm } from './signal-networks.js';
import { endsOf, type SignalScale, type StandardSignals, standardise } from './standard-signals.js';

/** Fewer examples than this teach a generator nothing but themselves. */
const FEWEST_EXAMPLES = 16;

/** Steps of the critic before each one of the generator. */
const CRITIC_STEPS = 5;

/** What a generator is fitted to, and how long. */
export interface TrainGeneratorOptions extends RunOptions {
  /** [n, channels, samples] of one class, of the training part only. */
  readonly examples: Float32Array;
  /** [channels, samples]. */
  readonly shape: readonly number[];
  readonly seed: number;
  /** Steps of the generator; the critic does five before each. */
  readonly steps: number;
  readonly batchSize: number;
  /** 1e-4, the source's, when omitted. */
  readonly learningRate?: number;
  /** What progress and errors call it, `S`. */
  readonly name: string;
}

/** A fitted generator: all that is needed to make examples. */
export interface Generator {
  readonly form: SignalForm;
  readonly scale: SignalScale;
  /** The running average of the generator's parameters. */
  readonly parameters: Float32Array;
  /** Of the examples it was fitted to: lengths of what is generated are drawn from these. */
  readonly lengths: Uint16Array;
  /** The critic's estimate of how far the generated signals are from the real ones, a mean for each twentieth of the steps. */
  readonly distances: readonly number[];
}

/**
 * A generator of signals like the examples: a Wasserstein GAN with gradient penalty. The same examples, seed and
 * number of threads give the same numbers. Each step blocks the thread: run it in a worker.
 *
 * @throws EcgError `too-short` below 16 examples; `unsupported` for pictures; `bad-option` when the loss is no longer
 *   finite; `cancelled`
 *
 * Source: Gulrajani et al., NIPS 2017, arXiv:1704.00028. Departs: small networks, an average of the generator's
 * weights, and signals stretched to, and ending at, lengths of real ones.
 */
export async function trainGenerator(runtime: Runtime, options: TrainGeneratorOptions): Promise<Generator> {
  const { examples, shape, seed, steps, batchSize, learningRate = 1e-4, name } = options;
  const signals = standardise(examples, shape);
  const { form, lengths } = signals;
  checkEnough(name, lengths.length);
  const random = createRandom(seed);
  const made = await createTrainer(runtime, generatorPlan(form, batchSize), { seed });
  try {
    const judge = await createTrainer(runtime, criticPlan(form, batchSize), { seed: seed + 1 });
    try {
      const distances: number[] = [];
      const every = Math.ceil(steps / 20);
      let sum = 0;
      for (let step = 0; step < steps; step++) {
        const generator = made.state().parameters;
        for (let i = 0; i < CRITIC_STEPS; i++) {
          throwIfCancelled(options, `gan of class ${name}`);
          await breatheWhenDue();
          const batch = drawBatch(signals, batchSize, random);
          const { outputs } = await judge.step({ ...batch, generator }, learningRate);
          if (i === CRITIC_STEPS - 1) sum += outputs['distance'][0];
        }
        const { noise, inside, stretch } = drawBatch(signals, batchSize, random);
        await made.step({ noise, inside, stretch, critic: judge.state().parameters }, learningRate);
        options.onProgress?.({ stage: `generator of ${name}`, done: step + 1, total: steps });
        if ((step + 1) % every === 0) {
          distances.push(sum / every);
          sum = 0;
        }
      }
      const { ema, parameters } = made.state();
      return { form, scale: signals.scale, parameters: ema ?? parameters, lengths, distances };
    } finally {
      await judge.release();
    }
  } finally {
    await made.release();
  }
}

/** Real signals with their ends, and noise to be made into signals of the same lengths. */
function drawBatch({ form, data, lengths }: StandardSignals, n: number, random: Random) {
  const { channels, samples } = form;
  const size = channels * samples;
  const real = new Float32Array(n * size);
  const drawn = new Uint16Array(n);
  for (let row = 0; row < n; row++) {
    const i = random.integer(lengths.length);
    real.set(data.subarray(i * size, (i + 1) * size), row * size);
    drawn[row] = lengths[i];
  }
  const mix = Float32Array.from({ length: n }, () => random.next());
  return { real, ...endsOf(drawn, samples), mix, noise: drawNoise(n, random) };
}

/** Noise for `n` signals. */
export function drawNoise(n: number, random: Random): Float32Array {
  return Float32Array.from({ length: n * NOISE }, () => random.normal());
}

/**
 * Nothing, where a generator can learn from so many examples.
 * @throws EcgError `too-short` naming the class
 */
export function checkEnough(name: string, examples: number): void {
  if (examples < FEWEST_EXAMPLES)
    throw new EcgError(
      'too-short',
      `gan: class ${name} has ${examples} training examples, a generator needs ${FEWEST_EXAMPLES} or more; leave the class out`,
    );
}
