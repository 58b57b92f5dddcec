import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { EcgError } from '../../core/index.js';
import type { ServerConfig } from '../config.js';
import { checkDistinct, fileName } from './file-name.js';

/** A file that was received, and what became of its bytes. */
export interface ReceivedFile<T> {
  readonly name: string;
  readonly bytes: number;
  readonly kept: T;
}

/** Takes the bytes of one file; tells how many they were. */
export type KeepFile<T> = (
  bytes: Readable,
  largest: number,
) => Promise<{ readonly bytes: number; readonly kept: T }>;

/** The media type of a body without its parameters; none counts as bytes of an unknown kind. */
export function mediaTypeOf(request: FastifyRequest): string {
  const header = request.headers['content-type'] ?? 'application/octet-stream';
  return header.split(';', 1)[0].trim().toLowerCase();
}

/**
 * The files of a request, one by one as they come in, and the fields beside them: of a form all of it, of any other
 * body the one file that it is.
 *
 * @param name  of the file that the body is
 * @throws EcgError `bad-option` without a file, for an empty name or two alike; `bad-format` for an empty file
 * @throws ServiceFault `too-large`
 */
export async function receiveFiles<T>(
  request: FastifyRequest,
  { limits }: Pick<ServerConfig, 'limits'>,
  name: string | undefined,
  keep: KeepFile<T>,
): Promise<{
  readonly files: readonly ReceivedFile<T>[];
  readonly fields: Readonly<Record<string, string>>;
}> {
  const files: ReceivedFile<T>[] = [];
  const fields: Record<string, string> = {};
  const take = async (given: string, stream: Readable) => {
    const own = fileName(given);
    checkDistinct([...files.map((file) => file.name), own]);
    files.push({ name: own, ...(await keep(stream, limits.upload)) });
  };
  if (mediaTypeOf(request) !== 'multipart/form-data') {
    await take(name ?? 'recording', bodyOf(request.raw));
  } else {
    // One byte more than is allowed, so that who keeps the bytes sees that there are too many.
    for await (const part of request.parts({ limits: { fileSize: limits.upload + 1 } })) {
      if (part.type === 'file') await take(part.filename ?? '', part.file);
      else if (typeof part.value === 'string' && part.value !== '') fields[part.fieldname] = part.value;
    }
  }
  if (files.length === 0)
    throw new EcgError('bad-option', 'upload: there is no file in it, send one as a part with a filename');
  const empty = files.find(({ bytes }) => bytes === 0);
  if (empty !== undefined)
    throw new EcgError('bad-format', `upload: ${empty.name} is empty (0 bytes), give a recording`);
  return { files, fields };
}

/**
 * The bytes of a request as a stream of their own: whoever keeps them destroys it when that fails, and of the request
 * itself that would be the connection on which to tell so. What is left then is read and dropped.
 */
function bodyOf(request: IncomingMessage): Readable {
  const body = new PassThrough();
  // Who reads is told by the stream; nobody may read yet, and an error that nobody hears would end the server.
  body.on('error', () => undefined);
  const broken = (cause?: Error) => {
    if (request.complete) return;
    const message = 'upload: the connection ended before the file did, send it again';
    body.destroy(new EcgError('cancelled', message, { cause }));
  };
  const onClose = () => broken();
  request.once('error', broken).once('close', onClose).pipe(body);
  body.once('close', () => {
    request.off('close', onClose).unpipe(body);
    request.resume();
  });
  return body;
}

/**
 * Options of a query, and over them the fields of a form.
 * @throws EcgError `bad-option` with all faults; a field that is no option is one
 */
export function withFields<E extends v.ObjectEntries>(
  schema: v.StrictObjectSchema<E, undefined>,
  query: v.InferOutput<v.StrictObjectSchema<E, undefined>>,
  fields: Readonly<Record<string, string>>,
): v.InferOutput<v.StrictObjectSchema<E, undefined>> {
  if (Object.keys(fields).length === 0) return query;
  const result = v.safeParse(schema, fields);
  if (!result.success) {
    const told = result.issues.slice(0, 5).map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`);
    throw new EcgError('bad-option', `upload: form field ${told.join('; ').slice(0, 600)}`);
  }
  return { ...query, ...result.output };
}
