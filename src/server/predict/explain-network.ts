import { EcgError } from '../../core/index.js';
import {
  createIntegratedGradients,
  type Example,
  type ExampleShapes,
  fillFrom,
  type IntegratedGradients,
  occlude,
  type Part,
  type Score,
  slidingParts,
  spreadOverSamples,
} from '../../explain/index.js';
import { readCardMetadata } from '../../models/index.js';
import { type Runtime, readModelSignature, type Session, type Tensor } from '../../nn/index.js';
import type { Tensors } from './batch-queue.js';
import type { Explanation, ExplanationRequest } from './explainer.js';

/** A network that is explained, and what has been made for it so far. */
export interface ExplainedNetwork {
  readonly bytes: Uint8Array;
  readonly runtime: Runtime;
  readonly session: Session;
  readonly shapes: ExampleShapes;
  /** The output that is explained: `logits` [N, classes], or others with the classes along the last axis. */
  readonly output: string;
  readonly classes: number;
  gradients: IntegratedGradients | undefined;
}

/** Windows that are taken away: a 50th of the row, moved by half of it. */
const WINDOWS = 50;
const SMALLEST_WINDOW = 4;
/** Numbers of a row up to which each is taken away by itself, as features are. */
const SHORT_ROW = 16;
const BATCH = 32;

/**
 * A network out of the bytes of its file, in single precision.
 * @throws EcgError `bad-format` when it is none
 */
export async function openExplained(bytes: Uint8Array, runtime: Runtime): Promise<ExplainedNetwork> {
  const { inputs, outputs } = readModelSignature(bytes);
  const card = readCardMetadata(bytes).card as { readonly labels: readonly unknown[] };
  const shapes: Record<string, readonly number[]> = {};
  for (const { name, shape } of inputs) {
    if (shape === null) throw new EcgError('unsupported', `explain: input ${name} has no shape in its file`);
    shapes[name] = shape.slice(1);
  }
  const output = outputs[0]?.name;
  if (output === undefined) throw new EcgError('bad-format', 'explain: the network gives nothing');
  const session = await runtime.open(bytes);
  return { bytes, runtime, session, shapes, output, classes: card.labels.length, gradients: undefined };
}

/**
 * How much each number of one example counts for a class, against zeros: integrated gradients of logits, or by how
 * much the score falls when stretches are taken away.
 *
 * @throws EcgError `bad-option` for a class the network does not have; `unsupported` for integrated gradients of a
 *   network without logits
 */
export async function explainNetwork(
  network: ExplainedNetwork,
  { inputs, target: asked, method: wanted }: ExplanationRequest,
): Promise<Explanation> {
  const { shapes, classes, output } = network;
  if (asked !== undefined && !(Number.isInteger(asked) && asked >= 0 && asked < classes))
    throw new EcgError('bad-option', `explain: there is no class ${asked}, take 0 to ${classes - 1}`);
  const hasLogits = output === 'logits';
  if (wanted === 'integrated-gradients' && !hasLogits)
    throw new EcgError(
      'unsupported',
      `explain: integrated gradients need logits, ${output} is explained by occlusion`,
    );
  const example: Record<string, Float32Array> = {};
  const baseline: Record<string, Float32Array> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    const { data } = inputs[name] as Tensor;
    example[name] = data as Float32Array;
    baseline[name] = new Float32Array(shape.reduce((product, n) => product * n, 1));
  }
  const means = await classMeans(network, example, 1);
  const target = asked ?? means.indexOf(Math.max(...means));
  const weights = hasLogits ? centred(classes, target) : oneHot(classes, target);
  const score: Score = async (many, n) => weigh(await classMeans(network, many, n), weights, n);
  const [own, nothing] = [await score(example, 1), await score(baseline, 1)];
  const method =
    wanted ?? (hasLogits && (await hasGradients(network)) ? 'integrated-gradients' : 'occlusion');
  const values =
    method === 'occlusion'
      ? await byOcclusion(network, score, example, baseline)
      : (await (await gradientsOf(network)).explain(example, baseline, weights)).values;
  const attributions: Record<string, Tensor> = {};
  for (const [name, shape] of Object.entries(shapes))
    attributions[name] = { data: values[name] as Float32Array, shape: [1, ...shape] };
  return {
    method,
    target,
    attributions: attributions satisfies Tensors,
    score: own[0] as number,
    baselineScore: nothing[0] as number,
  };
}

/** @throws EcgError `unsupported` for a network of integers */
async function gradientsOf(network: ExplainedNetwork): Promise<IntegratedGradients> {
  const { runtime, bytes, shapes, classes } = network;
  network.gradients ??= await createIntegratedGradients(runtime, { network: bytes, shapes, classes });
  return network.gradients;
}

async function hasGradients(network: ExplainedNetwork): Promise<boolean> {
  try {
    await gradientsOf(network);
    return true;
  } catch (error) {
    if (error instanceof EcgError && error.code === 'unsupported') return false;
    throw error;
  }
}

async function byOcclusion(
  { shapes }: ExplainedNetwork,
  score: Score,
  example: Example,
  baseline: Example,
): Promise<Example> {
  const values: Record<string, Float32Array> = {};
  for (const [input, shape] of Object.entries(shapes)) {
    const length = shape.at(-1) as number;
    const all = (example[input] as Float32Array).length;
    const width = length <= SHORT_ROW ? 1 : Math.max(SMALLEST_WINDOW, Math.round(length / WINDOWS));
    const stride = Math.max(1, Math.floor(width / 2));
    const attributed = new Float32Array(all);
    for (let row = 0; row < all / length; row++) {
      const parts: Part[] = slidingParts(input, input, [row], length, width, stride);
      const drops = await occlude(score, example, shapes, parts, fillFrom(baseline), BATCH);
      attributed.set(spreadOverSamples(parts, drops, length), row * length);
    }
    values[input] = attributed;
  }
  return values;
}

/** The mean of each class over the positions of the output, [n, classes]. */
async function classMeans({ session, shapes, output, classes }: ExplainedNetwork, many: Example, n: number) {
  const feeds = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      { data: many[name] as Float32Array, shape: [n, ...shape] },
    ]),
  );
  const { data } = (await session.run(feeds))[output] as Tensor;
  const positions = data.length / (n * classes);
  const means = new Float64Array(n * classes);
  for (let i = 0; i < data.length; i++) {
    const row = Math.floor(i / (positions * classes));
    means[row * classes + (i % classes)] += (data[i] as number) / positions;
  }
  return means;
}

function weigh(means: Float64Array, weights: readonly number[], n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, row) =>
    weights.reduce((sum, weight, k) => sum + weight * (means[row * weights.length + k] as number), 0),
  );
}

/** Of a logit above the mean of the others. */
function centred(classes: number, target: number): number[] {
  return Array.from({ length: classes }, (_, k) => (k === target ? 1 : -1 / (classes - 1)));
}

function oneHot(classes: number, target: number): number[] {
  return Array.from({ length: classes }, (_, k) => (k === target ? 1 : 0));
}
