import type { Selectable } from 'kysely';
import type { AlertRow } from './alerts.js';
import type { Database, Tables } from './tables.js';
import type { WebhookRow } from './webhooks.js';

export type DeliveryRow = Selectable<Tables['deliveries']>;

/** A delivery with what it carries and where to. */
export interface DueDelivery {
  readonly delivery: DeliveryRow;
  readonly alert: AlertRow;
  readonly webhook: WebhookRow;
}

/**
 * Takes deliveries that are due, those due longest first: each is put off until `again` at once, so that no other
 * process sends it meanwhile and one whose sender died is sent again.
 *
 * @param now    ISO 8601
 * @param again  ISO 8601
 */
export async function takeDueDeliveries(
  database: Database,
  now: string,
  again: string,
  limit: number,
): Promise<DueDelivery[]> {
  const due = await database
    .selectFrom('deliveries')
    .innerJoin('webhooks', 'webhooks.id', 'deliveries.webhook_id')
    .selectAll('deliveries')
    .where('status', '=', 'waiting')
    .where('next_at', '<=', now)
    .where('webhooks.active', '=', 1)
    .orderBy('next_at')
    .orderBy('alert_id')
    .orderBy('webhook_id')
    .limit(limit)
    .execute();
  const taken: DueDelivery[] = [];
  for (const row of due) {
    const delivery = await database
      .updateTable('deliveries')
      .set({ next_at: again, attempts: row.attempts + 1 })
      .where('webhook_id', '=', row.webhook_id)
      .where('alert_id', '=', row.alert_id)
      .where('status', '=', 'waiting')
      .where('attempts', '=', row.attempts)
      .returningAll()
      .executeTakeFirst();
    if (delivery === undefined) continue;
    const alert = await database
      .selectFrom('alerts')
      .selectAll()
      .where('id', '=', row.alert_id)
      .executeTakeFirst();
    const webhook = await database
      .selectFrom('webhooks')
      .selectAll()
      .where('id', '=', row.webhook_id)
      .executeTakeFirst();
    if (alert !== undefined && webhook !== undefined) taken.push({ delivery, alert, webhook });
  }
  return taken;
}

/** When the next delivery is due, or undefined when none waits. */
export async function nextDeliveryAt(database: Database): Promise<string | undefined> {
  const row = await database
    .selectFrom('deliveries')
    .innerJoin('webhooks', 'webhooks.id', 'deliveries.webhook_id')
    .select('next_at')
    .where('status', '=', 'waiting')
    .where('webhooks.active', '=', 1)
    .orderBy('next_at')
    .limit(1)
    .executeTakeFirst();
  return row?.next_at;
}

/** How an attempt ended: delivered, to be tried again at a time, or given up. */
export type DeliveryOutcome =
  | { readonly status: 'done' }
  | { readonly status: 'waiting'; readonly nextAt: string; readonly error: string }
  | { readonly status: 'failed'; readonly error: string };

export async function settleDelivery(
  database: Database,
  { webhook_id: webhookId, alert_id: alertId }: Pick<DeliveryRow, 'webhook_id' | 'alert_id'>,
  outcome: DeliveryOutcome,
): Promise<void> {
  await database
    .updateTable('deliveries')
    .set({
      status: outcome.status,
      last_error: outcome.status === 'done' ? null : outcome.error,
      ...(outcome.status === 'waiting' ? { next_at: outcome.nextAt } : {}),
    })
    .where('webhook_id', '=', webhookId)
    .where('alert_id', '=', alertId)
    .execute();
}

/** Of one webhook, newest alert first. */
export async function deliveriesOfWebhook(
  database: Database,
  webhookId: string,
  limit: number,
): Promise<DeliveryRow[]> {
  return database
    .selectFrom('deliveries')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .orderBy('alert_id', 'desc')
    .limit(limit)
    .execute();
}
