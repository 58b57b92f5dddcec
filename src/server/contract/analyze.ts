import * as v from 'valibot';
import { AnalysisSchema } from '../../core/index.js';
import { IMPORT_OPTIONS } from './import-options.js';
import type { Routes } from './route.js';
import { queryNumber } from './values.js';

/** One-shot use: nothing is stored. */
export const ANALYZE_ROUTES = {
  analyze: {
    method: 'POST',
    path: '/v1/analyze',
    tag: 'analysis',
    summary: 'Analyses a recording and stores nothing',
    description:
      'Files as in `POST /v1/recordings`: one or many as `multipart/form-data`, or the bytes of one as the body. For recordings of hours add the recording instead: it is a job that can be watched.',
    access: 'editor',
    query: v.strictObject({
      ...IMPORT_OPTIONS,
      pauseS: v.pipe(
        v.exactOptional(queryNumber({ min: 0.5, max: 60 })),
        v.description('s; an RR interval of at least this is a pause.'),
      ),
      certainFrom: v.pipe(
        v.exactOptional(queryNumber({ min: 0, max: 1 })),
        v.description('A class less probable than this is uncertain.'),
      ),
      report: v.pipe(
        v.exactOptional(v.picklist(['html'])),
        v.description('The report as a page instead of the analysis as JSON.'),
      ),
    }),
    accepts: ['multipart/form-data', 'application/octet-stream', '*/*'],
    deadlineS: null,
    answers: {
      200: {
        description: 'The analysis, or the report where it was asked for',
        schema: AnalysisSchema,
        also: ['text/html'],
      },
    },
  },
} as const satisfies Routes;
