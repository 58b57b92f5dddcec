import * as v from 'valibot';
import {
  AnalysisSchema,
  BEAT_CLASSES,
  BeatChangeSchema,
  CorrectionSchema,
  UNCERTAIN_REASONS,
} from '../../core/index.js';
import type { Routes } from './route.js';
import { pathId, queryFlag, queryList, queryNumber } from './values.js';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const nullableMs = v.nullable(count);

/** Schema of one beat of an analysis. */
const BeatSchema = v.object({
  index: v.pipe(count, v.description('Among all beats.')),
  sample: v.pipe(count, v.description('R peak.')),
  class: v.nullable(v.picklist(BEAT_CLASSES)),
  probability: v.nullable(v.number()),
  uncertain: v.pipe(v.nullable(v.picklist(UNCERTAIN_REASONS)), v.description('Why; null when certain.')),
  likeness: v.nullable(v.number()),
  prMs: nullableMs,
  qrsMs: nullableMs,
  qtMs: nullableMs,
});
export type BeatView = v.InferOutput<typeof BeatSchema>;

/** Schema of a page of beats. */
const BeatsPageSchema = v.object({
  revision: count,
  total: v.pipe(count, v.description('Beats of the recording.')),
  matching: v.pipe(count, v.description('Beats the filter lets through, on this and other pages.')),
  beats: v.array(BeatSchema),
  next: v.pipe(v.nullable(count), v.description('`from` of the next page; null on the last.')),
});
export type BeatsPage = v.InferOutput<typeof BeatsPageSchema>;

/** Schema of the file's own annotations. */
const FileAnnotationsSchema = v.object({
  annotations: v.array(
    v.object({
      sample: count,
      symbol: v.string(),
      subtype: v.exactOptional(v.number()),
      channel: v.exactOptional(v.number()),
      num: v.exactOptional(v.number()),
      aux: v.exactOptional(v.string()),
    }),
  ),
  next: v.pipe(v.nullable(count), v.description('`offset` of the next page; null on the last.')),
});

const params = v.strictObject({ id: pathId('Of the recording') });
const pending = 'While the job still runs the answer is 404 with Retry-After.';
const corrections = v.object({ revision: count, corrections: v.array(CorrectionSchema) });
const changed = {
  description: 'The new revision; its ETag is the one of beats and analysis',
  schema: v.object({ revision: count, correction: CorrectionSchema }),
} as const;

/** What was found in a recording, and what people made of it. */
export const BEATS_ROUTES = {
  readAnalysis: {
    method: 'GET',
    path: '/v1/recordings/{id}/analysis',
    tag: 'analysis',
    summary: 'The analysis, with all corrections',
    description: `As \`docs/analysis.schema.json\` describes it. Its ETag changes with each analysis and correction. ${pending}`,
    access: 'viewer',
    params,
    query: v.object({
      wait: v.pipe(
        v.exactOptional(queryNumber({ min: 0, max: 50 })),
        v.description('s to wait for the jobs of the recording; answers as soon as they are over.'),
      ),
    }),
    answers: {
      200: { description: 'The analysis', schema: AnalysisSchema },
      304: { description: 'As by If-None-Match' },
    },
  },
  listBeats: {
    method: 'GET',
    path: '/v1/recordings/{id}/beats',
    tag: 'analysis',
    summary: 'Beats, with all corrections',
    description: pending,
    access: 'viewer',
    params,
    query: v.strictObject({
      from: v.pipe(v.exactOptional(queryNumber({ min: 0, integer: true })), v.description('First sample.')),
      to: v.pipe(
        v.exactOptional(queryNumber({ min: 0, integer: true })),
        v.description('One past the last sample.'),
      ),
      class: v.pipe(
        v.exactOptional(queryList({ mostItems: 5, longestItem: 1 })),
        v.description('N, S, V, F, Q, with commas between them.'),
      ),
      uncertain: v.pipe(
        v.exactOptional(queryFlag()),
        v.description('Only uncertain beats, or only certain ones.'),
      ),
      limit: v.pipe(
        v.exactOptional(queryNumber({ min: 1, max: 10_000, integer: true })),
        v.description('1000 when omitted.'),
      ),
    }),
    answers: { 200: { description: 'A page', schema: BeatsPageSchema } },
  },
  listEpisodes: {
    method: 'GET',
    path: '/v1/recordings/{id}/episodes',
    tag: 'analysis',
    summary: 'Episodes, rhythms and the events to look at first, with all corrections',
    description: pending,
    access: 'viewer',
    params,
    answers: {
      200: {
        description: 'As in the analysis',
        schema: v.object({
          revision: count,
          episodes: AnalysisSchema.entries.episodes,
          rhythms: AnalysisSchema.entries.rhythms,
          events: AnalysisSchema.entries.events,
        }),
      },
    },
  },
  writeAnnotations: {
    method: 'GET',
    path: '/v1/recordings/{id}/annotations.atr',
    tag: 'analysis',
    summary: 'The beats and rhythms as a WFDB annotation file, with all corrections',
    description: pending,
    access: 'viewer',
    params,
    answers: { 200: { description: 'The file', type: 'application/octet-stream' } },
  },
  readAnnotations: {
    method: 'GET',
    path: '/v1/recordings/{id}/annotations',
    tag: 'recordings',
    summary: 'The annotations that came with the recording',
    access: 'viewer',
    params,
    query: v.strictObject({
      offset: v.exactOptional(queryNumber({ min: 0, integer: true })),
      limit: v.pipe(
        v.exactOptional(queryNumber({ min: 1, max: 10_000, integer: true })),
        v.description('1000 when omitted.'),
      ),
    }),
    answers: { 200: { description: 'A page', schema: FileAnnotationsSchema } },
  },
  correctBeats: {
    method: 'PATCH',
    path: '/v1/recordings/{id}/beats',
    tag: 'corrections',
    summary: 'Corrects beats',
    description:
      'All changes or none. If-Match carries the ETag of the analysis or the beats that were looked at; when somebody else was faster the answer is 412, without it 428.',
    access: 'editor',
    params,
    body: v.strictObject({
      changes: v.pipe(v.array(BeatChangeSchema), v.minLength(1), v.maxLength(5000)),
      comment: v.exactOptional(v.nullable(v.pipe(v.string(), v.maxLength(2000)))),
    }),
    answers: { 200: changed },
  },
  listCorrections: {
    method: 'GET',
    path: '/v1/recordings/{id}/corrections',
    tag: 'corrections',
    summary: 'Who corrected what, and when',
    access: 'viewer',
    params,
    answers: { 200: { description: 'All of them, the oldest first', schema: corrections } },
  },
  undoCorrection: {
    method: 'POST',
    path: '/v1/recordings/{id}/corrections/{revision}/undo',
    tag: 'corrections',
    summary: 'Undoes a correction',
    description:
      'By a new revision: what was done stays on record. An undo can be undone. If-Match as for corrections, when it is given.',
    access: 'editor',
    params: v.strictObject({
      id: pathId('Of the recording'),
      revision: v.pipe(queryNumber({ min: 1, integer: true }), v.description('To undo.')),
    }),
    answers: { 200: changed },
  },
} as const satisfies Routes;
