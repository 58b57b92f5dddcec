import type { ServerContext } from '../context.js';
import { type AlertRow, alertsAfter, insertAlert, newestAlertId } from '../storage/alerts.js';
import type { Alert, AlertHub } from './alert-hub.js';
import { createDeliverer, type DeliveryOptions } from './deliver.js';

/** Alerts read at a time. */
const PAGE = 100;
/** ms after which listeners look though nobody called: another server may have raised an alert. */
const LOOK_MS = 5000;

/** The alerts of this server, on its database. */
export function createAlertHub(
  { database, metrics, log, now }: Pick<ServerContext, 'database' | 'metrics' | 'log' | 'now'>,
  options: DeliveryOptions,
): AlertHub {
  const deliverer = createDeliverer({ database, log, now }, options);
  const listeners = new Set<() => void>();
  let closed = false;
  /** One after another: numbers are seen in the order in which they are given. */
  let turn: Promise<unknown> = Promise.resolve();

  let calls = 0;
  const call = (): void => {
    calls++;
    for (const heard of [...listeners]) heard();
  };
  /** Until there may be news, or the listener has gone. */
  const news = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        listeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, LOOK_MS);
      timer.unref();
      listeners.add(done);
      signal.addEventListener('abort', done);
      if (signal.aborted || closed) done();
    });
  return {
    raise({ streamId, recordingId, device, kind, sample, detail }) {
      const raised = turn.then(async () => {
        const row = await insertAlert(database, {
          at: new Date(now()).toISOString(),
          stream_id: streamId,
          recording_id: recordingId,
          device,
          kind,
          sample,
          detail: JSON.stringify(detail),
        });
        metrics.alerts.inc({ kind });
        deliverer.wake();
        call();
        return alertOf(row);
      });
      turn = raised.catch(() => undefined);
      return raised;
    },
    async *listen(afterId, signal) {
      let last = afterId ?? (await newestAlertId(database));
      while (!signal.aborted && !closed) {
        const before = calls;
        const rows = await alertsAfter(database, last, PAGE);
        for (const row of rows) {
          if (signal.aborted) return;
          yield alertOf(row);
          last = row.id;
        }
        // What was raised while the database was asked is asked for again.
        if (rows.length === 0 && calls === before) await news(signal);
      }
    },
    async close() {
      closed = true;
      call();
      await turn;
      await deliverer.close();
    },
  };
}

/** An alert out of its row. */
export function alertOf(row: AlertRow): Alert {
  return {
    id: row.id,
    at: row.at,
    streamId: row.stream_id,
    recordingId: row.recording_id,
    device: row.device,
    kind: row.kind,
    sample: row.sample,
    detail: JSON.parse(row.detail) as Alert['detail'],
  };
}
