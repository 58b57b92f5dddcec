import * as v from 'valibot';
import { EcgError } from '../../core/index.js';

/** Numbers, with null for a sample that is not there. */
type JsonSamples = readonly (number | null)[];

/** Past this a 32-bit float may overflow after a change of unit. */
const LARGEST_VALUE = 1e30;
const isSample = (value: unknown): boolean =>
  value === null || (typeof value === 'number' && Math.abs(value) <= LARGEST_VALUE);

const samples = v.custom<JsonSamples>(
  (value) => Array.isArray(value) && value.every(isSample),
  ({ input }) =>
    Array.isArray(input)
      ? `Expected numbers up to 1e30 or null but received ${JSON.stringify(input.find((value) => !isSample(value)))?.slice(0, 40)} at index ${input.findIndex((value) => !isSample(value))}`
      : `Expected an array of numbers but received ${input === null ? 'null' : typeof input}`,
);
const rate = v.pipe(v.number(), v.minValue(1e-3), v.maxValue(1e6));
const sampleIndex = v.pipe(v.number(), v.safeInteger());

const signal = v.looseObject({
  lead: v.string(),
  unit: v.optional(v.string()),
  fs: v.optional(rate),
  adc: v.optional(v.object({ gain: v.number(), baseline: v.number(), zero: v.number(), bits: v.number() })),
  samples,
});

const annotation = v.looseObject({
  sample: sampleIndex,
  symbol: v.string(),
  subtype: v.optional(v.number()),
  channel: v.optional(v.number()),
  num: v.optional(v.number()),
  aux: v.optional(v.string()),
});

const gap = v.pipe(
  v.looseObject({ from: v.pipe(sampleIndex, v.minValue(0)), to: sampleIndex }),
  v.check(({ from, to }) => from < to, 'Expected from < to'),
);

/** A recording as JSON: what `writeJson` writes, and its short form `{ "fs": 250, "leads": { "I": [0.1, …] } }`. */
const recordingJson = v.looseObject({
  id: v.optional(v.string()),
  fs: v.optional(rate),
  length: v.optional(v.pipe(sampleIndex, v.minValue(0))),
  startTime: v.optional(v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/))),
  unit: v.optional(v.string()),
  signals: v.optional(v.array(signal)),
  leads: v.optional(v.record(v.string(), samples)),
  annotations: v.optional(v.array(annotation)),
  gaps: v.optional(v.array(gap)),
  notes: v.optional(v.array(v.string())),
});

export type RecordingJson = v.InferOutput<typeof recordingJson>;
export type SignalJson = v.InferOutput<typeof signal>;
export type AnnotationJson = v.InferOutput<typeof annotation>;

/** Faults that a message lists; the others are counted. */
const MOST_FAULTS = 12;

/**
 * Parsed JSON as a recording.
 *
 * @throws EcgError `bad-format` that lists every fault with its path
 */
export function checkRecordingJson(data: unknown, name: string): RecordingJson {
  if (Array.isArray(data)) {
    throw new EcgError('bad-format', `json: ${name} is a list, give an object with fs and signals`);
  }
  const result = v.safeParse(recordingJson, data);
  if (result.success) return result.output;
  const faults = result.issues.map((issue) => {
    const where = v.getDotPath(issue) ?? 'the document';
    return issue.received === 'undefined' ? `${where} is missing` : `${where}: ${issue.message}`;
  });
  const shown = faults.slice(0, MOST_FAULTS).join('; ');
  const more = faults.length > MOST_FAULTS ? `; and ${faults.length - MOST_FAULTS} more` : '';
  throw new EcgError('bad-format', `json: ${name} is no recording: ${shown}${more}`);
}

/** Keys that nothing reads, each once, with the place where it first stands. */
export function unknownKeys(json: RecordingJson): string[] {
  const found = new Set<string>();
  const look = (value: object, known: object, path: string) => {
    for (const key of Object.keys(value)) if (!(key in known)) found.add(`${path}${key.slice(0, 60)}`);
  };
  look(json, recordingJson.entries, '');
  for (const one of json.signals ?? []) look(one, signal.entries, 'signals.');
  for (const one of json.annotations ?? []) look(one, annotation.entries, 'annotations.');
  return [...found];
}
