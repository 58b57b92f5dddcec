import { csv } from './csv/format.js';
import { bdf, edf } from './edf/format.js';
import { fhir } from './fhir/format.js';
import { json } from './json/format.js';
import type { Format } from './source.js';
import { wfdbFormat } from './wfdb/index.js';

/** Every format that `open` knows, the strictest recognition first; adding a format is a folder and a line here. */
export const FORMATS: readonly Format[] = [edf, bdf, wfdbFormat, fhir, json, csv];
