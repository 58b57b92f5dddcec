import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

/** Real recordings and reference outputs, beside the checkout; not part of the repository. */
export const sharedDir = fileURLToPath(new URL('../../shared', import.meta.url));

const present = existsSync(`${sharedDir}/data/README.md`);

/** A `describe` that skips visibly where the recordings are absent. */
export const describeWithShared: typeof describe.skip = present ? describe : describe.skip;
