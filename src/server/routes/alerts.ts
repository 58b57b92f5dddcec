import type { AlertHub } from '../alerts/alert-hub.js';
import { alertOf } from '../alerts/create-alert-hub.js';
import { lastEventId, type ServerSentEvent, writeEventStream } from '../alerts/event-stream.js';
import type { ServerContext } from '../context.js';
import type { ALERTS_ROUTES } from '../contract/alerts.js';
import type { Handlers } from '../http/handler.js';

const PAGE = 50;

/** Alerts, as a list and as they come. */
export function alertsHandlers({ database, alerts, audit }: ServerContext): Handlers<typeof ALERTS_ROUTES> {
  return {
    async listAlerts({ query: { before, stream, recording, kind, limit = PAGE }, actor }) {
      let select = database
        .selectFrom('alerts')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (before !== undefined) select = select.where('id', '<', before);
      if (stream !== undefined) select = select.where('stream_id', '=', stream);
      if (recording !== undefined) select = select.where('recording_id', '=', recording);
      if (kind !== undefined) select = select.where('kind', '=', kind);
      const rows = await select.execute();
      const page = rows.slice(0, limit);
      const next = rows.length > limit ? page[page.length - 1].id : null;
      await audit.append(actor, 'alert.list', 'alerts', { shown: page.length });
      return { body: { alerts: page.map(alertOf), next } };
    },
    async watchAlerts({ query: { after }, request, signal, actor }) {
      const from = lastEventId(request.headers['last-event-id']) ?? after ?? null;
      await audit.append(actor, 'alert.watch', 'alerts', { after: from });
      return {
        type: 'text/event-stream',
        headers: { 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
        body: writeEventStream(eventsOf(alerts, from, signal), signal),
      };
    },
  };
}

async function* eventsOf(
  alerts: AlertHub,
  from: number | null,
  signal: AbortSignal,
): AsyncGenerator<ServerSentEvent> {
  for await (const alert of alerts.listen(from, signal)) yield { id: alert.id, event: 'alert', data: alert };
}
