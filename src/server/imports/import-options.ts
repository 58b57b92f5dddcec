import * as v from 'valibot';
import { VALUE_UNITS } from '../../formats/index.js';

/** What a caller may decide about an analysis; see `AnalyzeOptions` of the library. */
export const AnalysisOptionsSchema = v.strictObject({
  /** s; an RR interval of at least this is a pause. */
  pauseS: v.optional(v.pipe(v.number(), v.minValue(0.5), v.maxValue(60))),
  certainFrom: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  rateBeats: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
});
export type AnalysisOptions = v.InferOutput<typeof AnalysisOptionsSchema>;

/** What a file does not say and the caller knows. */
const OpenOptionsSchema = v.object({
  /** Hz, of a CSV without a time column. */
  fs: v.optional(v.pipe(v.number(), v.minValue(1e-3), v.maxValue(1e6))),
  unit: v.optional(v.picklist(VALUE_UNITS)),
  /** ADC units per mV, with the unit `adc`. */
  gain: v.optional(v.pipe(v.number(), v.minValue(1e-6), v.maxValue(1e12))),
  /** Columns of a CSV to take as leads: names, or numbers from 0. */
  columns: v.optional(
    v.pipe(
      v.array(
        v.union([v.pipe(v.string(), v.maxLength(200)), v.pipe(v.number(), v.integer(), v.minValue(0))]),
      ),
      v.minLength(1),
      v.maxLength(256),
    ),
  ),
  /** Annotators of a WFDB record, by extension. */
  annotators: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^\w{1,16}$/))), v.maxLength(16))),
});

/** What a caller may decide about an import. */
export const ImportOptionsSchema = v.strictObject({
  ...OpenOptionsSchema.entries,
  /** Removes what could name the patient. */
  pseudonymise: v.optional(v.boolean(), false),
  /** Whether, and how, the recording is analysed once it is imported. */
  analyze: v.optional(v.union([v.boolean(), AnalysisOptionsSchema]), true),
});

/** Both at once, for an analysis of which nothing is stored. */
export const OneShotOptionsSchema = v.strictObject({
  ...OpenOptionsSchema.entries,
  ...AnalysisOptionsSchema.entries,
});
