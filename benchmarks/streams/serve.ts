/**
 * A server with storage, jobs, streams and alerts in a folder, as a process of its own that may be killed. Says its
 * port, then every second what it takes.
 *
 *   npx tsx benchmarks/streams/serve.ts FOLDER [--threads N] [--networks none]
 */
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { createAlertHub } from '../../src/server/alerts/create-alert-hub.js';
import { ServerConfigSchema } from '../../src/server/config.js';
import type { ServerContext } from '../../src/server/context.js';
import { ALERTS_ROUTES, WEBHOOKS_ROUTES } from '../../src/server/contract/alerts.js';
import { STREAMS_ROUTES } from '../../src/server/contract/streams.js';
import { buildApp } from '../../src/server/http/app.js';
import { resource } from '../../src/server/http/resources.js';
import { createJobs } from '../../src/server/jobs/create-jobs.js';
import { createMetrics } from '../../src/server/observe/create-metrics.js';
import { createLogger } from '../../src/server/observe/logger.js';
import { alertsHandlers } from '../../src/server/routes/alerts.js';
import { streamsHandlers } from '../../src/server/routes/streams.js';
import { webhooksHandlers } from '../../src/server/routes/webhooks.js';
import { openStorage } from '../../src/server/storage/open-storage.js';
import { createStreamHub } from '../../src/server/streams/stream-hub.js';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { threads: { type: 'string' }, networks: { type: 'string', default: 'bundled' } },
});
const config = v.parse(ServerConfigSchema, { data: positionals[0], port: 0, log: 'error' });
const log = createLogger('error');
const metrics = createMetrics();
const storage = await openStorage(config);
const { database, blobs } = storage;
const jobs = createJobs({ config, database, blobs, log });
const alerts = createAlertHub({ database, metrics, log, now: Date.now }, { allowPrivate: true });
const audit = { append: async () => undefined };
const parts = { config, database, blobs, jobs, alerts, audit, metrics, log, now: Date.now };
const streams = await createStreamHub(parts, {
  networks: flags.networks !== 'none',
  ...(flags.threads === undefined ? {} : { threads: Number(flags.threads) }),
});
// Only what streams need: the other parts have tests and benchmarks of their own.
const context = { ...parts, streams } as unknown as ServerContext;
const app = await buildApp(context, [
  resource(STREAMS_ROUTES, streamsHandlers),
  resource(ALERTS_ROUTES, alertsHandlers),
  resource(WEBHOOKS_ROUTES, webhooksHandlers),
]);
const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ address })}\n`);
const timer = setInterval(() => {
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.stdout.write(`${JSON.stringify({ rss, heapUsed, external, cpuS: (user + system) / 1e6 })}\n`);
}, 1000);
timer.unref();
process.once('SIGTERM', async () => {
  await app.close();
  await streams.close();
  await alerts.close();
  await jobs.close();
  await storage.close();
  process.exit(0);
});
