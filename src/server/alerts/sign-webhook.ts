import { createHmac, randomBytes } from 'node:crypto';

/** A new secret of a webhook, as Standard Webhooks write it. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

/**
 * The headers that sign a delivery: the same id for every attempt, so that a receiver can tell them.
 *
 * @param secret     as `newWebhookSecret` writes it
 * @param timestamp  s since 1970 of this attempt
 *
 * Source: Standard Webhooks specification 1.0.0, https://github.com/standard-webhooks/standard-webhooks.
 */
export function signWebhook(
  secret: string,
  id: string,
  timestamp: number,
  body: string,
): Record<string, string> {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
}
