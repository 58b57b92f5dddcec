import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Answer } from './handler.js';

/** Sends what a handler answered: plain data as JSON, text, bytes and streams as they are. */
export function sendAnswer(reply: FastifyReply, { status = 200, headers, body, type }: Answer): FastifyReply {
  reply.code(status);
  if (headers !== undefined) reply.headers(headers);
  if (body === undefined) return reply.send();
  if (
    type !== undefined &&
    (typeof body === 'string' || body instanceof Uint8Array || body instanceof Readable)
  ) {
    return reply.type(withCharset(type)).send(body instanceof Uint8Array ? asBuffer(body) : body);
  }
  return reply.type(type ?? 'application/json; charset=utf-8').send(JSON.stringify(body));
}

function withCharset(type: string): string {
  return type.startsWith('text/') && !type.includes('charset') ? `${type}; charset=utf-8` : type;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
