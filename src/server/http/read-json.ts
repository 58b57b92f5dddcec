import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { EcgError } from '../../core/index.js';
import { ServiceFault } from '../fault.js';

/** Objects and lists inside each other. */
const DEEPEST = 48;
/** Objects, lists and keys in all: each costs as much to read as thirty numbers, on the thread that answers everybody. */
const MOST_PARTS = 30_000;

/**
 * The JSON of a request's body, whatever it says of itself.
 *
 * @param largest  bytes
 * @param withinMs  for the whole body: a client that dribbles is let go
 * @throws ServiceFault `too-large`, `timed-out`; EcgError `bad-option` when it is no JSON, nested too deep, of too many parts or poisoned,
 *   `cancelled` when the client left
 */
export async function readJson(
  request: IncomingMessage,
  largest: number,
  withinMs: number,
): Promise<unknown> {
  const bytes = await readBody(request, largest, withinMs);
  if (bytes.length === 0) throw new EcgError('bad-option', 'request: a JSON body is needed, and it is empty');
  if (!isUtf8(bytes)) throw new EcgError('bad-option', 'request: the body is not valid UTF-8');
  if (partsOf(bytes) > MOST_PARTS)
    throw new EcgError(
      'bad-option',
      `request: JSON of more than ${MOST_PARTS} objects, lists and keys is not accepted, send fewer at a time`,
    );
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new EcgError('bad-option', 'request: the body is not valid JSON', { cause });
  }
  refusePoison(value);
  return value;
}

/** Never fewer than there are; what looks like one within a text counts too. */
function partsOf(bytes: Uint8Array): number {
  let parts = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === OBJECT || byte === LIST || byte === KEY) parts++;
  }
  return parts;
}

const [OBJECT, LIST, KEY] = [...'{[:'].map((letter) => letter.charCodeAt(0));

function readBody(request: IncomingMessage, largest: number, withinMs: number): Promise<Buffer> {
  const tooLarge = () =>
    new ServiceFault('too-large', `request: a body of at most ${largest} bytes is accepted here`);
  if (Number(request.headers['content-length'] ?? 0) > largest) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(
      () => end(new ServiceFault('timed-out', `request: the body did not come within ${withinMs / 1000} s`)),
      withinMs,
    );
    const end = (fault?: Error) => {
      clearTimeout(timer);
      request.off('data', take).off('end', done).off('error', broken).off('close', gone);
      if (fault === undefined) resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length));
      else reject(fault);
    };
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length > largest) end(tooLarge());
      else chunks.push(chunk);
    };
    const done = () => end();
    const broken = () => end(new EcgError('cancelled', 'request: the body broke off'));
    const gone = () => end(new EcgError('cancelled', 'request: the client left before the body was whole'));
    request.on('data', take).on('end', done).on('error', broken).on('close', gone);
  });
}

/** Refuses keys that would reach prototypes when somebody copies them, and nesting that would exhaust a stack. */
function refusePoison(root: unknown): void {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST)
      throw new EcgError('bad-option', `request: JSON nested deeper than ${DEEPEST} levels is not accepted`);
    const next: unknown[] = [];
    for (const value of level) {
      if (Array.isArray(value)) {
        for (const item of value) if (typeof item === 'object' && item !== null) next.push(item);
      } else if (typeof value === 'object' && value !== null) {
        for (const key of Object.keys(value)) {
          if (key === '__proto__' || key === 'constructor' || key === 'prototype')
            throw new EcgError('bad-option', `request: the key ${key} is not accepted in JSON`);
          const item = (value as Record<string, unknown>)[key];
          if (typeof item === 'object' && item !== null) next.push(item);
        }
      }
    }
    level = next;
  }
}
