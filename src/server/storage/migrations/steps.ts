import { tables } from './0001-tables.js';
import type { Step } from './step.js';

/** Every change of the tables in its order; a new one is a file and a line here, an old one never changes. */
export const STEPS: Readonly<Record<string, Step>> = {
  '0001-tables': tables,
};
