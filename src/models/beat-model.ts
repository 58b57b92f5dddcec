import { EcgError } from '../core/index.js';
import { addModelMetadata, type Runtime, readModelMetadata, type Session } from '../nn/index.js';
import { BEAT_FORMAT, type ModelCard, parseModelCard } from './card.js';
import { type InputShape, inputShape } from './contract.js';
import { CARD, GOLDEN, readCardEntry, readEntry, withTestMetrics } from './file-entries.js';
import {
  type Forward,
  GoldenVectorsSchema,
  goldenDeviation,
  makeGoldenVectors,
  requireReproduced,
} from './golden.js';
import { parseStrictly } from './strict.js';

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
    requireReproduced(deviation, `${card.name} ${card.version}`, runtime.name);
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
  const golden = await makeGoldenVectors(forwardOf(session, shape), shape, valid.quantised);
  await session.release();
  return addModelMetadata(network, { [CARD]: JSON.stringify(valid), [GOLDEN]: JSON.stringify(golden) });
}

function readCard(metadata: Readonly<Record<string, string>>): ModelCard {
  return withTestMetrics(parseModelCard(readCardEntry(metadata, BEAT_FORMAT), 'model card'), metadata);
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
