import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type * as v from 'valibot';
import type { WebSocket } from 'ws';
import type { Actor } from '../access/actor.js';
import type { JsonSchema, Route, Routes } from '../contract/route.js';

type Parsed<S> = S extends JsonSchema ? v.InferOutput<S> : undefined;
type Field<R extends Route, K extends 'params' | 'query' | 'body'> = K extends keyof R
  ? Parsed<R[K]>
  : undefined;

/** What a handler is given: validated, converted, and by whom. */
export interface Asked<R extends Route> {
  readonly params: Field<R, 'params'>;
  readonly query: Field<R, 'query'>;
  readonly body: Field<R, 'body'>;
  readonly actor: Actor;
  /** Fires when the client has gone or the server closes. */
  readonly signal: AbortSignal;
  /** For headers and streamed bodies only. */
  readonly request: FastifyRequest;
  /** For handlers that answer by themselves (SSE, tus): they hijack it and return nothing. */
  readonly reply: FastifyReply;
}

/** What a handler answers. */
export interface Answer {
  /** 200 when omitted. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or text, bytes or a stream of the media type in `type`. */
  readonly body?: unknown | Readable;
  readonly type?: string;
}

/**
 * Answers one route, or nothing when it has hijacked the reply. Throws `EcgError` or `ServiceFault` otherwise.
 * That of a WebSocket is given the open socket instead of answering.
 */
type Handler<R extends Route> = R extends { readonly socket: true }
  ? (asked: Asked<R>, socket: WebSocket) => void
  : (asked: Asked<R>) => Promise<Answer | undefined>;

/** A handler for every route of a table: leaving one out does not compile. */
export type Handlers<T extends Routes> = { readonly [K in keyof T]: Handler<T[K]> };
