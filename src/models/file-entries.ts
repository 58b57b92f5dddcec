import { EcgError } from '../core/index.js';
import { addModelMetadata, readModelMetadata } from '../nn/index.js';
import { type CardMetrics, MetricsSchema } from './card-parts.js';
import { parseStrictly } from './strict.js';

/** Metadata entries of a model file. */
export const CARD = 'ectopy.card';
export const GOLDEN = 'ectopy.golden';
const TEST_METRICS = 'ectopy.test-metrics';

type Metadata = Readonly<Record<string, string>>;

/**
 * An entry of a model file, not validated.
 * @throws EcgError `bad-format` when it is missing or not JSON
 */
export function readEntry(metadata: Metadata, key: string): unknown {
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

/** What a file of each format holds, for who has the wrong one. */
const KINDS: Readonly<Record<string, string>> = {
  'ectopy-model/1': 'a network of beats in recordings',
  'ectopy-classifier-1': 'a classifier of examples',
  'ectopy-waves-1': 'a network of waves',
};

/**
 * The card of a model file of the format, not validated.
 * @throws EcgError `bad-format` when there is none, or it is of another kind of network
 */
export function readCardEntry(metadata: Metadata, format: string): unknown {
  const card = readEntry(metadata, CARD);
  const given = card !== null && typeof card === 'object' && 'format' in card ? card.format : undefined;
  if (typeof given === 'string' && given !== format) {
    throw new EcgError(
      'bad-format',
      `model: the file holds ${KINDS[given] ?? 'a network of an unknown kind'} (${given}), give ${KINDS[format]} (${format})`,
    );
  }
  return card;
}

/**
 * The model file with the figures of a test set, once.
 * @throws EcgError `bad-option` when it already carries some
 */
export function addTestMetrics(bytes: Uint8Array, metrics: CardMetrics): Uint8Array {
  return addModelMetadata(bytes, { [TEST_METRICS]: JSON.stringify(metrics) });
}

/** The card with the test metrics that were added to its file later. */
export function withTestMetrics<Card extends { readonly metrics: CardMetrics }>(
  card: Card,
  metadata: Metadata,
): Card {
  if (metadata[TEST_METRICS] === undefined) return card;
  const added = parseStrictly(MetricsSchema, readEntry(metadata, TEST_METRICS), 'model: test metrics');
  return { ...card, metrics: [...card.metrics, ...added] };
}

/**
 * The card of a model file of any format, and the figures that were added later; the card is not validated.
 * @throws EcgError `bad-format` when the file has no card; `bad-option` when the added figures are not valid
 */
export function readCardMetadata(bytes: Uint8Array): { card: unknown; metrics: CardMetrics } {
  const metadata = readModelMetadata(bytes);
  return { card: readEntry(metadata, CARD), metrics: withTestMetrics({ metrics: [] }, metadata).metrics };
}
