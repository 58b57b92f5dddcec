import * as v from 'valibot';
import type { Routes } from './route.js';
import { pathId } from './values.js';

const params = v.object({ id: pathId('Of the recording') });
const pending = '404 with `Retry-After` while there is no analysis yet.';

/** The analysis of a recording, with all corrections, for people to read. */
export const REPORT_ROUTES = {
  writeHtmlReport: {
    method: 'GET',
    path: '/v1/recordings/{id}/report.html',
    tag: 'reports',
    summary: 'The report as one page',
    description: `Summary, trend, tables and the strips of the events to look at first, with all corrections; it needs nothing else and runs no script. ${pending}`,
    access: 'viewer',
    params,
    answers: { 200: { description: 'The page', type: 'text/html' } },
  },
  writePdfReport: {
    method: 'GET',
    path: '/v1/recordings/{id}/report.pdf',
    tag: 'reports',
    summary: 'The report for paper',
    description: `As the page, on A4 with strips at 25 mm/s and 10 mm/mV; the same analysis gives the same bytes. ${pending}`,
    access: 'viewer',
    params,
    answers: { 200: { description: 'The document', type: 'application/pdf' } },
  },
} as const satisfies Routes;
