import type { Logger } from 'pino';
import {
  type DueDelivery,
  nextDeliveryAt,
  settleDelivery,
  takeDueDeliveries,
} from '../storage/deliveries.js';
import type { Database } from '../storage/tables.js';
import { setWebhookActive } from '../storage/webhooks.js';
import { checkWebhookUrl, postWebhook } from './post-webhook.js';
import { signWebhook } from './sign-webhook.js';

/** How deliveries are tried. */
export interface DeliveryOptions {
  readonly allowPrivate: boolean;
  /** ms until the second attempt, doubled from attempt to attempt; 5 s when omitted. */
  readonly firstRetryMs?: number;
  /** ms between attempts at most; 6 h when omitted. */
  readonly longestRetryMs?: number;
  /** Attempts after which a delivery is given up; 20 when omitted, which takes about three days. */
  readonly mostAttempts?: number;
  /** ms for one attempt; 15 s when omitted. */
  readonly timeoutMs?: number;
}

/** Sends what waits in the outbox of the database. */
export interface Deliverer {
  /** There may be something to send. */
  wake(): void;
  close(): Promise<void>;
}

/** At once. */
const AT_ONCE = 8;
/** ms after which the outbox is looked at though nothing is known to be due: another server may have filled it. */
const LOOK_MS = 30_000;

/** Sends deliveries until it is closed: at least once each, with the same id, later and later after each failure. */
export function createDeliverer(
  { database, log, now }: { readonly database: Database; readonly log: Logger; readonly now: () => number },
  options: DeliveryOptions,
): Deliverer {
  const { mostAttempts = 20, timeoutMs = 15_000 } = options;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> | null = null;
  let again = false;
  let closed = false;

  const attempt = async ({ delivery, alert, webhook }: DueDelivery): Promise<void> => {
    const body = JSON.stringify({
      type: 'alert',
      timestamp: alert.at,
      data: {
        id: alert.id,
        kind: alert.kind,
        streamId: alert.stream_id,
        recordingId: alert.recording_id,
        device: alert.device,
        sample: alert.sample,
      },
    });
    const headers = signWebhook(webhook.secret, `alert_${alert.id}`, Math.floor(now() / 1000), body);
    let error: string;
    let gone = false;
    try {
      const url = checkWebhookUrl(webhook.url, options.allowPrivate);
      const { status } = await postWebhook(url, headers, body, {
        allowPrivate: options.allowPrivate,
        timeoutMs,
      });
      if (status >= 200 && status < 300) {
        await settleDelivery(database, delivery, { status: 'done' });
        return;
      }
      gone = status === 410;
      error = `answered ${status}`;
    } catch (fault) {
      error = fault instanceof Error ? fault.message.slice(0, 300) : String(fault);
    }
    if (gone || delivery.attempts >= mostAttempts) {
      await settleDelivery(database, delivery, {
        status: 'failed',
        error: gone
          ? `${error}: the webhook is switched off`
          : `${error}: given up after ${delivery.attempts} attempts`,
      });
      if (gone) await setWebhookActive(database, webhook.id, false).catch(() => undefined);
      log.error({ webhook: webhook.id, alert: alert.id, error }, 'a webhook delivery is given up');
      return;
    }
    const nextAt = new Date(now() + retryAfterMs(delivery.attempts, options)).toISOString();
    await settleDelivery(database, delivery, { status: 'waiting', nextAt, error });
    log.warn({ webhook: webhook.id, alert: alert.id, error, nextAt }, 'a webhook delivery failed');
  };
  const rounds = async (): Promise<void> => {
    for (;;) {
      again = false;
      const at = new Date(now()).toISOString();
      // One whose sender dies now is sent by another after this.
      const lease = new Date(now() + 2 * timeoutMs).toISOString();
      const due = await takeDueDeliveries(database, at, lease, AT_ONCE);
      await Promise.all(due.map(attempt));
      if (closed || (due.length < AT_ONCE && !again)) return;
    }
  };
  const plan = async (): Promise<void> => {
    const next = closed ? undefined : await nextDeliveryAt(database);
    if (closed) return;
    const ms = next === undefined ? LOOK_MS : Date.parse(next) - now();
    clearTimeout(timer);
    timer = setTimeout(wake, Math.min(LOOK_MS, Math.max(10, ms)));
    timer.unref();
  };
  const wake = (): void => {
    again = true;
    if (closed || round !== null) return;
    round = rounds()
      .then(plan)
      .catch((error: unknown) => {
        log.error({ err: error }, 'the outbox of webhooks cannot be read, trying again');
        clearTimeout(timer);
        timer = setTimeout(wake, 5000);
        timer.unref();
      })
      .finally(() => {
        round = null;
        if (again) wake();
      });
  };
  wake();
  return {
    wake,
    async close() {
      closed = true;
      clearTimeout(timer);
      await round;
    },
  };
}

/** ms from a failed attempt to the next: doubled each time, and spread so that not all come back at once. */
export function retryAfterMs(
  attempts: number,
  {
    firstRetryMs = 5000,
    longestRetryMs = 6 * 3_600_000,
  }: Pick<DeliveryOptions, 'firstRetryMs' | 'longestRetryMs'>,
  random: () => number = Math.random,
): number {
  const doubled = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(40, attempts - 1));
  return Math.round(doubled * (0.5 + 0.5 * random()));
}
