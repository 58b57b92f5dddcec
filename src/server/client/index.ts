import openapiFetch, { type Client, type ClientOptions } from 'openapi-fetch';
import type { components, paths } from './openapi.js';

/** What a refused request is answered with (RFC 9457); `code` is for programs, `detail` for people. */
export type Problem = components['schemas']['Problem'];

/** What a client may be given. */
export interface EctopyClientOptions extends Omit<ClientOptions, 'baseUrl'> {
  /** API key or access token, sent with every request. */
  readonly key?: string;
}

/** Every operation of a server, typed by its own description: `client.GET('/v1/recordings/{id}', …)`. */
export type EctopyClient = Client<paths>;

/**
 * A client of a server, for browsers and Node. An operation gives `{ data }` or `{ error }`, the latter a `Problem`.
 *
 * @param baseUrl  where the server is: `http://127.0.0.1:5000`
 */
export function createClient(
  baseUrl: string,
  { key, headers, ...options }: EctopyClientOptions = {},
): EctopyClient {
  return openapiFetch<paths>({
    ...options,
    baseUrl,
    headers: {
      ...(headers as Record<string, string>),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
  });
}

export type { components, operations, paths } from './openapi.js';
