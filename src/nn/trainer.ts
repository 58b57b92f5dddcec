import { createRandom, EcgError, type Random, restoreRandom } from '../core/index.js';
import { initialParameters, type ParameterSpec, totalSize } from './builder.js';
import { exportModel } from './export.js';
import { sizeOf } from './graph.js';
import type { Runtime, Tensor } from './runtime.js';
import { buildTrainingGraph, type TrainingGraph, type TrainingPlan } from './training-graph.js';

/** All that training has learned and remembers; saved and restored, it goes on bit for bit. */
export interface TrainingState {
  /** Steps done. */
  readonly step: number;
  readonly parameters: Float32Array;
  /** The optimiser's vectors by name. */
  readonly slots: Readonly<Record<string, Float32Array>>;
  /** The running average of the parameters, where the plan has one. */
  readonly ema?: Float32Array;
  /** Running means and variances of the batch norms. */
  readonly statistics: Float32Array;
  /** Of the generator of dropout masks. */
  readonly random: readonly [number, number, number, number];
}

/** What a step reports: the loss before the update, the gradient's norm before clipping, and the plan's outputs. */
export interface StepReport {
  readonly loss: number;
  readonly gradientNorm: number;
  readonly outputs: Readonly<Record<string, Float32Array>>;
}

/** A network in training. */
export interface Trainer {
  readonly parameters: readonly ParameterSpec[];
  /**
   * One step on a batch: every input of the plan by name, row major.
   * @throws EcgError `bad-shape` for a missing or wrongly sized input; `bad-option` when the loss is not finite
   */
  step(inputs: Readonly<Record<string, Float32Array>>, learningRate: number): Promise<StepReport>;
  /** A copy of the state. */
  state(): TrainingState;
  /** @throws EcgError `bad-shape` when the state belongs to another network */
  restore(state: TrainingState): void;
  /** The network as it stands as an `.onnx` file: the averaged weights where the plan has them, unless told otherwise. */
  export(options?: {
    weights?: 'ema' | 'parameters';
    metadata?: Readonly<Record<string, string>>;
  }): Uint8Array;
  release(): Promise<void>;
}

/** How a trainer starts. */
export interface TrainerOptions {
  /** Decides the first weights and the dropout masks. */
  readonly seed: number;
  /** Continues from here instead of from new weights. */
  readonly state?: TrainingState;
}

/** A trainer of a plan, its graph loaded into the runtime. */
export async function createTrainer(
  runtime: Runtime,
  plan: TrainingPlan,
  options: TrainerOptions,
): Promise<Trainer> {
  const graph = buildTrainingGraph(plan);
  const session = await runtime.open(graph.bytes, { training: true });
  let state = initialState(graph, plan, options.seed);
  let random = restoreRandom(state.random);
  const needs = new Set(session.inputs);
  const masks = new Float32Array(graph.masks.reduce((sum, { size }) => sum + size, 0));
  const restore = (from: TrainingState) => {
    checkState(from, state);
    state = copyState(from);
    random = restoreRandom(state.random);
  };
  if (options.state) restore(options.state);

  return {
    parameters: graph.parameters,
    async step(inputs, learningRate) {
      const step = state.step + 1;
      fillMasks(masks, graph, random);
      const feeds: Record<string, Tensor> = {
        parameters: vector(state.parameters),
        statistics: vector(state.statistics),
        masks: vector(masks),
      };
      if (state.ema) feeds['ema'] = vector(state.ema);
      for (const [name, data] of Object.entries(state.slots)) feeds[`slot.${name}`] = vector(data);
      for (const [name, x] of Object.entries(plan.optimiser.scalars(step, learningRate)))
        feeds[`scalar.${name}`] = scalar(x);
      if (plan.emaDecay !== undefined) feeds['scalar.emaShare'] = scalar(emaShare(plan.emaDecay, step));
      for (const [name, shape] of Object.entries(graph.inputShapes)) {
        const data = inputs[name];
        if (data?.length !== sizeOf(shape))
          throw new EcgError(
            'bad-shape',
            `nn.step: input ${name} of ${data ? data.length : 'no'} numbers, the plan has [${shape}]`,
          );
        if (needs.has(name)) feeds[name] = { data, shape };
      }
      const results = await session.run(feeds);
      const read = (name: string) => results[name].data as Float32Array;
      const loss = read('loss')[0];
      if (!Number.isFinite(loss)) {
        random = restoreRandom(state.random);
        throw new EcgError(
          'bad-option',
          `nn.step: the loss is ${loss} at step ${step}, lower the learning rate (${learningRate}) or clip the gradient`,
        );
      }
      const statistics =
        graph.statistics.length > 0
          ? runningStatistics(graph, state.statistics, read('observed'))
          : state.statistics;
      state = {
        step,
        parameters: read('parameters.next'),
        slots: Object.fromEntries(plan.optimiser.slots.map((name) => [name, read(`slot.${name}.next`)])),
        ...(state.ema && { ema: read('ema.next') }),
        statistics,
        random: random.state(),
      };
      const outputs = Object.fromEntries((plan.report ?? []).map((name) => [name, read(name)]));
      return { loss, gradientNorm: read('gradientNorm')[0], outputs };
    },
    state: () => copyState(state),
    restore,
    export: ({ weights = 'ema', metadata = {} } = {}) =>
      exportModel({
        network: plan.network,
        inputs: plan.inputs,
        parameters: weights === 'ema' ? (state.ema ?? state.parameters) : state.parameters,
        statistics: state.statistics,
        metadata,
      }),
    release: () => session.release(),
  };
}

/** The state before the first step. */
function initialState(graph: TrainingGraph, plan: TrainingPlan, seed: number): TrainingState {
  const parameters = initialParameters(graph.parameters, seed);
  const empty = () => new Float32Array(totalSize(graph.parameters));
  const statistics = new Float32Array(graph.statistics.reduce((sum, { channels }) => sum + 2 * channels, 0));
  for (const { offset, channels } of graph.statistics)
    statistics.fill(1, offset + channels, offset + 2 * channels);
  return {
    step: 0,
    parameters,
    slots: Object.fromEntries(plan.optimiser.slots.map((name) => [name, empty()])),
    ...(plan.emaDecay !== undefined && { ema: parameters.slice() }),
    statistics,
    random: createRandom(seed).state(),
  };
}

/** The average follows quickly at first: the share of the old is at most (1 + t) / (10 + t). */
function emaShare(decay: number, step: number): number {
  return 1 - Math.min(decay, (1 + step) / (10 + step));
}

function fillMasks(masks: Float32Array, graph: TrainingGraph, random: Random): void {
  for (const { offset, size, rate } of graph.masks) {
    const kept = 1 / (1 - rate);
    for (let i = offset; i < offset + size; i++) masks[i] = random.next() < rate ? 0 : kept;
  }
}

function runningStatistics(graph: TrainingGraph, before: Float32Array, observed: Float32Array): Float32Array {
  const after = before.slice();
  for (const { offset, channels, momentum, count } of graph.statistics)
    for (let i = offset; i < offset + 2 * channels; i++) {
      const unbiased = i < offset + channels ? observed[i] : (observed[i] * count) / Math.max(count - 1, 1);
      after[i] = (1 - momentum) * before[i] + momentum * unbiased;
    }
  return after;
}

function vector(data: Float32Array): Tensor {
  return { data, shape: [data.length] };
}

function scalar(x: number): Tensor {
  return { data: Float32Array.of(x), shape: [] };
}

function copyState(state: TrainingState): TrainingState {
  return {
    ...state,
    parameters: state.parameters.slice(),
    slots: Object.fromEntries(Object.entries(state.slots).map(([name, data]) => [name, data.slice()])),
    ...(state.ema && { ema: state.ema.slice() }),
    statistics: state.statistics.slice(),
  };
}

function checkState(given: TrainingState, own: TrainingState): void {
  const fits =
    given.parameters.length === own.parameters.length &&
    given.statistics.length === own.statistics.length &&
    given.ema?.length === own.ema?.length &&
    Object.keys(own.slots).every((name) => given.slots[name]?.length === own.slots[name].length);
  if (!fits)
    throw new EcgError(
      'bad-shape',
      `nn.restore: a state of ${given.parameters.length} parameters (${Object.keys(given.slots)}) does not belong to ` +
        `this network of ${own.parameters.length} (${Object.keys(own.slots)}), give one of the same plan`,
    );
}
