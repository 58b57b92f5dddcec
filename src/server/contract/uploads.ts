import * as v from 'valibot';
import type { Routes } from './route.js';
import { pathId } from './values.js';

const tus = 'The tus protocol, version 1.0: https://tus.io/protocols/resumable-upload';
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
    answers: { 204: { description: 'In its headers' } },
  },
  createUpload: {
    method: 'POST',
    path: '/v1/uploads',
    tag: 'uploads',
    summary: 'Begins a resumable upload of one file',
    description: `${tus}. \`filename\` in Upload-Metadata is the name of the file. When all files are up, \`POST /v1/recordings\` with their ids makes a recording of them. What is not finished and used within a day is removed.`,
    access: 'editor',
    accepts: ['*/*'],
    answers: { 201: { description: 'Its address is in Location' } },
  },
  checkUpload: {
    method: 'HEAD',
    path: '/v1/uploads/{id}',
    tag: 'uploads',
    summary: 'How many bytes of an upload have arrived',
    description: tus,
    access: 'editor',
    params,
    answers: { 200: { description: 'In Upload-Offset' } },
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
    answers: { 204: { description: 'They are stored; how many there are now is in Upload-Offset' } },
  },
  endUpload: {
    method: 'DELETE',
    path: '/v1/uploads/{id}',
    tag: 'uploads',
    summary: 'Gives up an upload',
    description: tus,
    access: 'editor',
    params,
    answers: { 204: { description: 'Its bytes are gone' } },
  },
} as const satisfies Routes;
