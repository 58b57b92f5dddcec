import type { Analysis } from '../../core/index.js';
import { type FhirConcept, indeterminate, PROCEDURE, RESEARCH_TAG, UCUM } from './codes.js';

/** Releases of FHIR a report can be written in. */
type FhirRelease = 'R4' | 'R6';

/** A resource: plain data with the name of its type. */
export interface FhirResource {
  readonly resourceType: string;
  readonly id: string;
  readonly [key: string]: unknown;
}

/** What a report is told beside the analysis. */
export interface FhirReportOptions {
  /** R4 when omitted. */
  readonly version?: FhirRelease;
  /** `collection` to keep or hand on, `transaction` to post to a server; `collection` when omitted. */
  readonly bundle?: 'collection' | 'transaction';
  /** Reference to the patient: `Patient/123`; none when omitted. */
  readonly subject?: string;
  /** `Z` or `+01:00`: FHIR asks for a zone and recordings do not know one; `Z` when omitted, which a note then says. */
  readonly zone?: string;
}

/** What all observations of one report have in common. */
export interface Frame {
  readonly analysis: Analysis;
  readonly version: FhirRelease;
  readonly zone: string;
  readonly zoneIsKnown: boolean;
  readonly subject: string | undefined;
  /** A name of a resource that the same analysis gives again: 32 hexadecimal digits. */
  readonly idOf: (name: string) => string;
}

/** A range of samples as FHIR's `Period`; undefined where the recording does not know its start. */
export function periodOf(
  { analysis, zone }: Frame,
  from: number,
  to: number,
): { start: string; end: string } | undefined {
  const { startTime, fs } = analysis.recording;
  const start = startTime === null ? Number.NaN : Date.parse(`${startTime.slice(0, 23)}Z`);
  if (Number.isNaN(start)) return undefined;
  const at = (sample: number) =>
    `${new Date(start + Math.round((1000 * sample) / fs)).toISOString().replace(/(\.000)?Z$/, '')}${zone}`;
  return { start: at(from), end: at(to) };
}

/** One result: its value, or why there is none. */
export interface Result {
  readonly name: string;
  readonly code: FhirConcept;
  readonly value:
    | { readonly quantity: number; readonly unit: string; readonly ucum: string }
    | { readonly concept: FhirConcept }
    | { readonly text: string }
    | null;
  readonly absent?: FhirConcept;
  readonly components?: readonly {
    readonly code: FhirConcept;
    readonly quantity: number;
    readonly unit: string;
    readonly ucum: string;
  }[];
  /** Samples it holds for; the whole recording when omitted. */
  readonly from?: number;
  readonly to?: number;
  /** Why it is not to be relied on; absent when it is. */
  readonly doubt?: string;
  readonly method?: string;
}

/** The observation of a result: preliminary, for research, and doubtful where it is. */
export function observationOf(frame: Frame, result: Result): FhirResource {
  const { analysis, subject, idOf } = frame;
  const { name, code, value, components, from = 0, to = analysis.recording.length, doubt, method } = result;
  const period = periodOf(frame, from, to);
  // Where no date is known, the place within the recording is told in words.
  const place =
    period === undefined && (result.from !== undefined || result.to !== undefined)
      ? [{ text: placeText(frame, from, to) }]
      : [];
  return {
    resourceType: 'Observation',
    id: idOf(name),
    meta: { tag: [RESEARCH_TAG] },
    status: 'preliminary',
    category: [PROCEDURE],
    code,
    ...(subject === undefined ? {} : { subject: { reference: subject } }),
    ...(period === undefined ? {} : { effectivePeriod: period }),
    ...valueElement(value),
    ...(result.absent === undefined ? {} : { dataAbsentReason: result.absent }),
    ...(doubt === undefined ? {} : { interpretation: [indeterminate(doubt)] }),
    note: [{ text: analysis.statement }, ...place],
    ...(method === undefined ? {} : { method: { text: method } }),
    device: { reference: `urn:uuid:${uuidOf(idOf('device'))}` },
    ...(components === undefined || components.length === 0
      ? {}
      : {
          component: components.map(({ code: of, quantity, unit, ucum }) => ({
            code: of,
            ...valueElement({ quantity, unit, ucum }),
          })),
        }),
  };
}

function placeText({ analysis }: Frame, from: number, to: number): string {
  const { fs } = analysis.recording;
  return `From ${(from / fs).toFixed(3)} s to ${(to / fs).toFixed(3)} s of the recording.`;
}

function valueElement(value: Result['value']): object {
  if (value === null) return {};
  if ('concept' in value) return { valueCodeableConcept: value.concept };
  if ('text' in value) return { valueString: value.text };
  const { quantity, unit, ucum } = value;
  return { valueQuantity: { value: rounded(quantity), unit, system: UCUM, code: ucum } };
}

/** Six significant digits: what follows is noise. */
const rounded = (x: number): number => Number(x.toPrecision(6));

/** The 128 bits of a name as a UUID of version 8 (made by a rule of its own), for references within a bundle. */
export function uuidOf(id: string): string {
  const hex = id;
  const variant = ((Number.parseInt(hex[16] as string, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
