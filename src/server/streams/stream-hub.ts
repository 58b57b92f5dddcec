import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { EcgError } from '../../core/index.js';
import type { Actor } from '../access/actor.js';
import type { ServerContext } from '../context.js';
import { CLOSE_CODES, type Hello } from '../contract/stream-messages.js';
import { endStream, getStream, insertStream, openStreams } from '../storage/streams.js';
import { createAlertRelay } from './alert-relay.js';
import { type AnalysisPool, createAnalysisPool } from './analysis/analysis-pool.js';
import { type Connection, createConnection, type EndedStream, type Refusal } from './connection.js';
import { PING_S } from './limits.js';
import { type LiveStream, openLiveStream, type StreamWatcher } from './live-stream.js';
import { openEventLog } from './log/event-log.js';
import { makeRecording } from './record/make-recording.js';
import {
  createStreamFolder,
  listStreamFolders,
  readEnd,
  readStreamFolder,
  removeStreamFolder,
  removeUnfinished,
  writeEnd,
} from './stream-folder.js';
import { differenceOf, newStreamId, rowOf, type StreamIdentity } from './stream-identity.js';
import type { StreamService, StreamState } from './stream-service.js';

/** What an operator may decide about streams. */
export interface StreamHubOptions {
  /** Threads of analysers; one less than there are processors, and at least one, when omitted. */
  readonly threads?: number;
  /** Whether the networks of the package listen; true when omitted. */
  readonly networks?: boolean;
  /** s without a sample after which a stream is ended by the server; 1 h when omitted, null never. */
  readonly endAfterS?: number | null;
}

/** A stream that has not ended. */
interface Kept {
  readonly identity: StreamIdentity;
  readonly folder: string;
  live: Promise<LiveStream> | null;
  /** What `live` came to. */
  opened: LiveStream | null;
  connection: Connection | null;
  /** What was known of it when it was last open. */
  last: Pick<StreamState, 'samples' | 'lastEvent'>;
  /** ms since 1970 of the last sign of its device. */
  seen: number;
  ending: Promise<EndedStream> | null;
  /** Connections enter one after another. */
  turn: Promise<unknown>;
  /** Who looks on, whether the stream rests or not. */
  readonly watchers: Set<StreamWatcher>;
}

type Surroundings = Pick<
  ServerContext,
  'config' | 'database' | 'blobs' | 'jobs' | 'alerts' | 'audit' | 'metrics' | 'log' | 'now'
>;

/** ms between two rounds of fdatasync. */
const SYNC_MS = 2000;
/** ms for which a stream without a connection stays open. */
const REST_MS = 5 * 60_000;
/** ms for which events of an ended stream are kept for a device that did not hear the end. */
const EVENTS_KEPT_MS = 24 * 3_600_000;
const SWEEP_MS = 10 * 60_000;
/** ms between two looks for streams that have gone silent, at most. */
const LOOK_MS = 10_000;

/** The streams of this server: those on disk, and those that begin. */
export async function createStreamHub(
  context: Surroundings,
  { threads, networks = true, endAfterS = 3600 }: StreamHubOptions = {},
): Promise<StreamService> {
  const { config, database, alerts, audit, metrics, log, now } = context;
  const root = join(config.data, 'streams');
  const kept = new Map<string, Kept>();
  const connections = new Map<Connection, Kept | null>();
  const count = threads ?? Math.max(1, availableParallelism() - 1);
  const pool: AnalysisPool = createAnalysisPool(count, { networks }, (fault) =>
    log.error({ err: fault }, 'a thread of stream analysis has ended and is started again'),
  );
  const relay = createAlertRelay({ alerts, database, log });
  let closed = false;

  const keep = (identity: StreamIdentity): Kept => {
    const one: Kept = {
      identity,
      folder: join(root, identity.id),
      live: null,
      opened: null,
      connection: null,
      last: { samples: null, lastEvent: null },
      seen: now(),
      ending: null,
      turn: Promise.resolve(),
      watchers: new Set(),
    };
    kept.set(identity.id, one);
    metrics.streams.set(kept.size);
    return one;
  };
  const openLive = (one: Kept): Promise<LiveStream> => {
    one.live ??= openLiveStream(one.identity, one.folder, {
      pool,
      log,
      now,
    }).then(
      (live) => {
        one.opened = live;
        live.watch({
          samples: (chunk) => {
            metrics.streamSamples.inc(chunk.count);
            for (const watcher of one.watchers) watcher.samples?.(chunk);
          },
          events: (fresh) => {
            relay.pass(live, fresh);
            for (const watcher of one.watchers) watcher.events?.(fresh);
          },
        });
        void relay.catchUp(live);
        return live;
      },
      (error: unknown) => {
        one.live = null;
        throw error;
      },
    );
    return one.live;
  };
  const rest = async (one: Kept): Promise<void> => {
    const { live, opened } = one;
    if (opened !== null) one.last = { samples: opened.held, lastEvent: opened.lastEvent };
    one.live = null;
    one.opened = null;
    relay.forget(one.identity.id);
    await (await live)?.close();
  };
  const end = (one: Kept): Promise<EndedStream> => {
    one.ending ??= (async () => {
      const live = await openLive(one);
      await live.finishAnalysis();
      await live.sync();
      const samples = live.held;
      await relay.catchUp(live);
      await writeEnd(one.folder, samples);
      const recording = await makeRecording(context, pool, one.identity, one.folder, samples);
      kept.delete(one.identity.id);
      metrics.streams.set(kept.size);
      await rest(one);
      const events = await readOnlyEvents(one.folder);
      if (samples === 0) await removeStreamFolder(root, one.identity.id);
      for (const watcher of one.watchers) watcher.ended?.();
      return { stream: events, id: one.identity.id, samples, recording };
    })().catch((error: unknown) => {
      one.ending = null;
      throw error;
    });
    return one.ending;
  };
  const begin = async (device: string, hello: Hello, actor: Actor): Promise<Kept | Refusal> => {
    if (kept.size >= config.limits.streams) {
      const message = `${config.limits.streams} streams are open, as many as this server takes; try again later`;
      return { code: 'too-many-streams', message };
    }
    const { fs, leads, format, gain, baseline } = hello;
    const startedAt = new Date(now()).toISOString();
    const identity: StreamIdentity = {
      id: newStreamId(now()),
      device,
      owner: actor.id,
      startedAt,
      startTime: hello.startTime ?? null,
      format: { fs, leads, format, gain, baseline },
    };
    const one = keep(identity);
    try {
      await createStreamFolder(root, identity);
      await insertStream(database, rowOf(identity));
      await audit.append(actor, 'stream.create', identity.id);
    } catch (error) {
      kept.delete(identity.id);
      metrics.streams.set(kept.size);
      await removeStreamFolder(root, identity.id);
      throw error;
    }
    return one;
  };
  const goOn = async (device: string, id: string, hello: Hello): Promise<Kept | EndedStream | Refusal> => {
    const one = kept.get(id);
    const identity = one?.identity ?? (await readStreamFolder(root, id));
    if (identity === null || identity.device !== device)
      return { code: 'not-found', message: `stream ${id} of this device is not here, begin a new one` };
    const fault = differenceOf(identity, hello);
    if (fault !== null) return { code: 'mismatch', message: fault };
    if (one !== undefined && one.ending === null) return one;
    if (one?.ending) return one.ending;
    const samples = await readEnd(join(root, id));
    const { recording_id: recording } = await getStream(database, id);
    return { stream: await readOnlyEvents(join(root, id)), id, samples, recording };
  };
  /** Gives a stream to a connection once the one before has let go of it. */
  const enterKept = (one: Kept, connection: Connection): Promise<LiveStream> => {
    const entered = one.turn.then(async () => {
      one.connection?.close(CLOSE_CODES.takenOver, 'taken over');
      one.connection = connection;
      one.seen = now();
      connections.set(connection, one);
      const live = await openLive(one);
      await live.settled();
      return live;
    });
    one.turn = entered.catch(() => undefined);
    return entered;
  };

  await restore();
  void wake();
  const timers = [
    setInterval(() => {
      for (const connection of [...connections.keys()]) connection.tick(now());
    }, PING_S * 1000),
    setInterval(() => void syncAll(), SYNC_MS),
    setInterval(() => void endSilent(), Math.min(LOOK_MS, (endAfterS ?? 3600) * 250)),
    setInterval(() => void sweep().catch(told('old events of streams cannot be removed')), SWEEP_MS),
  ];
  for (const timer of timers) timer.unref();

  return {
    connect(device, socket, actor) {
      if (closed) {
        socket.close(1001, 'stopping');
        return;
      }
      const connection = createConnection(socket, {
        now,
        async enter(hello, asking) {
          const found =
            hello.stream === undefined
              ? await begin(device, hello, actor)
              : await goOn(device, hello.stream, hello);
          return 'folder' in found ? enterKept(found, asking) : found;
        },
        leave(leaving) {
          const one = connections.get(leaving);
          connections.delete(leaving);
          if (!one || one.connection !== leaving) return;
          one.connection = null;
          one.seen = now();
        },
        end: (stream) => {
          const one = kept.get(stream.identity.id);
          if (one === undefined) throw new EcgError('not-found', 'stream: it has ended');
          return end(one);
        },
        onFault: (fault) => log.error({ err: fault }, 'a stream cannot be served'),
      });
      connections.set(connection, null);
    },
    count: () => kept.size,
    state(id) {
      const one = kept.get(id);
      if (one === undefined) return null;
      const { opened, connection, last } = one;
      const known = opened === null ? last : { samples: opened.held, lastEvent: opened.lastEvent };
      return { connected: connection !== null, ...known };
    },
    async events(id) {
      const one = kept.get(id);
      if (one !== undefined) return openLive(one);
      if ((await readStreamFolder(root, id)) === null)
        throw new EcgError('not-found', `stream: there are no events of "${id}" (any more)`);
      return readOnlyEvents(join(root, id));
    },
    async format(id) {
      const identity = kept.get(id)?.identity ?? (await readStreamFolder(root, id));
      if (identity === null)
        throw new EcgError('not-found', `stream: there is nothing of "${id}" (any more)`);
      return identity.format;
    },
    watch(id, watcher) {
      const watchers = kept.get(id)?.watchers;
      watchers?.add(watcher);
      return () => watchers?.delete(watcher);
    },
    async end(id) {
      const one = kept.get(id);
      if (one === undefined) throw new EcgError('not-found', `stream: none is open with the id "${id}"`);
      one.connection?.close(CLOSE_CODES.ended, 'ended');
      return end(one);
    },
    async remove(ids) {
      for (const id of ids) if (!kept.has(id)) await removeStreamFolder(root, id);
    },
    async close() {
      closed = true;
      for (const timer of timers) clearInterval(timer);
      for (const connection of [...connections.keys()]) connection.close(1001, 'stopping');
      await Promise.allSettled([...kept.values()].map(({ ending }) => ending));
      for (const one of kept.values()) {
        const live = await one.live?.catch(() => null);
        await live?.sync().catch(told('a stream cannot be synced'));
        if (live) await relay.catchUp(live);
        await live?.close();
      }
      await pool.close();
    },
  };

  /** Finds the streams that were open when the server last ran, and finishes what was being ended. */
  async function restore(): Promise<void> {
    await removeUnfinished(root);
    const ids = await listStreamFolders(root);
    const open = new Set((await openStreams(database)).map(({ id }) => id));
    for (const id of ids) {
      const identity = await readStreamFolder(root, id);
      const hasSamples = (await readdir(join(root, id))).some((name) => name.endsWith('.samples'));
      if (identity !== null && open.has(id)) {
        keep(identity);
        open.delete(id);
        continue;
      }
      if (!hasSamples) continue;
      const row = await database.selectFrom('streams').select('id').where('id', '=', id).executeTakeFirst();
      if (identity !== null && row === undefined) {
        // A database that was put back from an older backup does not know what came since.
        await insertStream(database, rowOf(identity));
        keep(identity);
      } else if (identity !== null) await makeRecording(context, pool, identity, join(root, id), 1);
    }
    // On PostgreSQL the others may be those of another server.
    if (config.database.startsWith('sqlite:'))
      for (const id of open) await endStream(database, id, new Date(now()).toISOString(), null);
  }
  /** Lets the analysis hear what was stored and not heard when the server stopped, one stream after another. */
  async function wake(): Promise<void> {
    for (const one of [...kept.values()]) {
      if (closed) return;
      await openLive(one).catch(told('a stream cannot be opened'));
    }
  }
  async function syncAll(): Promise<void> {
    for (const { opened } of [...kept.values()])
      await opened?.sync().catch(told('samples of a stream cannot be synced'));
  }
  async function endSilent(): Promise<void> {
    for (const one of [...kept.values()]) {
      const quietMs = now() - Math.max(one.seen, one.opened?.lastHeardOf ?? 0);
      if (one.ending !== null) continue;
      if (endAfterS !== null && quietMs > endAfterS * 1000) {
        one.connection?.close(CLOSE_CODES.silent, 'silent');
        await end(one).catch(told('a silent stream cannot be ended'));
      } else if (one.connection === null && one.opened !== null && quietMs > REST_MS)
        if (one.opened.lag === 0) await rest(one).catch(told('a stream cannot be closed'));
    }
  }
  async function sweep(): Promise<void> {
    for (const id of await listStreamFolders(root)) {
      if (kept.has(id)) continue;
      const row = await database
        .selectFrom('streams')
        .select('ended_at')
        .where('id', '=', id)
        .executeTakeFirst();
      const old = row?.ended_at && now() - Date.parse(row.ended_at) > EVENTS_KEPT_MS;
      if (row === undefined || old) await removeStreamFolder(root, id);
    }
  }
  function told(message: string): (error: unknown) => void {
    return (error) => log.error({ err: error }, message);
  }
}

async function readOnlyEvents(folder: string): Promise<EndedStream['stream']> {
  const log = await openEventLog(folder);
  await log.close();
  return { lastEvent: log.last, events: (after, most) => log.read(after, most) };
}
