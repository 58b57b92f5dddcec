import type { Logger } from 'pino';
import type { AlertHub } from '../alerts/alert-hub.js';
import type { NumberedEvent } from '../contract/stream-messages.js';
import type { Database } from '../storage/tables.js';
import type { LiveStream } from './live-stream.js';
import type { StreamIdentity } from './stream-identity.js';

/** Raises an alert for every event of a stream that is one, once, whatever fails in between. */
export interface AlertRelay {
  /** Raises what is stored and was not raised before; to be called when a stream is opened. */
  catchUp(live: Pick<LiveStream, 'identity' | 'events'>): Promise<void>;
  /** Looks at events that were just stored. */
  pass(live: Pick<LiveStream, 'identity' | 'events'>, fresh: readonly NumberedEvent[]): void;
  /** Forgets a stream that is closed. */
  forget(id: string): void;
}

/** Events looked through at a time. */
const AT_ONCE = 256;
/** ms until alerts that could not be stored are tried again. */
const AGAIN_MS = 5000;

export function createAlertRelay({
  alerts,
  database,
  log,
}: {
  readonly alerts: AlertHub;
  readonly database: Database;
  readonly log: Logger;
}): AlertRelay {
  /** The last event that was looked at, by stream. */
  const seen = new Map<string, number>();
  /** What is being done for each stream. */
  const turns = new Map<string, Promise<void>>();

  const raise = async ({ id, device }: StreamIdentity, { seq, event }: NumberedEvent): Promise<void> => {
    if (event.kind !== 'alert' || event.state === 'end') return;
    const { alert, state, uncertain, from, at } = event;
    const detail = { ...event.detail, event: seq, state, uncertain: uncertain ? 1 : 0, at };
    await alerts.raise({ streamId: id, recordingId: null, device, kind: alert, sample: from, detail });
  };
  const pass = async (live: Pick<LiveStream, 'identity' | 'events'>): Promise<void> => {
    const { identity } = live;
    try {
      let seq = seen.get(identity.id) ?? (await lastRaised(database, identity.id));
      for (;;) {
        const events = await live.events(seq, AT_ONCE);
        if (events.length === 0) break;
        for (const event of events) await raise(identity, event);
        seq = events[events.length - 1].seq;
        seen.set(identity.id, seq);
      }
    } catch (error) {
      // What was raised before the fault stands in the database: that is asked anew.
      seen.delete(identity.id);
      log.error({ stream: identity.id, err: error }, 'alerts of a stream cannot be stored, trying again');
      setTimeout(() => void relay.catchUp(live), AGAIN_MS).unref();
    }
  };
  const relay: AlertRelay = {
    catchUp(live) {
      const { id } = live.identity;
      const turn = (turns.get(id) ?? Promise.resolve()).then(() => pass(live));
      turns.set(id, turn);
      return turn;
    },
    pass(live, fresh) {
      const { id } = live.identity;
      if (fresh.some(({ event }) => event.kind === 'alert')) void relay.catchUp(live);
      // Without an alert among them they need not be looked at again.
      else if (seen.get(id) === fresh[0].seq - 1) seen.set(id, fresh[fresh.length - 1].seq);
    },
    forget(id) {
      seen.delete(id);
      turns.delete(id);
    },
  };
  return relay;
}

/** The event for which the newest alert of a stream was raised, 0 before the first. */
async function lastRaised(database: Database, streamId: string): Promise<number> {
  const row = await database
    .selectFrom('alerts')
    .select('detail')
    .where('stream_id', '=', streamId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const { event } = JSON.parse(row?.detail ?? '{}') as { readonly event?: unknown };
  return typeof event === 'number' ? event : 0;
}
