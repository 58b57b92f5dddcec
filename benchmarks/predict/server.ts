/** The server under load, alone in its process: the whole way of a request, with the resource `predict` only. */
import { openSync } from 'node:fs';
import pino from 'pino';
import * as v from 'valibot';
import { ServerConfigSchema } from '../../src/server/config.js';
import type { ServerContext } from '../../src/server/context.js';
import { PREDICT_ROUTES } from '../../src/server/contract/predict.js';
import { buildApp } from '../../src/server/http/app.js';
import { resource } from '../../src/server/http/resources.js';
import { createMetrics } from '../../src/server/observe/create-metrics.js';
import { createLogger } from '../../src/server/observe/logger.js';
import { createModelHost } from '../../src/server/predict/model-host.js';
import { predictHandlers } from '../../src/server/routes/predict.js';

const [logFile = '/dev/null'] = process.argv.slice(2);
let batches = 0;
let rows = 0;
const models = await createModelHost({
  models: ['screening'],
  onBatch: (_model, size) => {
    batches++;
    rows += size;
  },
});
await models.load('screening');
// As the server runs by itself: its defaults, with its log of every request.
const config = v.parse(ServerConfigSchema, { port: 0 });
const log = createLogger('info', pino.destination({ dest: openSync(logFile, 'w'), sync: true }));
const context = { config, models, metrics: createMetrics(), log, now: Date.now } as unknown as ServerContext;
const app = await buildApp(context, [resource(PREDICT_ROUTES, predictHandlers)]);
const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.send?.({ address });
process.on('message', async (asked) => {
  if (asked === 'batches') {
    process.send?.({ mean: rows / Math.max(1, batches), cpu: process.cpuUsage() });
    batches = 0;
    rows = 0;
  }
  if (asked === 'end') {
    await app.close();
    await models.close();
    process.exit(0);
  }
});
