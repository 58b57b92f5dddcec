import { EcgError } from '../../core/index.js';
import { addModelMetadata, type Runtime, readModelMetadata, type Session } from '../../nn/index.js';
import { softmax } from '../classify-beats.js';
import { CARD, GOLDEN, readCardEntry, readEntry, withTestMetrics } from '../file-entries.js';
import { requireReproduced } from '../golden.js';
import { parseStrictly } from '../strict.js';
import { CLASSIFIER_FORMAT, type ClassifierCard, ClassifierCardSchema } from './classifier-card.js';
import { ClassifierGoldenSchema, classifierDeviation, makeClassifierGolden } from './classifier-golden.js';

/** A trained classifier of examples that has reproduced its golden vectors on this runtime. */
export interface Classifier {
  readonly card: ClassifierCard;
  /**
   * Calibrated probabilities [count, classes] of examples [count, ...card.shape].
   * @throws EcgError `bad-shape` when the data are not that long
   */
  classify(data: Float32Array, count: number): Promise<Float32Array>;
  /** Uncalibrated logits [count, classes]; as `classify`. */
  logits(data: Float32Array, count: number): Promise<Float32Array>;
  /** Frees the runtime's memory; it cannot run any more. */
  close(): Promise<void>;
}

/**
 * A classifier out of the bytes of its file.
 *
 * @throws EcgError `bad-format` when the bytes are no classifier, or when this runtime does not reproduce the file's
 *   golden vectors; `bad-option` when the card is not valid
 */
export async function loadClassifier(bytes: Uint8Array, runtime: Runtime): Promise<Classifier> {
  const metadata = readModelMetadata(bytes);
  const card = readCard(metadata);
  const golden = parseStrictly(ClassifierGoldenSchema, readEntry(metadata, GOLDEN), 'model: golden vectors');
  const session = await runtime.open(bytes);
  const logits = logitsOf(session, card);
  try {
    const deviation = await classifierDeviation(golden, logits, card.shape);
    requireReproduced(deviation, `${card.name} ${card.version}`, runtime.name);
  } catch (error) {
    await session.release();
    throw error;
  }
  return {
    card,
    logits,
    classify: async (data, count) =>
      softmax(await logits(data, count), card.labels.length, card.calibration.temperature),
    close: () => session.release(),
  };
}

/**
 * The card of a classifier's file, without running the network; test metrics added later are among its metrics.
 * @throws EcgError `bad-format` or `bad-option` when there is none or it is not valid
 */
export function readClassifierCard(bytes: Uint8Array): ClassifierCard {
  return readCard(readModelMetadata(bytes));
}

/**
 * The file of a trained network with its card and golden vectors made on `runtime`.
 *
 * @param network  an ONNX file without either, `x` [N, ...shape] to `logits` [N, classes]
 * @throws EcgError `bad-option` when the card is not valid; `bad-shape` or `bad-format` when the network is not the
 *   card's
 */
export async function sealClassifier(
  network: Uint8Array,
  card: ClassifierCard,
  runtime: Runtime,
): Promise<Uint8Array> {
  const valid = parseStrictly(ClassifierCardSchema, card, 'classifier card');
  const session = await runtime.open(network);
  try {
    const golden = await makeClassifierGolden(logitsOf(session, valid), valid.shape, valid.quantised);
    return addModelMetadata(network, { [CARD]: JSON.stringify(valid), [GOLDEN]: JSON.stringify(golden) });
  } finally {
    await session.release();
  }
}

function readCard(metadata: Readonly<Record<string, string>>): ClassifierCard {
  const card = parseStrictly(
    ClassifierCardSchema,
    readCardEntry(metadata, CLASSIFIER_FORMAT),
    'classifier card',
  );
  return withTestMetrics(card, metadata);
}

function logitsOf(session: Session, { shape, labels }: ClassifierCard): Classifier['logits'] {
  const size = shape.reduce((product, n) => product * n, 1);
  return async (data, count) => {
    if (data.length !== count * size) {
      throw new EcgError(
        'bad-shape',
        `classifier: ${data.length} numbers are not ${count} examples of [${shape}], give ${count * size}`,
      );
    }
    if (count === 0) return new Float32Array(0);
    const { logits } = await session.run({ x: { data, shape: [count, ...shape] } });
    if (!(logits?.data instanceof Float32Array) || logits.data.length !== count * labels.length) {
      throw new EcgError(
        'bad-format',
        `classifier: the network does not give ${labels.length} logits an example, give the network of this card`,
      );
    }
    return logits.data;
  };
}
