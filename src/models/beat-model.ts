import { EcgError } from '../core/index.js';
import { addModelMetadata, type Runtime, readModelMetadata, type Session } from '../nn/index.js';
import { type ModelCard, ModelCardSchema, parseModelCard } from './card.js';
import { type InputShape, inputShape } from './contract.js';
import { type Forward, GoldenVectorsSchema, goldenDeviation, makeGoldenVectors } from './golden.js';
import { parseStrictly } from './strict.js';

/** Metadata entries of a model file. */
const CARD = 'ectopy.card';
const GOLDEN = 'ectopy.golden';
const TEST_METRICS = 'ectopy.test-metrics';

/** A trained beat network that has reproduced its golden vectors on this runtime. */
export interface BeatModel {
  readonly card: ModelCard;
  readonly shape: InputShape;
  /** Uncalibrated logits [n, 5] of prepared beats. */
  readonly forward: Forward;
  /** Frees the runtime's memory; it cannot run any more. */
  close(): Promise<void>;
}

/**
 * A model out of the bytes of its file.
 *
 * @throws EcgError `bad-format` when the bytes are no model of this kind, or when this runtime does not
 *   reproduce the file's golden vectors
 */
export async function loadBeatModel(bytes: Uint8Array, runtime: Runtime): Promise<BeatModel> {
  const metadata = readModelMetadata(bytes);
  const card = readCard(metadata);
  const golden = parseStrictly(GoldenVectorsSchema, readEntry(metadata, GOLDEN), 'model: golden vectors');
  const shape = inputShape(card.input);
  const session = await runtime.open(bytes);
  const forward = forwardOf(session, shape);
  try {
    const deviation = await goldenDeviation(golden, forward);
    if (!(deviation <= 1)) {
      throw new EcgError(
        'bad-format',
        `model: ${card.name} ${card.version} is ${deviation.toPrecision(3)} times its tolerance away from its golden vectors on ${runtime.name}; the file is damaged or the runtime faulty, fetch the file again`,
      );
    }
  } catch (error) {
    await session.release();
    throw error;
  }
  return { card, shape, forward, close: () => session.release() };
}

/**
 * The card of a model file, without running the network; test metrics added later are among its metrics.
 * @throws EcgError `bad-format` or `bad-option` when there is none or it is not valid
 */
export function readModelCard(bytes: Uint8Array): ModelCard {
  return readCard(readModelMetadata(bytes));
}

/**
 * The file of a trained network with its card and golden vectors made on `runtime`.
 * @param network  an ONNX file without either
 */
export async function sealBeatModel(
  network: Uint8Array,
  card: ModelCard,
  runtime: Runtime,
): Promise<Uint8Array> {
  const valid = parseModelCard(card, 'model card');
  const shape = inputShape(valid.input);
  const session = await runtime.open(network);
  const golden = await makeGoldenVectors(forwardOf(session, shape), shape);
  await session.release();
  return addModelMetadata(network, { [CARD]: JSON.stringify(valid), [GOLDEN]: JSON.stringify(golden) });
}

/**
 * The model file with the figures of a test set, once.
 * @throws EcgError `bad-option` when it already carries some
 */
export function addTestMetrics(bytes: Uint8Array, metrics: ModelCard['metrics']): Uint8Array {
  return addModelMetadata(bytes, { [TEST_METRICS]: JSON.stringify(metrics) });
}

function readCard(metadata: Readonly<Record<string, string>>): ModelCard {
  const card = parseModelCard(readEntry(metadata, CARD), 'model card');
  if (metadata[TEST_METRICS] === undefined) return card;
  const metrics = parseStrictly(
    ModelCardSchema.entries.metrics,
    readEntry(metadata, TEST_METRICS),
    'model: test metrics',
  );
  return { ...card, metrics: [...card.metrics, ...metrics] };
}

function readEntry(metadata: Readonly<Record<string, string>>, key: string): unknown {
  const text = metadata[key];
  if (text === undefined) {
    throw new EcgError('bad-format', `model: the file has no ${key}, give a network written by Ectopy`);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EcgError('bad-format', `model: ${key} is not JSON, fetch the file again`, { cause });
  }
}

/** A beat network's forward pass by its session. */
export function forwardOf(session: Session, shape: InputShape): Forward {
  return async (waves, features, n) => {
    const outputs = await session.run({
      waves: { data: waves, shape: [n, shape.channels, shape.length] },
      features: { data: features, shape: [n, shape.features] },
    });
    const logits = outputs['logits']?.data;
    if (!(logits instanceof Float32Array)) {
      throw new EcgError('bad-format', 'model: the network gives no logits, give a beat network');
    }
    return logits;
  };
}
