import { EcgError } from '../../core/index.js';
import { cutScreeningWindows, parseStrictly, ScreeningInputSchema, softmax } from '../../models/index.js';
import type { BundledModel } from '../../models/node.js';
import type { Session, Tensor } from '../../nn/index.js';
import { createThreadedRuntime } from '../../nn/threaded/node.js';
import { createBatchQueue } from './batch-queue.js';
import { checkExamples } from './check-examples.js';
import { createExplainer, type Explanation, type ExplanationRequest } from './explainer.js';
import { type ModelFile, openVerified, readModelFile, SERVED } from './served-models.js';

/** A network as the Open Inference Protocol names it. */
export interface ServedModel {
  readonly name: string;
  readonly version: string;
  readonly inputs: readonly ServedTensor[];
  readonly outputs: readonly ServedTensor[];
  /** The model card, plain data. */
  readonly card: unknown;
}

export interface ServedTensor {
  readonly name: string;
  readonly datatype: string;
  /** −1 where any size fits. */
  readonly shape: readonly number[];
}

/** The networks that are served, in threads of their own; requests that come together run together. */
export interface ModelHost {
  list(): readonly ServedModel[];
  /** @throws EcgError `not-found` */
  get(name: string): ServedModel;
  /**
   * Loads a network, which happens by itself with its first request.
   * @throws EcgError `not-found`; `bad-format` when it does not reproduce its golden vectors
   */
  load(name: string): Promise<void>;
  /** @throws EcgError `bad-shape`; ServiceFault `unavailable` when too many wait */
  infer(
    name: string,
    inputs: Readonly<Record<string, Tensor>>,
    signal?: AbortSignal,
  ): Promise<Readonly<Record<string, Tensor>>>;
  /**
   * How much each number of one example counts for a class.
   * @throws EcgError `not-found`, `bad-shape`, `bad-option`; ServiceFault `unavailable` when too many wait
   */
  explain(name: string, request: ExplanationRequest, signal?: AbortSignal): Promise<Explanation>;
  /**
   * Probabilities [normal, arrhythmic] of two seconds of one lead at 250 Hz, any unit.
   * @throws EcgError `too-short` without a sample
   */
  screen(samples: Float32Array, signal?: AbortSignal): Promise<Float32Array>;
  close(): Promise<void>;
}

/** What a host serves, and how much of it. */
export interface ModelHostOptions {
  /** All that come with this installation when omitted. */
  readonly models?: readonly BundledModel[];
  /** Threads of one operation; 1 when omitted. */
  readonly threads?: number;
  /** Examples that go through a network together; 32 when omitted. */
  readonly mostRows?: number;
  /** Examples that may wait; 2048 when omitted. */
  readonly mostWaiting?: number;
  readonly onBatch?: (model: string, rows: number) => void;
}

/** The network behind `screen`. */
export const SCREENING_MODEL = 'screening';

/** The networks that come with the package, ready to be asked; each is loaded when it is first needed. */
export async function createModelHost({
  models = Object.keys(SERVED) as BundledModel[],
  threads = 1,
  mostRows = 32,
  mostWaiting = 2048,
  onBatch,
}: ModelHostOptions = {}): Promise<ModelHost> {
  const files = new Map<string, ModelFile>();
  for (const name of models) {
    const file = await readModelFile(name);
    if (file !== null) files.set(name, file);
  }
  const runtime = createThreadedRuntime({ threads });
  const sessions = new Map<string, Promise<Session>>();
  const explainer = createExplainer();
  let closed = false;

  const fileOf = (name: string): ModelFile => {
    const file = files.get(name);
    if (file !== undefined) return file;
    throw new EcgError(
      'not-found',
      `inference: there is no model ${name}, take ${[...files.keys()].join(', ')}`,
    );
  };
  const sessionOf = (name: string): Promise<Session> => {
    const known = sessions.get(name);
    if (known !== undefined) return known;
    if (closed) return Promise.reject(new EcgError('cancelled', 'inference: the server is closing'));
    const opening = openVerified(fileOf(name), runtime);
    sessions.set(name, opening);
    opening.catch(() => sessions.delete(name));
    return opening;
  };
  const queue = createBatchQueue({
    mostRows,
    mostWaiting,
    ...(onBatch && { onBatch }),
    async run(model, { inputs }) {
      const session = await sessionOf(model);
      try {
        return await session.run(inputs);
      } catch (error) {
        // Not a word of the network but of its thread: all it held is gone and is loaded again.
        if (!(error instanceof EcgError) || error.code === 'bad-option') sessions.clear();
        throw error;
      }
    },
  });
  const screening = files.get(SCREENING_MODEL);
  const screen = screening === undefined ? undefined : screeningOf(screening);

  return {
    list: () => [...files.values()].map(({ served }) => served),
    get: (name) => fileOf(name).served,
    async load(name) {
      fileOf(name);
      await sessionOf(name);
    },
    async infer(name, inputs, signal) {
      const examples = checkExamples(fileOf(name).served, inputs);
      // A network that is still being loaded keeps nobody else waiting.
      await sessionOf(name);
      return queue.add(name, examples, signal);
    },
    async explain(name, request, signal) {
      const { served } = fileOf(name);
      const { inputs, rows } = checkExamples(served, request.inputs);
      if (rows !== 1) throw new EcgError('bad-shape', `explain: ${rows} examples at once, give one`);
      return explainer.explain(name as BundledModel, { ...request, inputs }, signal);
    },
    async screen(samples, signal) {
      if (screen === undefined) throw new EcgError('not-found', 'inference: screening.onnx is not installed');
      await sessionOf(SCREENING_MODEL);
      const outputs = await queue.add(SCREENING_MODEL, { inputs: screen.inputs(samples), rows: 1 }, signal);
      return screen.probabilities(outputs);
    },
    async close() {
      closed = true;
      await explainer.close();
      const open = await Promise.allSettled(sessions.values());
      sessions.clear();
      for (const each of open) if (each.status === 'fulfilled') await each.value.release().catch(() => {});
    },
  };
}

/** The screening network's own way from samples to probabilities, by its card. */
function screeningOf({ served }: ModelFile) {
  const card = served.card as {
    readonly input: unknown;
    readonly shape: readonly number[];
    readonly labels: readonly unknown[];
    readonly calibration: { readonly temperature: number };
  };
  const input = parseStrictly(ScreeningInputSchema, card.input, 'screening: input');
  return {
    inputs(samples: Float32Array): Record<string, Tensor> {
      if (samples.length === 0)
        throw new EcgError('too-short', `screening: no sample, give up to ${input.length} at ${input.fs} Hz`);
      const data = cutScreeningWindows(samples.subarray(0, input.length), input.fs, input);
      return { x: { data, shape: [1, ...card.shape] } };
    },
    probabilities: (outputs: Readonly<Record<string, Tensor>>) =>
      softmax(
        (outputs['logits'] as Tensor).data as Float32Array,
        card.labels.length,
        card.calibration.temperature,
      ),
  };
}
