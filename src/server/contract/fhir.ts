import * as v from 'valibot';
import { ImportOptionsSchema } from './import-options.js';
import { RecordingSchema } from './recordings.js';
import type { Routes } from './route.js';
import { pathId, queryNumber } from './values.js';

/** Schema of a FHIR resource: its type, and whatever that type holds. */
const FhirResourceSchema = v.looseObject({ resourceType: v.string() });

const FHIR_JSON = 'application/fhir+json';
const sample = queryNumber({ min: 0, max: 2 ** 53 - 1, integer: true });

/** Recordings and results as FHIR. */
export const FHIR_ROUTES = {
  writeFhir: {
    method: 'GET',
    path: '/v1/recordings/{id}/fhir',
    tag: 'fhir',
    summary: 'The report, or the signal, as FHIR',
    description:
      '`part=report`: a `Bundle` of `DiagnosticReport`, `Observation`s and `Device`, with all corrections. `part=observation`: the signal itself as an `Observation` with `SampledData`, streamed. Everything is tagged as research. R6 is written as its ballots have it. 404 with `Retry-After` while there is nothing to write yet.',
    access: 'viewer',
    params: v.object({ id: pathId('Of the recording') }),
    query: v.strictObject({
      part: v.pipe(
        v.exactOptional(v.picklist(['report', 'observation'])),
        v.description('`report` when omitted.'),
      ),
      version: v.pipe(v.exactOptional(v.picklist(['R4', 'R6'])), v.description('`R4` when omitted.')),
      bundle: v.pipe(
        v.exactOptional(v.picklist(['collection', 'transaction'])),
        v.description("Kind of the report's bundle; `collection` when omitted."),
      ),
      subject: v.pipe(
        v.exactOptional(v.pipe(v.string(), v.regex(/^[A-Za-z]{1,40}\/[A-Za-z0-9.-]{1,64}$/))),
        v.description('Reference to the patient, as `Patient/123`; none when omitted.'),
      ),
      zone: v.pipe(
        v.exactOptional(v.pipe(v.string(), v.regex(/^(Z|[+-]\d\d:\d\d)$/))),
        v.description(
          'Time zone of the recording, which it does not know, as `+01:00`; local time is written as UTC when omitted.',
        ),
      ),
      from: v.pipe(v.exactOptional(sample), v.description('First sample of the signal; 0 when omitted.')),
      to: v.pipe(v.exactOptional(sample), v.description('One past its last sample; the end when omitted.')),
    }),
    answers: {
      200: { description: 'A Bundle or an Observation', schema: FhirResourceSchema, type: FHIR_JSON },
    },
  },
  addFhirObservation: {
    method: 'POST',
    path: '/v1/fhir/Observation',
    tag: 'fhir',
    summary: 'Adds a recording that is a FHIR Observation, or a Bundle of them',
    description:
      'One with `SampledData`, of R4, R5 or R6. It is answered when it is stored; reading and analysing it are jobs, as with any other upload. Who it is of becomes a note of the recording, or nothing with `pseudonymise`.',
    access: 'editor',
    query: ImportOptionsSchema,
    accepts: [FHIR_JSON, 'application/json'],
    answers: { 202: { description: 'Stored; its job is on the way', schema: RecordingSchema } },
  },
} as const satisfies Routes;
