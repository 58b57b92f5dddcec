import * as v from 'valibot';
import { flatCnn, flatCnnEntries } from './flat-cnn.js';
import type { NetworkKind } from './network-kind.js';

const schema = v.strictObject({ kind: v.literal('deep-cnn-2d'), ...flatCnnEntries });

/**
 * Convolutions of 32, 64 and 128 channels, 3 × 3, each pooled, and 256 hidden units with dropout .5 over pictures of
 * 128 × 128 × 3, as published; other sizes as the configuration says.
 */
export const deepCnn2d = { schema, build: flatCnn } satisfies NetworkKind<v.InferOutput<typeof schema>>;
