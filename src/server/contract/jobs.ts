import * as v from 'valibot';
import { AnalysisOptionsSchema } from '../imports/import-options.js';
import { JOB_KINDS, JOB_STATES } from '../jobs/job.js';
import { PROBLEM_CODES } from './faults.js';
import type { Routes } from './route.js';
import { pathId, queryNumber } from './values.js';

const time = v.pipe(v.string(), v.description('ISO 8601, UTC.'));

/** Schema of a job. */
export const JobSchema = v.object({
  id: v.string(),
  kind: v.picklist(JOB_KINDS),
  recordingId: v.string(),
  status: v.picklist(JOB_STATES),
  createdAt: time,
  startedAt: v.nullable(time),
  finishedAt: v.nullable(time),
  attempts: v.pipe(v.number(), v.integer(), v.minValue(0)),
  stage: v.pipe(v.nullable(v.string()), v.description('What it is doing: read, detect, classify, …')),
  progress: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  error: v.pipe(
    v.nullable(v.object({ code: v.picklist(PROBLEM_CODES), message: v.string() })),
    v.description('Why it failed.'),
  ),
});

const job = { description: 'The job', schema: JobSchema } as const;
const params = v.strictObject({ id: pathId('Of the job') });

/** Work under way. */
export const JOBS_ROUTES = {
  readJob: {
    method: 'GET',
    path: '/v1/jobs/{id}',
    tag: 'jobs',
    summary: 'How far a job has come',
    access: 'viewer',
    params,
    query: v.strictObject({
      wait: v.pipe(
        v.exactOptional(queryNumber({ min: 0, max: 50 })),
        v.description('s to wait for its end; answers as soon as it is over.'),
      ),
    }),
    answers: { 200: job },
  },
  cancelJob: {
    method: 'POST',
    path: '/v1/jobs/{id}/cancel',
    tag: 'jobs',
    summary: 'Ends a job',
    description: 'A job that is over stays as it is.',
    access: 'editor',
    params,
    answers: { 200: job },
  },
  listJobs: {
    method: 'GET',
    path: '/v1/recordings/{id}/jobs',
    tag: 'jobs',
    summary: 'The jobs of a recording, the newest first',
    access: 'viewer',
    params: v.strictObject({ id: pathId('Of the recording') }),
    answers: { 200: { description: 'Jobs', schema: v.object({ jobs: v.array(JobSchema) }) } },
  },
  analyzeAgain: {
    method: 'POST',
    path: '/v1/recordings/{id}/analyses',
    tag: 'jobs',
    summary: 'Analyses a recording again',
    description:
      'The new analysis takes the place of the one before when it is done. Corrections stay and are applied to it.',
    access: 'editor',
    params: v.strictObject({ id: pathId('Of the recording') }),
    body: AnalysisOptionsSchema,
    answers: { 202: { description: 'The job that does it', schema: JobSchema } },
  },
} as const satisfies Routes;
