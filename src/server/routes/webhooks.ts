import { randomUUID } from 'node:crypto';
import { checkWebhookUrl } from '../alerts/post-webhook.js';
import { privateWebhooksAllowed } from '../alerts/private-webhooks.js';
import { newWebhookSecret } from '../alerts/sign-webhook.js';
import type { ServerContext } from '../context.js';
import type { WEBHOOKS_ROUTES } from '../contract/alerts.js';
import type { Handlers } from '../http/handler.js';
import { deliveriesOfWebhook } from '../storage/deliveries.js';
import {
  deleteWebhook,
  getWebhook,
  insertWebhook,
  listWebhooks,
  type WebhookRow,
} from '../storage/webhooks.js';

const NEWEST = 50;

/** Who is told of alerts. */
export function webhooksHandlers({
  config,
  database,
  audit,
  now,
}: ServerContext): Handlers<typeof WEBHOOKS_ROUTES> {
  return {
    async addWebhook({ body: { url, kinds }, actor }) {
      const row: WebhookRow = {
        id: randomUUID(),
        created_at: new Date(now()).toISOString(),
        url: checkWebhookUrl(url, privateWebhooksAllowed(config)).href,
        secret: newWebhookSecret(),
        kinds: kinds === null ? null : JSON.stringify(kinds),
        active: 1,
      };
      await insertWebhook(database, row);
      await audit.append(actor, 'webhook.create', row.id);
      return { status: 201, body: { ...webhookOf(row), secret: row.secret } };
    },
    async listWebhooks({ actor }) {
      const rows = await listWebhooks(database);
      await audit.append(actor, 'webhook.list', 'webhooks', { shown: rows.length });
      return { body: { webhooks: rows.map(webhookOf) } };
    },
    async listDeliveries({ params: { id }, query: { limit = NEWEST }, actor }) {
      await getWebhook(database, id);
      const rows = await deliveriesOfWebhook(database, id, limit);
      const deliveries = rows.map(({ alert_id: alert, status, attempts, next_at, last_error }) => ({
        alert,
        status,
        attempts,
        nextAt: status === 'waiting' ? next_at : null,
        lastError: last_error,
      }));
      await audit.append(actor, 'webhook.read', id, { shown: rows.length });
      return { body: { deliveries } };
    },
    async deleteWebhook({ params: { id }, actor }) {
      await deleteWebhook(database, id);
      await audit.append(actor, 'webhook.delete', id);
      return { status: 204 };
    },
  };
}

function webhookOf({ id, created_at: createdAt, url, kinds, active }: WebhookRow) {
  return {
    id,
    createdAt,
    url,
    kinds: kinds === null ? null : (JSON.parse(kinds) as string[]),
    active: active === 1,
  };
}
