import { createAlertHub } from '../src/server/alerts/create-alert-hub.js';
import type { DeliveryOptions } from '../src/server/alerts/deliver.js';
import type { ServerConfigInput } from '../src/server/config.js';
import type { ServerContext } from '../src/server/context.js';
import { ALERTS_ROUTES, WEBHOOKS_ROUTES } from '../src/server/contract/alerts.js';
import { STREAMS_ROUTES } from '../src/server/contract/streams.js';
import { buildApp } from '../src/server/http/app.js';
import { resource } from '../src/server/http/resources.js';
import { createJobs } from '../src/server/jobs/create-jobs.js';
import { alertsHandlers } from '../src/server/routes/alerts.js';
import { streamsHandlers } from '../src/server/routes/streams.js';
import { webhooksHandlers } from '../src/server/routes/webhooks.js';
import { createStreamHub, type StreamHubOptions } from '../src/server/streams/stream-hub.js';
import type { TestStorage } from './both-databases.js';
import { contextOf } from './server-context.js';

/** A server of streams, alerts and webhooks over a test's storage, on any free port. */
export interface StreamServer {
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  /** `ws://127.0.0.1:PORT/v1/streams/`. */
  readonly sockets: string;
  readonly context: ServerContext;
  close(): Promise<void>;
}

/** Starts one, without networks unless they are asked for: what they add is tested with the analysis. */
export async function serveStreams(
  { storage, config: place }: TestStorage,
  {
    hub = {},
    config = {},
    delivery = {},
  }: {
    readonly hub?: StreamHubOptions;
    readonly config?: ServerConfigInput;
    readonly delivery?: Partial<DeliveryOptions>;
  } = {},
): Promise<StreamServer> {
  const { database, blobs } = storage;
  const parts = contextOf({ database, blobs }, { ...place, ...config });
  const { log, metrics, now } = parts;
  const jobs = createJobs({ config: parts.config, database, blobs, log });
  const alerts = createAlertHub({ database, metrics, log, now }, { allowPrivate: true, ...delivery });
  const base = { ...partsOf(parts), database, blobs, jobs, alerts };
  const streams = await createStreamHub(base, { networks: false, threads: 1, ...hub });
  const context = contextOf({ ...base, streams }, { ...place, ...config });
  const app = await buildApp(context, [
    resource(STREAMS_ROUTES, streamsHandlers),
    resource(ALERTS_ROUTES, alertsHandlers),
    resource(WEBHOOKS_ROUTES, webhooksHandlers),
  ]);
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    address,
    sockets: `${address.replace('http', 'ws')}/v1/streams/`,
    context,
    async close() {
      await streams.close();
      await app.close();
      await alerts.close();
      await jobs.close();
    },
  };
}

function partsOf({ config, log, metrics, audit, now }: ServerContext) {
  return { config, log, metrics, audit, now };
}

/** Looks again and again until something holds; fails after a while. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, ms = 15_000) {
  for (const end = Date.now() + ms; ; ) {
    if (await holds()) return;
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
