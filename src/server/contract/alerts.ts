import * as v from 'valibot';
import { STREAM_ALERTS } from '../../core/index.js';
import type { Routes } from './route.js';
import { pathId, queryNumber } from './values.js';

const time = v.pipe(v.string(), v.description('ISO 8601, UTC.'));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Schema of an alert. */
const AlertSchema = v.object({
  id: v.pipe(whole, v.description('Grows from alert to alert.')),
  at: time,
  streamId: v.nullable(v.string()),
  recordingId: v.nullable(v.string()),
  device: v.nullable(v.string()),
  kind: v.string(),
  sample: v.pipe(v.number(), v.description('Of the stream or recording, where it began.')),
  detail: v.record(v.string(), v.unknown()),
});

/** Schema of a webhook, without its secret. */
const WebhookSchema = v.object({
  id: v.string(),
  createdAt: time,
  url: v.string(),
  kinds: v.pipe(v.nullable(v.array(v.string())), v.description('Of alerts it is told; all when null.')),
  active: v.pipe(v.boolean(), v.description('False once its receiver answered 410.')),
});

const DeliverySchema = v.object({
  alert: whole,
  status: v.picklist(['waiting', 'done', 'failed']),
  attempts: whole,
  nextAt: v.pipe(v.nullable(time), v.description('Of the next attempt.')),
  lastError: v.nullable(v.string()),
});

const webhook = v.object({ id: pathId('Of the webhook') });

/** What somebody should look at, and who is told. */
export const ALERTS_ROUTES = {
  listAlerts: {
    method: 'GET',
    path: '/v1/alerts',
    tag: 'alerts',
    summary: 'Alerts, the newest first',
    access: 'viewer',
    query: v.object({
      before: v.pipe(
        v.exactOptional(queryNumber({ min: 0, integer: true })),
        v.description('Only alerts with a smaller id: `next` of the page before.'),
      ),
      stream: v.exactOptional(pathId('Only those of this stream')),
      recording: v.exactOptional(pathId('Only those of this recording')),
      kind: v.exactOptional(v.picklist(STREAM_ALERTS)),
      limit: v.exactOptional(queryNumber({ min: 1, max: 500, integer: true })),
    }),
    answers: {
      200: {
        description: 'A page',
        schema: v.object({
          alerts: v.array(AlertSchema),
          next: v.pipe(v.nullable(whole), v.description('`before` of the next page; null on the last.')),
        }),
      },
    },
  },
  watchAlerts: {
    method: 'GET',
    path: '/v1/alerts/events',
    tag: 'alerts',
    summary: 'Alerts as they come, as server-sent events',
    description:
      'Events named `alert`, each with the id of its alert: a client that comes back with `Last-Event-ID` (browsers do) misses none. Without it, from now on.',
    access: 'viewer',
    deadlineS: null,
    query: v.object({
      after: v.pipe(
        v.exactOptional(queryNumber({ min: 0, integer: true })),
        v.description('Begins after this alert; `Last-Event-ID` counts more.'),
      ),
    }),
    answers: { 200: { description: 'Events without end', type: 'text/event-stream' } },
  },
} as const satisfies Routes;

export const WEBHOOKS_ROUTES = {
  addWebhook: {
    method: 'POST',
    path: '/v1/webhooks',
    tag: 'webhooks',
    summary: 'Tells an address of every alert',
    description:
      'Deliveries are signed as Standard Webhooks describe, tried again for about three days, and come at least once: `webhook-id` is the same for every attempt. They carry ids, kind and time, nothing else.',
    access: 'admin',
    body: v.strictObject({
      url: v.pipe(v.string(), v.minLength(8), v.maxLength(2000)),
      kinds: v.optional(v.nullable(v.pipe(v.array(v.picklist(STREAM_ALERTS)), v.minLength(1))), null),
    }),
    answers: {
      201: {
        description: 'The webhook, with its secret: it is shown this once',
        schema: v.object({ ...WebhookSchema.entries, secret: v.string() }),
      },
    },
  },
  listWebhooks: {
    method: 'GET',
    path: '/v1/webhooks',
    tag: 'webhooks',
    summary: 'The webhooks, the oldest first',
    access: 'admin',
    answers: { 200: { description: 'Webhooks', schema: v.object({ webhooks: v.array(WebhookSchema) }) } },
  },
  listDeliveries: {
    method: 'GET',
    path: '/v1/webhooks/{id}/deliveries',
    tag: 'webhooks',
    summary: 'What became of the newest deliveries of a webhook',
    access: 'admin',
    params: webhook,
    query: v.object({ limit: v.exactOptional(queryNumber({ min: 1, max: 500, integer: true })) }),
    answers: {
      200: { description: 'Deliveries', schema: v.object({ deliveries: v.array(DeliverySchema) }) },
    },
  },
  deleteWebhook: {
    method: 'DELETE',
    path: '/v1/webhooks/{id}',
    tag: 'webhooks',
    summary: 'Removes a webhook and what still waits for it',
    access: 'admin',
    params: webhook,
    answers: { 204: { description: 'It is gone' } },
  },
} as const satisfies Routes;
