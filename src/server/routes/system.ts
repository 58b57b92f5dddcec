import { statfs } from 'node:fs/promises';
import { VERSION } from '../../core/index.js';
import type { ServerContext } from '../context.js';
import { writeOpenApi } from '../contract/openapi.js';
import type { SYSTEM_ROUTES } from '../contract/system.js';
import type { Handlers } from '../http/handler.js';

/** Health, status, metrics and the description of the interface. */
export function systemHandlers(context: ServerContext): Handlers<typeof SYSTEM_ROUTES> {
  const { config, database, models, streams, metrics, now } = context;
  const startedAt = new Date(now()).toISOString();
  const countJobs = async (status: string): Promise<number> => {
    const row = await database
      .selectFrom('jobs')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('status', '=', status)
      .executeTakeFirstOrThrow();
    return Number(row.count);
  };
  let document: Promise<string> | undefined;
  return {
    health: async () => ({
      body: { status: 'ok', version: VERSION, statement: 'Research use only: not a medical device.' },
    }),
    status: async () => {
      const [queued, running, failed, recordings, files, disk] = await Promise.all([
        countJobs('queued'),
        countJobs('running'),
        countJobs('failed'),
        database
          .selectFrom('recordings')
          .select(({ fn }) => fn.countAll().as('count'))
          .executeTakeFirstOrThrow(),
        database
          .selectFrom('recording_files')
          .select(({ fn }) => fn.sum('bytes').as('bytes'))
          .executeTakeFirstOrThrow(),
        statfs(config.data),
      ]);
      return {
        body: {
          version: VERSION,
          node: process.version,
          startedAt,
          database: config.database.startsWith('sqlite:') ? 'sqlite' : 'postgres',
          queue: { kind: config.nats === null ? 'in-process' : 'nats', queued, running, failed },
          storage: {
            recordings: Number(recordings.count),
            bytes: Number(files.bytes ?? 0),
            freeBytes: disk.bavail * disk.bsize,
          },
          streams: streams.count(),
          models: models.list().map(({ name, version }) => ({ name, version })),
        },
      };
    },
    metrics: async () => {
      metrics.streams.set(streams.count());
      metrics.queued.set(await countJobs('queued'));
      return { body: await metrics.registry.metrics(), type: metrics.registry.contentType };
    },
    openapi: async () => {
      // The table of resources knows this file: it is asked for when the first client asks.
      document ??= import('../http/resources.js').then(({ RESOURCES }) =>
        JSON.stringify(writeOpenApi(RESOURCES.map(({ routes }) => routes))),
      );
      return { body: await document, type: 'application/json' };
    },
  };
}
