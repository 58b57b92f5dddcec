import { open } from 'node:fs/promises';
import * as v from 'valibot';
import { EcgError } from '../../core/index.js';
import type { ServerContext } from '../context.js';
import { ImportOptionsSchema } from '../contract/import-options.js';
import { FromUploadsSchema, type RECORDINGS_ROUTES } from '../contract/recordings.js';
import { ServiceFault } from '../fault.js';
import type { Answer, Handlers } from '../http/handler.js';
import { readJson } from '../http/read-json.js';
import { mediaTypeOf, receiveFiles, withFields } from '../receive/receive-files.js';
import { addRecording, recordingId } from '../recordings/add-recording.js';
import { summaryOf, viewOf } from '../recordings/recording-view.js';
import { deleteRecording } from '../storage/delete-recording.js';
import { filesOfRecording } from '../storage/recording-files.js';
import { listRecordings } from '../storage/recording-search.js';
import { findRecording, getRecording, updateRecording } from '../storage/recordings.js';
import { uploadsOf } from '../uploads/uploads.js';

/** ms for the JSON that names uploads. */
const JSON_MS = 30_000;
const PAGE = 50;

/** Answers the routes of recordings. */
export function recordingsHandlers(context: ServerContext): Handlers<typeof RECORDINGS_ROUTES> {
  const { database, blobs, jobs, audit, config } = context;
  const uploads = uploadsOf(context);

  const added = async (id: string, status: 200 | 202): Promise<Answer> => ({
    status,
    headers: { location: `/v1/recordings/${id}` },
    body: await viewOf(context, await getRecording(database, id)),
  });

  return {
    async addRecording({ query, actor, request }) {
      const id = recordingId(actor, idempotencyKey(request.headers['idempotency-key']));
      if ((await findRecording(database, id)) !== undefined) {
        // A body that nobody reads would keep the client from hearing the answer.
        request.raw.resume();
        return added(id, 200);
      }
      try {
        const type = mediaTypeOf(request);
        const { name: bodyName, ...rest } = query;
        if (type === 'application/json' && bodyName === undefined) {
          const ids = parseUploads(await readJson(request.raw, config.limits.json, JSON_MS));
          const files = await uploads.take(ids, actor);
          await addRecording(context, actor, id, files, query);
          await uploads.forget(ids);
        } else {
          const { files, fields } = await receiveFiles(request, config, bodyName, async (bytes, largest) => {
            const blob = await blobs.put(bytes, { largest });
            return { bytes: blob.bytes, kept: blob };
          });
          // Of a body that is the file, the name is the file's; of a form it is the recording's.
          const asked = type === 'multipart/form-data' ? query : rest;
          const stored = files.map(({ name, kept }) => ({ name, ...kept }));
          await addRecording(context, actor, id, stored, withFields(ImportOptionsSchema, asked, fields));
        }
      } catch (fault) {
        // The same request a second time, while the first was under way.
        const isSecond = fault instanceof ServiceFault && fault.code === 'conflict';
        if (isSecond && (await findRecording(database, id)) !== undefined) return added(id, 200);
        throw fault;
      }
      return added(id, 202);
    },

    async listRecordings({ query, actor }) {
      const { recordings, next } = await listRecordings(
        database,
        {
          name: query.search,
          status: query.status,
          lead: query.lead,
          addedFrom: query.from && instantOf(query.from, 'from'),
          addedBefore: query.to && instantOf(query.to, 'to'),
        },
        { limit: query.limit ?? PAGE, cursor: query.cursor },
      );
      await audit.append(actor, 'recording.list', 'recordings', { shown: recordings.length });
      return { body: { recordings: recordings.map(summaryOf), next } };
    },

    async readRecording({ params, actor }) {
      const row = await getRecording(database, params.id);
      await audit.append(actor, 'recording.read', row.id);
      return { body: await viewOf(context, row) };
    },

    async renameRecording({ params, body, actor }) {
      const row = await updateRecording(database, params.id, { name: body.name });
      await audit.append(actor, 'recording.rename', row.id);
      return { body: await viewOf(context, row) };
    },

    async deleteRecording({ params, actor }) {
      await getRecording(database, params.id);
      // Whoever works on it has nothing to write to any more, and stops sooner when told.
      for (const job of await jobs.ofRecording(params.id))
        if (job.status === 'queued' || job.status === 'running') await jobs.cancel(job.id);
      const { streams } = await deleteRecording(database, blobs, params.id);
      await audit.append(actor, 'recording.delete', params.id);
      if (streams.length > 0) await context.streams.remove(streams);
      return { status: 204 };
    },

    async downloadFile({ params, actor }) {
      const row = await getRecording(database, params.id);
      const file = (await filesOfRecording(database, row.id)).find(
        ({ position }) => position === params.position,
      );
      if (file === undefined)
        throw new EcgError('not-found', `recording: it has no file ${params.position}, files count from 0`);
      if (row.pseudonymised === 1)
        throw new ServiceFault(
          'forbidden',
          'recording: its identifiers were removed, and the file as it was uploaded may hold them',
        );
      await audit.append(actor, 'recording.download', row.id, { position: file.position });
      const handle = await open(blobs.path(file.sha256), 'r').catch((cause: unknown) => {
        throw new EcgError('not-found', 'recording: this file has been deleted meanwhile', { cause });
      });
      return {
        type: 'application/octet-stream',
        headers: {
          'content-length': String(file.bytes),
          'content-disposition': attachment(file.name),
        },
        body: handle.createReadStream(),
      };
    },
  };
}

/** A name as a header can carry it, for old readers and new ones. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\w.-]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/[!'()*]/g, percent)}`;
}

const percent = (letter: string) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;

function idempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(header))
    throw new EcgError('bad-option', 'request: Idempotency-Key is 1 to 200 visible ASCII letters');
  return header;
}

function parseUploads(body: unknown): readonly string[] {
  const result = v.safeParse(FromUploadsSchema, body);
  if (!result.success) {
    const [issue] = result.issues;
    throw new EcgError(
      'bad-option',
      `request: ${v.getDotPath(issue) ?? 'body'}: ${issue.message.slice(0, 300)}; expected {"uploads": ["ID", …]}`,
    );
  }
  return [...new Set(result.output.uploads)];
}

/** A date of a query as the database has its times. */
function instantOf(text: string, name: string): string {
  const time = Date.parse(text.includes('T') ? `${text.replace(/Z$/, '')}Z` : text);
  if (Number.isNaN(time)) throw new EcgError('bad-option', `request: query ${name}: ${text} is no date`);
  return new Date(time).toISOString();
}
