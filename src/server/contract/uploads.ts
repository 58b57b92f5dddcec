import * as v from 'valibot';
import { ProblemSchema } from './faults.js';
import type { Routes } from './route.js';
import { pathId } from './values.js';

const tus = 'The tus protocol, version 1.0: https://tus.io/protocols/resumable-upload';
/** What the tus server refuses, it refuses in plain text; the server itself, before it, as everywhere. */
const refused = (description: string) =>
  ({ description, schema: ProblemSchema, type: 'application/problem+json', also: ['text/plain'] }) as const;
const REFUSALS = {
  400: refused('A header of the protocol is missing or wrong'),
  403: refused('They may not do this'),
  404: refused('There is no such upload'),
  409: refused('The bytes do not follow those that are there; see Upload-Offset'),
  410: refused('The upload was given up or has expired'),
  412: refused('Tus-Resumable is missing or not 1.0.0'),
  413: refused('More than this server accepts'),
  415: refused('The bytes come as application/offset+octet-stream'),
} as const;
const params = v.strictObject({ id: pathId('Of the upload') });

/** Resumable uploads, spoken by any tus client. */
export const UPLOADS_ROUTES = {
  describeUploads: {
    method: 'OPTIONS',
    path: '/v1/uploads',
    tag: 'uploads',
    summary: 'What the server knows of the tus protocol',
    description: tus,
    access: 'open',
    answers: { ...REFUSALS, 204: { description: 'In its headers' } },
  },
  createUpload: {
    method: 'POST',
    path: '/v1/uploads',
    tag: 'uploads',
    summary: 'Begins a resumable upload of one file',
    description: `${tus}. \`filename\` in Upload-Metadata is the name of the file. When all files are up, \`POST /v1/recordings\` with their ids makes a recording of them. What is not finished and used within a day is removed.`,
    access: 'editor',
    accepts: ['*/*'],
    answers: { ...REFUSALS, 201: { description: 'Its address is in Location' } },
  },
  checkUpload: {
    method: 'HEAD',
    path: '/v1/uploads/{id}',
    tag: 'uploads',
    summary: 'How many bytes of an upload have arrived',
    description: tus,
    access: 'editor',
    params,
    answers: { ...REFUSALS, 200: { description: 'In Upload-Offset' } },
  },
  continueUpload: {
    method: 'PATCH',
    path: '/v1/uploads/{id}',
    tag: 'uploads',
    summary: 'The next bytes of an upload',
    description: tus,
    access: 'editor',
    params,
    accepts: ['application/offset+octet-stream'],
    answers: {
      ...REFUSALS,
      204: { description: 'They are stored; how many there are now is in Upload-Offset' },
    },
  },
  endUpload: {
    method: 'DELETE',
    path: '/v1/uploads/{id}',
    tag: 'uploads',
    summary: 'Gives up an upload',
    description: tus,
    access: 'editor',
    params,
    answers: { ...REFUSALS, 204: { description: 'Its bytes are gone' } },
  },
} as const satisfies Routes;
