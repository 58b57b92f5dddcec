import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { EcgError, VERSION } from '../core/index.js';
import type { Actor } from './access/actor.js';
import { createAuditLog } from './access/audit-log.js';
import { createAuthenticate } from './access/authenticate.js';
import { createAlertHub } from './alerts/create-alert-hub.js';
import { privateWebhooksAllowed } from './alerts/private-webhooks.js';
import type { ServerConfig } from './config.js';
import { ServiceFault } from './fault.js';
import { buildApp } from './http/app.js';
import { createJobs } from './jobs/create-jobs.js';
import { createMetrics } from './observe/create-metrics.js';
import { createLogger } from './observe/logger.js';
import { openTraces } from './observe/traces.js';
import { createModelHost, type ModelHost, SCREENING_MODEL } from './predict/model-host.js';
import { openStorage } from './storage/open-storage.js';
import { repairStorage } from './storage/repair.js';
import { startUpkeep } from './storage/upkeep.js';
import { createStreamHub } from './streams/stream-hub.js';

/** A server that answers. */
export interface RunningServer {
  /** Where it listens: `http://127.0.0.1:5000`. */
  readonly url: string;
  /** Stops accepting, lets requests, streams and jobs end or be taken up later, and closes what they wrote to. Twice is once. */
  close(): Promise<void>;
}

/** ms that the server may take to close, and that each of its parts gets however long the others took. */
const CLOSE_MS = 12_000;
const LEAST_CLOSE_MS = 1000;
/** ms after which networks are loaded that nobody has asked yet. */
const WARM_UP_MS = 1000;
/** On whose behalf old recordings are deleted. */
const SYSTEM: Actor = { id: 'system', kind: 'system', role: 'admin' };

/**
 * Starts a server: what a crash left is repaired first, what depends on something starts after it and closes before it.
 *
 * @throws ServiceFault `conflict` when the port or the folder is taken, `unavailable` without the database;
 *   EcgError `bad-option` for an address that is not this machine's
 */
export async function startServer(config: ServerConfig): Promise<RunningServer> {
  const parts: { readonly name: string; close(): Promise<void> }[] = [];
  const log = createLogger(config.log);
  const closeAll = async (): Promise<void> => {
    const until = performance.now() + CLOSE_MS;
    for (const part of parts.reverse().splice(0)) {
      await closeInTime(part, Math.max(LEAST_CLOSE_MS, until - performance.now())).catch((err: unknown) =>
        log.error({ err, part: part.name }, 'a part of the server did not close properly'),
      );
    }
  };
  /** Remembers what is to be closed; what was opened last closes first. */
  const keep = <T extends { close(): Promise<void> }>(name: string, part: T): T => {
    parts.push({ name, close: () => part.close() });
    return part;
  };
  try {
    const now = Date.now;
    const metrics = createMetrics();
    const traces =
      config.traces === null ? undefined : keep('traces', await openTraces(config.traces, VERSION));
    const storage = keep('storage', await openStorage(config));
    const { database, blobs } = storage;
    const repaired = await repairStorage(storage, { now: now(), alone: storage.dialect === 'sqlite' });
    log.info({ ...repaired }, 'storage is in order');
    const audit = createAuditLog(database, now);
    const models = keep(
      'models',
      await createModelHost({ onBatch: (model, rows) => metrics.batch.observe({ model }, rows) }),
    );
    const jobs = keep('jobs', createJobs({ config, database, blobs, log, metrics, now }));
    const alerts = keep(
      'alerts',
      createAlertHub({ database, metrics, log, now }, { allowPrivate: privateWebhooksAllowed(config) }),
    );
    const base = { config, database, blobs, jobs, alerts, audit, metrics, traces, log, now };
    const streams = keep('streams', await createStreamHub(base));
    const authenticate = createAuthenticate(config, database, now);
    const app = keep('requests', await buildApp({ ...base, models, streams, authenticate }));
    keep(
      'upkeep',
      startUpkeep(storage, {
        retentionDays: config.retentionDays,
        now,
        onDeleted: async (id, { streams: ended }) => {
          await streams.remove(ended);
          await audit.append(SYSTEM, 'recording.delete', id, { reason: 'retention' });
        },
        onFault: (err) => log.error({ err }, 'upkeep failed and is tried again'),
      }),
    );
    await app.listen({ host: config.host, port: config.port }).catch((fault: unknown) => {
      throw listenFault(fault, config);
    });
    const url = urlOf(config.host, (app.server.address() as AddressInfo).port);
    log.info({ version: VERSION }, 'the server answers');
    keep('warming up', warmUp(models, log));
    let closing: Promise<void> | undefined;
    return {
      url,
      close() {
        closing ??= closeAll();
        return closing;
      },
    };
  } catch (fault) {
    await closeAll();
    throw fault;
  }
}

/** Loads the network that is asked most, so that the first who asks does not wait; what closes soon never begins it. */
function warmUp(models: ModelHost, log: Logger): { close(): Promise<void> } {
  const timer = setTimeout(() => {
    models.load(SCREENING_MODEL).catch((err: unknown) => log.warn({ err }, 'screening cannot be loaded'));
  }, WARM_UP_MS).unref();
  return { close: async () => clearTimeout(timer) };
}

/** Closes a part, or gives it up: what waits for something that never comes must not keep the rest from closing. */
async function closeInTime(part: { close(): Promise<void> }, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ServiceFault('timed-out', 'serve: not closed in time')), ms);
  });
  try {
    await Promise.race([part.close(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function listenFault(fault: unknown, { host, port }: ServerConfig): unknown {
  const code = fault instanceof Error && 'code' in fault ? fault.code : undefined;
  if (code === 'EADDRINUSE')
    return new ServiceFault(
      'conflict',
      `serve: port ${port} is taken, by another server perhaps; choose another with --port (0 takes any)`,
    );
  if (code === 'EACCES')
    return new EcgError(
      'bad-option',
      `serve: port ${port} may not be used; choose one above 1023 with --port`,
    );
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new EcgError('bad-option', `serve: ${host} is no address of this machine; see --host`);
  return fault;
}

/** An address a browser on this machine can open. */
function urlOf(host: string, port: number): string {
  const named = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${named.includes(':') ? `[${named}]` : named}:${port}`;
}
