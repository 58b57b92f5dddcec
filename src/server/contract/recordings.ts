import * as v from 'valibot';
import { PROBLEM_CODES } from './faults.js';
import { ImportOptionsSchema } from './import-options.js';
import { JobSchema } from './jobs.js';
import type { Routes } from './route.js';
import { pathId, queryNumber } from './values.js';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const time = v.pipe(v.string(), v.description('ISO 8601, UTC.'));

/** How far a recording has come. */
const RECORDING_STATES = ['importing', 'ready', 'failed'] as const;

const summary = {
  id: v.string(),
  createdAt: time,
  name: v.string(),
  status: v.picklist(RECORDING_STATES),
  pseudonymised: v.pipe(v.boolean(), v.description('Whether names and identifiers were removed on import.')),
  format: v.pipe(v.nullable(v.string()), v.description('wfdb, edf, csv, …; null until it is read.')),
  fs: v.pipe(v.nullable(v.number()), v.description('Hz; the time base of all samples.')),
  length: v.pipe(v.nullable(count), v.description('Samples.')),
  durationS: v.nullable(v.number()),
  startTime: v.pipe(v.nullable(v.string()), v.description('ISO 8601 local time of sample 0.')),
  leads: v.nullable(v.array(v.object({ lead: v.string(), unit: v.string(), fs: v.number() }))),
  revision: v.pipe(count, v.description('How many corrections were made.')),
  error: v.pipe(
    v.nullable(v.object({ code: v.picklist(PROBLEM_CODES), message: v.string() })),
    v.description('Why it could not be read.'),
  ),
};

/** Schema of a recording in a list. */
const RecordingSummarySchema = v.object(summary);

/** Schema of one recording. */
export const RecordingSchema = v.object({
  ...summary,
  files: v.pipe(
    v.array(
      v.object({
        position: count,
        name: v.string(),
        bytes: count,
        sha256: v.string(),
      }),
    ),
    v.description('As they were uploaded.'),
  ),
  job: v.pipe(v.nullable(JobSchema), v.description('The newest one.')),
  analysis: v.pipe(
    v.nullable(v.object({ id: v.string(), createdAt: time })),
    v.description('The newest one; null while there is none.'),
  ),
});
export type RecordingView = v.InferOutput<typeof RecordingSchema>;
export type RecordingSummary = v.InferOutput<typeof RecordingSummarySchema>;

/** Schema of the JSON that makes a recording of finished resumable uploads. */
export const FromUploadsSchema = v.strictObject({
  uploads: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))),
    v.minLength(1),
    v.maxLength(1024),
    v.description('Ids of finished uploads: the last part of their addresses.'),
  ),
});

const params = v.strictObject({ id: pathId('Of the recording') });
const recording = { description: 'The recording', schema: RecordingSchema } as const;
const day = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z?)?$/,
    'expected a date, as 2026-01-31 or 2026-01-31T12:00:00Z',
  ),
  v.maxLength(24),
);

/** Recordings: adding, finding, renaming and deleting them. */
export const RECORDINGS_ROUTES = {
  addRecording: {
    method: 'POST',
    path: '/v1/recordings',
    tag: 'recordings',
    summary: 'Adds a recording, in any format',
    description:
      'One or many files as `multipart/form-data` (a WFDB record is all its files together), the bytes of one file as the body with its `name` in the query, or `{"uploads": […]}` as `application/json` for finished resumable uploads. In a form the options may be fields as well. It is answered when the files are stored; reading and analysing them are jobs. With an `Idempotency-Key` a repeated request adds nothing and answers the recording of the first.',
    access: 'editor',
    query: ImportOptionsSchema,
    accepts: ['multipart/form-data', 'application/json', 'application/octet-stream', '*/*'],
    answers: {
      202: { description: 'Stored; its job is on the way', schema: RecordingSchema },
      200: { description: 'It was added before with this Idempotency-Key', schema: RecordingSchema },
    },
  },
  listRecordings: {
    method: 'GET',
    path: '/v1/recordings',
    tag: 'recordings',
    summary: 'Finds recordings, the newest first',
    access: 'viewer',
    query: v.strictObject({
      search: v.pipe(
        v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
        v.description('Part of the name, in upper or lower case.'),
      ),
      status: v.exactOptional(v.picklist(RECORDING_STATES)),
      lead: v.pipe(
        v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
        v.description('Name of a lead it has.'),
      ),
      from: v.pipe(v.exactOptional(day), v.description('Added at this time or later.')),
      to: v.pipe(v.exactOptional(day), v.description('Added before this time.')),
      limit: v.pipe(
        v.exactOptional(queryNumber({ min: 1, max: 200, integer: true })),
        v.description('50 when omitted.'),
      ),
      cursor: v.pipe(
        v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
        v.description('`next` of the page before.'),
      ),
    }),
    answers: {
      200: {
        description: 'A page',
        schema: v.object({
          recordings: v.array(RecordingSummarySchema),
          next: v.pipe(v.nullable(v.string()), v.description('Cursor of the next page; null on the last.')),
        }),
      },
    },
  },
  readRecording: {
    method: 'GET',
    path: '/v1/recordings/{id}',
    tag: 'recordings',
    summary: 'One recording',
    access: 'viewer',
    params,
    answers: { 200: recording },
  },
  renameRecording: {
    method: 'PATCH',
    path: '/v1/recordings/{id}',
    tag: 'recordings',
    summary: 'Renames a recording',
    access: 'editor',
    params,
    body: v.strictObject({ name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)) }),
    answers: { 200: recording },
  },
  deleteRecording: {
    method: 'DELETE',
    path: '/v1/recordings/{id}',
    tag: 'recordings',
    summary: 'Deletes a recording and all that was made of it',
    access: 'admin',
    params,
    answers: { 204: { description: 'It is gone: files, signal, analyses, corrections, jobs' } },
  },
  downloadFile: {
    method: 'GET',
    path: '/v1/recordings/{id}/files/{position}',
    tag: 'recordings',
    summary: 'A file as it was uploaded',
    access: 'viewer',
    params: v.strictObject({
      id: pathId('Of the recording'),
      position: v.pipe(
        queryNumber({ min: 0, max: 1_000_000, integer: true }),
        v.description('Of the file, from 0.'),
      ),
    }),
    answers: { 200: { description: 'Its bytes', type: 'application/octet-stream' } },
  },
} as const satisfies Routes;
