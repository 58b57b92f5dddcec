import type { Format } from './source.js';

/** Every format that `open` knows, the strictest recognition first; adding a format is a folder and a line here. */
export const FORMATS: readonly Format[] = [];
