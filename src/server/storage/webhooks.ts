import type { Insertable, Selectable } from 'kysely';
import { EcgError } from '../../core/index.js';
import type { Database, Tables } from './tables.js';

export type WebhookRow = Selectable<Tables['webhooks']>;

export async function insertWebhook(
  database: Database,
  webhook: Insertable<Tables['webhooks']>,
): Promise<void> {
  await database.insertInto('webhooks').values(webhook).execute();
}

/** @throws EcgError `not-found` */
export async function getWebhook(database: Database, id: string): Promise<WebhookRow> {
  const row = await database.selectFrom('webhooks').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw webhookNotFound(id);
  return row;
}

/** Oldest first. */
export async function listWebhooks(database: Database): Promise<WebhookRow[]> {
  return database.selectFrom('webhooks').selectAll().orderBy('created_at').orderBy('id').execute();
}

/** @throws EcgError `not-found` */
export async function setWebhookActive(database: Database, id: string, active: boolean): Promise<void> {
  const { numUpdatedRows } = await database
    .updateTable('webhooks')
    .set({ active: active ? 1 : 0 })
    .where('id', '=', id)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw webhookNotFound(id);
}

/**
 * Removes a webhook with its deliveries.
 * @throws EcgError `not-found`
 */
export async function deleteWebhook(database: Database, id: string): Promise<void> {
  const { numDeletedRows } = await database.deleteFrom('webhooks').where('id', '=', id).executeTakeFirst();
  if (numDeletedRows === 0n) throw webhookNotFound(id);
}

function webhookNotFound(id: string): EcgError {
  return new EcgError('not-found', `webhook: there is none with the id "${id.slice(0, 64)}"`);
}
