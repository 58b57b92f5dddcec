import { EcgError } from '../../core/index.js';
import { type ApiKeyRow, insertApiKey } from '../storage/api-keys.js';
import type { Database } from '../storage/tables.js';
import type { Role } from './actor.js';
import { createKey } from './api-key.js';

/** What a new key may do, and how long. */
export interface KeyOrder {
  readonly name: string;
  readonly role: Role;
  /** Tags of routes; null for all the role allows. */
  readonly scopes: readonly string[] | null;
  /** ISO 8601; null for a key that does not expire. */
  readonly expiresAt: string | null;
}

/**
 * Makes and stores a key; its token can be had only here.
 *
 * @param at  now, ms since 1970
 * @throws EcgError `bad-option` when it would have expired already
 */
export async function issueKey(
  database: Database,
  { name, role, scopes, expiresAt }: KeyOrder,
  at: number,
): Promise<{ readonly row: ApiKeyRow; readonly token: string }> {
  if (expiresAt !== null && !(Date.parse(expiresAt) > at))
    throw new EcgError('bad-option', `keys: ${expiresAt} is over, give a time to come`);
  const { id, token, hash } = createKey();
  const row: ApiKeyRow = {
    id,
    name,
    hash,
    role,
    scopes: scopes === null ? null : JSON.stringify(scopes),
    created_at: new Date(at).toISOString(),
    expires_at: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    revoked_at: null,
  };
  await insertApiKey(database, row);
  return { row, token };
}
