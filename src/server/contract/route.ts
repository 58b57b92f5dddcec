import type * as v from 'valibot';

/** Who may use a route: everybody, or an actor of at least this role. */
type Access = 'open' | 'viewer' | 'editor' | 'admin';

/** A schema of data that JSON can carry. */
export type JsonSchema = v.GenericSchema;

/** What a route answers with one status. */
interface RouteAnswer {
  readonly description: string;
  /** Of a JSON body; absent for an empty body or another media type. */
  readonly schema?: JsonSchema;
  /** `application/json` with a schema when omitted. */
  readonly type?: string;
  /** Other media types in which the same may come. */
  readonly also?: readonly string[];
}

/** One operation of the interface as data: what validates it, documents it and types its client. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';
  /** With parameters in braces, as OpenAPI writes it: `/v1/recordings/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  /** Strings from the path and the query; the schemas convert and bound them. */
  readonly params?: JsonSchema;
  readonly query?: JsonSchema;
  /** Of a JSON body. A route that takes bytes names its media types in `accepts` instead and reads the stream. */
  readonly body?: JsonSchema;
  /**
   * Media types of the body, a subtype may be a star; `application/json` when omitted. Without `body` the handler reads
   * `asked.request.raw`, or `asked.request.parts()` for `multipart/form-data`.
   */
  readonly accepts?: readonly string[];
  /** Bytes of the largest body; the configuration's limit for JSON when omitted. */
  readonly largestBody?: number;
  /** s after which the request is given up; 60 when omitted, null for as long as the client stays. */
  readonly deadlineS?: number | null;
  /** A WebSocket: the answer is 101, and the handler is given the socket. */
  readonly socket?: true;
  /** Successful answers; faults are problem+json and documented for every route. */
  readonly answers: Readonly<Record<number, RouteAnswer>>;
}

/** The routes of one resource by the name of their operation (`operationId`). */
export type Routes = Readonly<Record<string, Route>>;
