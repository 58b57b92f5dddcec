import { EcgError } from '../core/index.js';
import {
  type Builder,
  claimName,
  type InputShapes,
  type MaskSpec,
  type Network,
  type ParameterSpec,
  type StatisticsSpec,
} from './builder.js';
import { gradientsOf } from './gradient.js';
import { type Shape, sizeOf, type Value } from './graph.js';
import { writeModel } from './onnx/write.js';
import { add, divide, minimum, multiply, sqrt } from './ops/elementwise.js';
import { concat, reshape, slice } from './ops/layout.js';
import { constant, input } from './ops/leaf.js';
import { reduceSumSquare } from './ops/reduce.js';
import type { Optimiser } from './optimisers.js';

/** What is trained, on what, and how. */
export interface TrainingPlan {
  readonly network: Network;
  /** All inputs, those of the loss too (targets, weights); `'N'` is the batch, `[]` a scalar. */
  readonly inputs: InputShapes;
  /** A scalar from the network's outputs and the inputs. */
  readonly loss: (outputs: Readonly<Record<string, Value>>, inputs: Readonly<Record<string, Value>>) => Value;
  readonly optimiser: Optimiser;
  readonly batchSize: number;
  /** Longest gradient (Euclidean norm) that is not shortened; none is when omitted. */
  readonly clipNorm?: number;
  /** Share of the old average in the running average of the weights; no average when omitted. */
  readonly emaDecay?: number;
  /** Names of network outputs that `step` gives back beside the loss. */
  readonly report?: readonly string[];
}

/** A training step as an ONNX file, and how its flat vectors are laid out. */
export interface TrainingGraph {
  readonly bytes: Uint8Array;
  readonly parameters: readonly ParameterSpec[];
  readonly statistics: readonly StatisticsSpec[];
  readonly masks: readonly MaskSpec[];
  readonly inputShapes: Readonly<Record<string, Shape>>;
}

/** What a network asks for, learned by building it once. */
export interface NetworkSpecs {
  readonly parameters: readonly ParameterSpec[];
  readonly statistics: readonly StatisticsSpec[];
  readonly masks: readonly MaskSpec[];
}

/**
 * The parameters, running statistics and masks of a network in the order it asks for them.
 * @throws EcgError `bad-option` when two have the same name
 */
export function describeNetwork(network: Network, shapes: InputShapes, batchSize: number): NetworkSpecs {
  const parameters: ParameterSpec[] = [];
  const statistics: StatisticsSpec[] = [];
  const masks: MaskSpec[] = [];
  const names = new Set<string>();
  const end = { parameters: 0, statistics: 0, masks: 0 };
  network(
    {
      training: true,
      parameter(name, shape, initialise, { decay = true } = {}) {
        claimName(names, name);
        parameters.push({ name, shape, offset: end.parameters, decay, initialise });
        end.parameters += sizeOf(shape);
        return input(name, shape);
      },
      statistics(name, channels) {
        claimName(names, `${name}.mean`);
        return { mean: input(`${name}.mean`, [channels]), variance: input(`${name}.variance`, [channels]) };
      },
      observe(name, mean, _, count, momentum) {
        const channels = mean.shape[0];
        statistics.push({ name, channels, offset: end.statistics, momentum, count });
        end.statistics += 2 * channels;
      },
      mask(name, shape, rate) {
        claimName(names, `${name}.mask`);
        if (!(rate > 0 && rate < 1))
          throw new EcgError('bad-option', `nn: dropout ${name} at a rate of ${rate}, give one within 0…1`);
        masks.push({ name, size: sizeOf(shape), offset: end.masks, rate });
        end.masks += sizeOf(shape);
        return input(`${name}.mask`, shape);
      },
    },
    inputValues(shapes, batchSize),
  );
  return { parameters, statistics, masks };
}

/**
 * One training step: forward pass, backward pass and optimiser in one graph.
 *
 * Inputs: the plan's, and the vectors `parameters`, `statistics`, `masks`, `ema`, `slot.…` and the numbers of
 * `scalar.…`. Outputs: `loss`, `gradientNorm`, `parameters.next`, `slot.….next`, `ema.next`, `observed`, and the
 * reported ones.
 */
export function buildTrainingGraph(plan: TrainingPlan): TrainingGraph {
  const { network, batchSize, optimiser, clipNorm, emaDecay, report = [] } = plan;
  const specs = describeNetwork(network, plan.inputs, batchSize);
  const total = specs.parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (total === 0)
    throw new EcgError('bad-option', 'nn: the network has no parameters, nothing can be trained');
  const flat = input('parameters', [total]);
  const values = inputValues(plan.inputs, batchSize);
  const { builder, leaves, observed } = trainingBuilder(specs, flat);
  const outputs = network(builder, values);
  const loss = plan.loss(outputs, values);

  const raw = concat(
    gradientsOf(loss, leaves).map((g) => reshape(g, [sizeOf(g.shape)])),
    0,
  );
  const norm = sqrt(reduceSumSquare(raw));
  const gradient =
    clipNorm === undefined ? raw : multiply(raw, minimum(divide(clipNorm, add(norm, 1e-6)), 1));
  const vector = (name: string) => input(name, [total]);
  const slots = Object.fromEntries(optimiser.slots.map((name) => [name, vector(`slot.${name}`)]));
  const scalars = Object.fromEntries(
    Object.keys(optimiser.scalars(1, 1)).map((name) => [name, input(`scalar.${name}`, [])]),
  );
  const next = optimiser.update({
    parameters: flat,
    gradient,
    decayMask: decayMask(specs.parameters, total),
    slots,
    scalars,
  });

  const results: Record<string, Value> = { loss, gradientNorm: norm, 'parameters.next': next.parameters };
  for (const [name, value] of Object.entries(next.slots)) results[`slot.${name}.next`] = value;
  if (emaDecay !== undefined) {
    const share = input('scalar.emaShare', []);
    const ema = vector('ema');
    results['ema.next'] = add(ema, multiply(add(next.parameters, multiply(ema, -1)), share));
  }
  if (observed.length > 0) results['observed'] = concat(observed, 0);
  for (const name of report) {
    if (!outputs[name])
      throw new EcgError(
        'bad-option',
        `nn: output ${name} cannot be reported, the network gives ${Object.keys(outputs)}`,
      );
    results[name] = outputs[name];
  }
  return { bytes: writeModel(results), ...specs, inputShapes: shapesFor(plan.inputs, batchSize) };
}

/** Shapes with the batch filled in. */
export function shapesFor(shapes: InputShapes, batchSize: number): Record<string, Shape> {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, shape.map((n) => (n === 'N' ? batchSize : n))]),
  );
}

/** Graph inputs of the given shapes; `dynamic` leaves the batch open. */
export function inputValues(shapes: InputShapes, batchSize: number, dynamic = false): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const open = dynamic ? shape.flatMap((n, i) => (n === 'N' ? [i] : [])) : [];
      return [
        name,
        input(
          name,
          shape.map((n) => (n === 'N' ? batchSize : n)),
          open,
        ),
      ];
    }),
  );
}

function trainingBuilder(specs: NetworkSpecs, flat: Value) {
  const byName = <T extends { name: string }>(list: readonly T[]) =>
    new Map(list.map((spec) => [spec.name, spec]));
  const parameters = byName(specs.parameters);
  const statistics = byName(specs.statistics);
  const masks = byName(specs.masks);
  const sum = (sizes: number[]) => sizes.reduce((a, b) => a + b, 0);
  const flatStatistics = input('statistics', [sum(specs.statistics.map(({ channels }) => 2 * channels))]);
  const flatMasks = input('masks', [sum(specs.masks.map(({ size }) => size))]);
  const leaves: Value[] = [];
  const observed: Value[] = [];
  const builder: Builder = {
    training: true,
    parameter(name) {
      const { offset, shape } = parameters.get(name)!;
      const leaf = reshape(slice(flat, 0, offset, offset + sizeOf(shape)), shape);
      leaves.push(leaf);
      return leaf;
    },
    statistics(name, channels) {
      // Slices are copies that only this node reads: ONNX Runtime overwrites what batch norm is given.
      const { offset } = statistics.get(name)!;
      const at = offset + channels;
      return {
        mean: slice(flatStatistics, 0, offset, at),
        variance: slice(flatStatistics, 0, at, at + channels),
      };
    },
    observe(_, mean, variance) {
      observed.push(mean, variance);
    },
    mask(name, shape) {
      const { offset, size } = masks.get(name)!;
      return reshape(slice(flatMasks, 0, offset, offset + size), shape);
    },
  };
  return { builder, leaves, observed };
}

function decayMask(parameters: readonly ParameterSpec[], total: number): Value {
  const mask = new Float32Array(total);
  for (const { offset, shape, decay } of parameters) if (decay) mask.fill(1, offset, offset + sizeOf(shape));
  return constant(mask, [total]);
}
