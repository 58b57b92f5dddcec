import { type Insertable, type Selectable, sql } from 'kysely';
import { dialectOf } from './database.js';
import type { Database, Tables } from './tables.js';

export type AlertRow = Selectable<Tables['alerts']>;

/** Any fixed number: those who raise alerts take turns on it. */
const ALERT_LOCK = 0x0ec70a1;

/**
 * Stores an alert together with a delivery to each webhook that wants its kind, all or nothing.
 * @returns     it with its number; an alert that is seen later has a greater one, whoever raised it
 */
export async function insertAlert(
  database: Database,
  alert: Omit<Insertable<Tables['alerts']>, 'id'>,
): Promise<AlertRow> {
  return database.transaction().execute(async (transaction) => {
    // Otherwise PostgreSQL shows a number before a smaller one, and who asks for those after it misses that.
    if (dialectOf(transaction) === 'postgres') {
      await sql`select pg_advisory_xact_lock(${ALERT_LOCK})`.execute(transaction);
    }
    const row = await transaction.insertInto('alerts').values(alert).returningAll().executeTakeFirstOrThrow();
    const webhooks = await transaction
      .selectFrom('webhooks')
      .select(['id', 'kinds'])
      .where('active', '=', 1)
      .execute();
    const deliveries = webhooks
      .filter(({ kinds }) => kinds === null || (JSON.parse(kinds) as string[]).includes(alert.kind))
      .map(({ id }) => ({
        webhook_id: id,
        alert_id: row.id,
        status: 'waiting',
        attempts: 0,
        next_at: alert.at,
        last_error: null,
      }));
    if (deliveries.length > 0) await transaction.insertInto('deliveries').values(deliveries).execute();
    return row;
  });
}

/** Alerts with a greater number, in the order of their numbers. */
export async function alertsAfter(database: Database, id: number, limit: number): Promise<AlertRow[]> {
  return database.selectFrom('alerts').selectAll().where('id', '>', id).orderBy('id').limit(limit).execute();
}

/** The greatest number so far, 0 before the first alert. */
export async function newestAlertId(database: Database): Promise<number> {
  const { id } = await database
    .selectFrom('alerts')
    .select((row) => row.fn.max('id').as('id'))
    .executeTakeFirstOrThrow();
  return id ?? 0;
}
