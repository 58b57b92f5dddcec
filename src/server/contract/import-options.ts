import * as v from 'valibot';
import { VALUE_UNITS } from '../../formats/index.js';
import { queryFlag, queryList, queryNumber } from './values.js';

/** What a caller knows of files that do not say it, as text of a query or a form. */
export const IMPORT_OPTIONS = {
  fs: v.pipe(
    v.exactOptional(queryNumber({ min: 0.1, max: 1_000_000 })),
    v.description('Hz, for a CSV without a time column.'),
  ),
  unit: v.pipe(
    v.exactOptional(v.picklist(VALUE_UNITS)),
    v.description('Unit of the values of a CSV that does not name it.'),
  ),
  gain: v.pipe(
    v.exactOptional(queryNumber({ min: 1e-9, max: 1e12 })),
    v.description('ADC units per mV, with `unit=adc`.'),
  ),
  columns: v.pipe(
    v.exactOptional(queryList({ mostItems: 64, longestItem: 128 })),
    v.description('Columns of a CSV to take as leads: names, or numbers from 0, with commas between them.'),
  ),
  name: v.pipe(
    v.exactOptional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))),
    v.description(
      'What to call the recording, or the file where the body is one; the name of the file when omitted.',
    ),
  ),
};

/** Schema of the options of an import. */
export const ImportOptionsSchema = v.strictObject({
  ...IMPORT_OPTIONS,
  pseudonymise: v.pipe(
    v.exactOptional(queryFlag()),
    v.description('Removes names and identifiers on import; always so where the server is set to it.'),
  ),
  analyze: v.pipe(v.exactOptional(queryFlag()), v.description('false only imports; true when omitted.')),
});
export type ImportOptions = v.InferOutput<typeof ImportOptionsSchema>;
