import type { Insertable, Selectable } from 'kysely';
import { EcgError } from '../../core/index.js';
import type { Database, Tables } from './tables.js';

export type ApiKeyRow = Selectable<Tables['api_keys']>;

export async function insertApiKey(database: Database, key: Insertable<Tables['api_keys']>): Promise<void> {
  await database.insertInto('api_keys').values(key).execute();
}

/** The key of an id, expired and revoked ones too. */
export async function findApiKey(database: Database, id: string): Promise<ApiKeyRow | undefined> {
  return database.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The key whose secret has this hash, expired and revoked ones too. */
export async function findApiKeyByHash(database: Database, hash: string): Promise<ApiKeyRow | undefined> {
  return database.selectFrom('api_keys').selectAll().where('hash', '=', hash).executeTakeFirst();
}

/** Oldest first. */
export async function listApiKeys(database: Database): Promise<ApiKeyRow[]> {
  return database.selectFrom('api_keys').selectAll().orderBy('created_at').orderBy('id').execute();
}

/**
 * Revokes a key; one that is revoked keeps its time.
 * @throws EcgError `not-found`
 */
export async function revokeApiKey(database: Database, id: string, now: string): Promise<ApiKeyRow> {
  const row = await database
    .updateTable('api_keys')
    .set((key) => ({ revoked_at: key.fn.coalesce('revoked_at', key.val(now)) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) {
    throw new EcgError('not-found', `key: there is none with the id "${id.slice(0, 64)}"`);
  }
  return row;
}
