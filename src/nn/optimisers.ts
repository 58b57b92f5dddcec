import type { Value } from './graph.js';
import { add, divide, multiply, sqrt, subtract } from './ops/elementwise.js';

/** One update of all parameters, as part of the training graph. */
export interface UpdateInputs {
  readonly parameters: Value;
  readonly gradient: Value;
  /** 1 where weight decay acts, else 0. */
  readonly decayMask: Value;
  /** The optimiser's own vectors, by name. */
  readonly slots: Readonly<Record<string, Value>>;
  /** The numbers of `scalars`, by name. */
  readonly scalars: Readonly<Record<string, Value>>;
}

/** How parameters follow their gradient. All vectors are flat, one entry a parameter. */
export interface Optimiser {
  readonly name: string;
  /** Names of the vectors it keeps; they start at 0. */
  readonly slots: readonly string[];
  /** The numbers it wants at a step (1, 2, …), computed in double precision outside the graph. */
  scalars(step: number, learningRate: number): Readonly<Record<string, number>>;
  update(inputs: UpdateInputs): { parameters: Value; slots: Readonly<Record<string, Value>> };
}

/** AdamW's numbers; PyTorch's when omitted. */
export interface AdamWOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Decoupled from the gradient; 0.01 when omitted, 0 gives Adam. */
  readonly weightDecay?: number;
}

/**
 * Adam with decoupled weight decay.
 * Source: Kingma & Ba, ICLR 2015, arXiv:1412.6980; Loshchilov & Hutter, ICLR 2019, arXiv:1711.05101.
 */
export function adamW(options: AdamWOptions = {}): Optimiser {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01 } = options;
  return {
    name: 'adamw',
    slots: ['mean', 'square'],
    scalars: (step, learningRate) => ({
      rate: learningRate / (1 - beta1 ** step),
      unbias: 1 / Math.sqrt(1 - beta2 ** step),
      decay: learningRate * weightDecay,
    }),
    update({ parameters, gradient, decayMask, slots, scalars }) {
      const mean = add(multiply(slots['mean'], beta1), multiply(gradient, 1 - beta1));
      const square = add(multiply(slots['square'], beta2), multiply(multiply(gradient, gradient), 1 - beta2));
      const size = add(multiply(sqrt(square), scalars['unbias']), epsilon);
      const moved = subtract(parameters, multiply(divide(mean, size), scalars['rate']));
      const decayed =
        weightDecay === 0
          ? moved
          : subtract(moved, multiply(multiply(parameters, decayMask), scalars['decay']));
      return { parameters: decayed, slots: { mean, square } };
    },
  };
}

/** Stochastic gradient descent's numbers. */
export interface SgdOptions {
  /** Share of the last step's velocity that is kept; 0 when omitted. */
  readonly momentum?: number;
  /** Looks ahead by one velocity. */
  readonly nesterov?: boolean;
  /** Added to the gradient, as in PyTorch; 0 when omitted. */
  readonly weightDecay?: number;
}

/** Stochastic gradient descent. Source: Sutskever et al., ICML 2013, in PyTorch's form (velocity without the rate). */
export function sgd(options: SgdOptions = {}): Optimiser {
  const { momentum = 0, nesterov = false, weightDecay = 0 } = options;
  return {
    name: 'sgd',
    slots: momentum === 0 ? [] : ['velocity'],
    scalars: (_, learningRate) => ({ rate: learningRate }),
    update({ parameters, gradient, decayMask, slots, scalars }) {
      const pulled =
        weightDecay === 0 ? gradient : add(gradient, multiply(multiply(parameters, decayMask), weightDecay));
      if (momentum === 0)
        return { parameters: subtract(parameters, multiply(pulled, scalars['rate'])), slots: {} };
      const velocity = add(multiply(slots['velocity'], momentum), pulled);
      const direction = nesterov ? add(pulled, multiply(velocity, momentum)) : velocity;
      return { parameters: subtract(parameters, multiply(direction, scalars['rate'])), slots: { velocity } };
    },
  };
}
