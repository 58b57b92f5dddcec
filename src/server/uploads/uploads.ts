import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Server, type Upload } from '@tus/server';
import { EcgError } from '../../core/index.js';
import type { Actor } from '../access/actor.js';
import type { ServerContext } from '../context.js';
import { ServiceFault, STATUS } from '../fault.js';
import { checkDistinct, fileName } from '../receive/file-name.js';
import type { StoredFile } from '../recordings/add-recording.js';
import { describeFileFault } from '../storage/durable-files.js';
import { createUploadNotes } from './upload-notes.js';
import { createUploadStore } from './upload-store.js';

/** ms that an upload may take to be finished and used. */
const KEPT_MS = 24 * 3_600_000;
const SWEEP_MS = 600_000;

/** Resumable uploads: files that come in parts, and go on after a lost connection or a crash where they were. */
export interface Uploads {
  /** Speaks the tus protocol on behalf of an actor; others do not see their uploads. */
  answer(actor: Actor, request: IncomingMessage, response: ServerResponse): Promise<void>;
  /**
   * Finished uploads as stored files; they stay until they are forgotten.
   * @throws EcgError `not-found`, `bad-option` for names that are none or alike; ServiceFault `conflict` for an unfinished one
   */
  take(ids: readonly string[], actor: Actor): Promise<StoredFile[]>;
  /** Removes uploads, whatever has become of them. */
  forget(ids: readonly string[]): Promise<void>;
}

const opened = new WeakMap<ServerContext, Uploads>();

/** The uploads of a server. */
export function uploadsOf(context: ServerContext): Uploads {
  const known = opened.get(context) ?? createUploads(context);
  opened.set(context, known);
  return known;
}

function createUploads({ config, blobs, log }: ServerContext): Uploads {
  const directory = join(config.data, 'uploads');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const store = createUploadStore({
    directory,
    configstore: createUploadNotes(directory),
    expirationPeriodInMilliseconds: KEPT_MS,
  });
  // Whose request it is: the protocol's handlers see the request only.
  const actors = new WeakMap<object, Actor>();
  const actorOf = (request: unknown): Actor => {
    const { runtime } = request as { runtime?: { node?: { req?: object } } };
    const actor = actors.get(runtime?.node?.req ?? {});
    if (actor === undefined) throw REFUSED;
    return actor;
  };
  const server = new Server({
    path: '/v1/uploads',
    datastore: store,
    maxSize: config.limits.upload,
    // The host of an address is the client's word, the scheme a proxy's.
    relativeLocation: true,
    allowedOrigins: (origin) => config.access.origins.includes(origin),
    onUploadCreate: async (request, upload) => ({
      metadata: { ...upload.metadata, filename: nameOf(upload), owner: actorOf(request).id },
    }),
    onIncomingRequest: async (request, id) => {
      const actor = actorOf(request);
      if (request.method === 'POST') return;
      const upload = await store.configstore.get(id);
      if (upload !== undefined && upload.metadata?.['owner'] !== actor.id) throw UNKNOWN;
    },
    onResponseError: (_request, fault) => {
      if (fault instanceof EcgError) return { status_code: 400, body: fault.message };
      const told = describeFileFault(fault);
      if (told instanceof ServiceFault) return { status_code: STATUS[told.code], body: `${told.message}\n` };
      if (!(fault instanceof Error)) return undefined;
      log.error({ err: fault }, 'resumable upload');
      return { status_code: 500, body: 'upload: internal error, go on with it later' };
    },
  });

  let swept = Number.NEGATIVE_INFINITY;
  const sweep = () => {
    if (performance.now() - swept < SWEEP_MS) return;
    swept = performance.now();
    server.cleanUpExpiredUploads().catch((err: unknown) => log.warn({ err }, 'resumable uploads: not swept'));
  };
  sweep();

  return {
    async answer(actor, request, response) {
      actors.set(request, actor);
      sweep();
      await server.handle(request, response);
    },
    async take(ids, actor) {
      const uploads: Upload[] = [];
      for (const id of ids) {
        const upload = await store.getUpload(id).catch(() => undefined);
        if (upload === undefined || upload.metadata?.['owner'] !== actor.id)
          throw new EcgError('not-found', `upload: there is none with the id ${id}, send the file again`);
        if (upload.offset !== upload.size)
          throw new ServiceFault(
            'conflict',
            `upload: ${nameOf(upload)} has ${upload.offset} of ${upload.size ?? 'unknown'} bytes, finish it first`,
          );
        if (upload.size === 0)
          throw new EcgError('bad-format', `upload: ${nameOf(upload)} is empty (0 bytes), give a recording`);
        uploads.push(upload);
      }
      checkDistinct(uploads.map(nameOf));
      const files: StoredFile[] = [];
      for (const upload of uploads) {
        // A second name of the same bytes: until there is a recording, the upload is not used up.
        const path = join(blobs.making, randomUUID());
        await link(join(directory, upload.id), path);
        try {
          files.push({ name: nameOf(upload), ...(await blobs.adopt(path)) });
        } finally {
          await rm(path, { force: true });
        }
      }
      return files;
    },
    async forget(ids) {
      for (const id of ids) await store.remove(id).catch(() => undefined);
    },
  };
}

const UNKNOWN = { status_code: 404, body: 'upload: there is none with this id\n' };
const REFUSED = { status_code: 401, body: 'upload: show who you are\n' };

function nameOf({ id, metadata }: Upload): string {
  return fileName(metadata?.['filename'] ?? metadata?.['name'] ?? id);
}
