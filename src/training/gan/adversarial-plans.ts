import {
  adamW,
  add,
  concat,
  gradientsOf,
  type InputShapes,
  input,
  multiply,
  negate,
  power,
  reduceMean,
  reduceSum,
  reduceSumSquare,
  reshape,
  type Shape,
  slice,
  sqrt,
  subtract,
  type TrainingPlan,
  type Value,
} from '../../nn/index.js';
import { borrowed, countParameters, reused } from './borrowed-parameters.js';
import { critic, generator, gridOf, NOISE, type SignalForm } from './signal-networks.js';

/** Weight of the gradient penalty. */
const PENALTY = 10;

/** How fast the generator's average, which makes the examples, forgets. */
const EMA = 0.995;

/** Adam as in the source. */
const OPTIMISER = adamW({ beta1: 0, beta2: 0.9, weightDecay: 0 });

/** The inputs of the generator by itself. */
export function generatorInputs({ samples }: SignalForm): InputShapes {
  const grid = gridOf(samples);
  return { noise: ['N', NOISE], inside: ['N', 1, samples], stretch: ['N', grid, grid] };
}

/**
 * A critic's step: inputs `real` [N, channels, samples], `inside`, `stretch`, `noise`, `mix` (0…1, [N, 1, 1]) and the vector
 * `generator`. The loss is D(fake) − D(real) + 10 · (‖∇D(x̂)‖ − 1)², x̂ between real and fake; `distance` is
 * D(real) − D(fake), which estimates how far apart the two are.
 *
 * Source: Gulrajani et al., NIPS 2017, arXiv:1704.00028.
 */
export function criticPlan(form: SignalForm, batchSize: number): TrainingPlan {
  return {
    network: (b, { real, inside, stretch, noise, mix, generator: vector }) => {
      const shared = reused(b);
      const fake = generator(borrowed(vector), form, { noise, inside, stretch });
      const scores = critic(shared, concat([real, fake], 0), concat([inside, inside], 0));
      const n = real.shape[0];
      const between = add(multiply(real, mix), multiply(fake, subtract(1, mix)));
      return {
        distance: subtract(reduceMean(slice(scores, 0, 0, n)), reduceMean(slice(scores, 0, n, 2 * n))),
        penalty: gradientPenalty((x) => critic(shared, x, inside), between),
      };
    },
    inputs: {
      ...generatorInputs(form),
      real: ['N', form.channels, form.samples],
      mix: ['N', 1, 1],
      generator: [parameterCounts(form).generator],
    },
    loss: ({ distance, penalty }) => reshape(subtract(multiply(penalty, PENALTY), reshape(distance, [])), []),
    optimiser: OPTIMISER,
    batchSize,
    report: ['distance'],
  };
}

/** A generator's step: inputs `noise`, `inside`, `stretch` and the vector `critic`; the loss is −D(fake). */
export function generatorPlan(form: SignalForm, batchSize: number): TrainingPlan {
  return {
    network: (b, { noise, inside, stretch, critic: vector }) => {
      const fake = generator(b, form, { noise, inside, stretch });
      return { loss: reshape(negate(reduceMean(critic(borrowed(vector), fake, inside))), []) };
    },
    inputs: { ...generatorInputs(form), critic: [parameterCounts(form).critic] },
    loss: ({ loss }) => loss,
    optimiser: OPTIMISER,
    batchSize,
    emaDecay: EMA,
  };
}

/**
 * The mean over the batch of (‖∂score/∂x‖ − 1)², a scalar: 0 where each score changes as fast as its signal does.
 * @param score a number for each signal of x [N, C, L], not depending on the others
 */
export function gradientPenalty(score: (x: Value) => Value, x: Value): Value {
  const [slopes] = gradientsOf(reshape(reduceSum(score(x)), []), [x]);
  // The root of 0 has no slope.
  const norms = sqrt(add(reduceSumSquare(slopes, [1, 2]), 1e-12));
  return reshape(reduceMean(power(subtract(norms, 1), 2)), []);
}

function parameterCounts(form: SignalForm): { generator: number; critic: number } {
  const { channels, samples } = form;
  const signals = placeholder([2, channels, samples]);
  const inside = placeholder([2, 1, samples]);
  const stretch = placeholder([2, gridOf(samples), gridOf(samples)]);
  return {
    generator: countParameters((b) =>
      generator(b, form, { noise: placeholder([2, NOISE]), inside, stretch }),
    ),
    critic: countParameters((b) => critic(b, signals, inside)),
  };
}

/** Stands for numbers of that shape where only shapes count. */
function placeholder(shape: Shape): Value {
  return input('placeholder', shape);
}
