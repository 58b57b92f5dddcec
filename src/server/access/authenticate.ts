import type { IncomingHttpHeaders } from 'node:http';
import type { ServerConfig } from '../config.js';
import { ServiceFault } from '../fault.js';
import { findApiKey } from '../storage/api-keys.js';
import type { Database } from '../storage/tables.js';
import type { Actor, Role } from './actor.js';
import { isToken, keyIdOf } from './api-key.js';
import { createTokenReader } from './oidc.js';

/** Who sends a request; null when they do not say. Throws `unauthorized` when what they show is not valid. */
export type Authenticate = (headers: IncomingHttpHeaders) => Promise<Actor | null>;

/** Cookie in which a page keeps what a program sends as `Authorization: Bearer`; pages never see it. */
export const SESSION_COOKIE = 'ectopy_session';

/** Everybody on this machine, where access is not controlled. */
const LOCAL: Actor = { id: 'local', kind: 'local', role: 'admin' };

const WRONG =
  'access: the key or token is not valid, has expired or was revoked; ask an administrator for another';

/**
 * Tells who sends a request by an API key or, where configured, an OpenID Connect access token.
 *
 * Every key is looked up for every request, so that one that was revoked opens nothing from then on.
 */
export function createAuthenticate(
  { access }: Pick<ServerConfig, 'access'>,
  database: Database,
  now: () => number,
): Authenticate {
  if (access.mode === 'none') return async () => LOCAL;
  const keys = access.mode.includes('keys');
  const read = access.oidc === null ? null : createTokenReader(access.oidc, now);
  return async (headers) => {
    const token = bearerOf(headers) ?? cookieOf(headers);
    if (token === undefined) return null;
    const id = keyIdOf(token);
    if (id !== undefined && keys) return keyHolder(database, id, token, now());
    if (read !== null && token.startsWith('ey')) return read(token);
    throw new ServiceFault('unauthorized', WRONG);
  };
}

async function keyHolder(database: Database, id: string, token: string, at: number): Promise<Actor> {
  const key = await findApiKey(database, id);
  const valid =
    key !== undefined &&
    isToken(token, key.hash) &&
    key.revoked_at === null &&
    (key.expires_at === null || Date.parse(key.expires_at) > at);
  if (!valid) throw new ServiceFault('unauthorized', WRONG);
  const scopes = key.scopes === null ? {} : { scopes: JSON.parse(key.scopes) as string[] };
  return { id: `key:${id}`, kind: 'key', role: key.role as Role, ...scopes };
}

function bearerOf({ authorization }: IncomingHttpHeaders): string | undefined {
  if (authorization === undefined) return undefined;
  const found = /^Bearer +([\x21-\x7e]+)$/i.exec(authorization);
  if (found === null)
    throw new ServiceFault(
      'unauthorized',
      'access: expected "Authorization: Bearer KEY", got another scheme',
    );
  return found[1];
}

function cookieOf({ cookie }: IncomingHttpHeaders): string | undefined {
  const found = cookie?.split(/; */).find((pair) => pair.startsWith(`${SESSION_COOKIE}=`));
  return found?.slice(SESSION_COOKIE.length + 1);
}
