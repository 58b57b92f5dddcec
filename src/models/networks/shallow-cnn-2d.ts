import * as v from 'valibot';
import { flatCnn, flatCnnEntries } from './flat-cnn.js';
import type { NetworkKind } from './network-kind.js';

const schema = v.strictObject({ kind: v.literal('shallow-cnn-2d'), ...flatCnnEntries });

/** One convolution or two over a picture, flattened into one hidden layer. */
export const shallowCnn2d = { schema, build: flatCnn } satisfies NetworkKind<v.InferOutput<typeof schema>>;
