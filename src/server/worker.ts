import type { Logger } from 'pino';
import { EcgError } from '../core/index.js';
import type { ServerConfig } from './config.js';
import { createJobs } from './jobs/create-jobs.js';
import { createLogger } from './observe/logger.js';
import { dialectOfUrl } from './storage/database.js';
import { openStorage } from './storage/open-storage.js';

/** A process that runs jobs and answers nobody. */
export interface RunningWorker {
  /** Gives back what runs, and ends. */
  close(): Promise<void>;
}

/**
 * Joins the workers of an installation: whoever has the same database and the same data folder may, from any machine.
 *
 * @param config  `database`, `data`, `nats`, `workers` and `limits` as those of its server
 * @throws ServiceFault `unavailable` when the database does not answer; EcgError `bad-option` for SQLite, whose file
 *   is one server's own, and without workers
 */
export async function startWorker(
  config: Pick<ServerConfig, 'data' | 'database' | 'nats' | 'workers' | 'limits' | 'pseudonymise' | 'log'>,
  { log = createLogger(config.log) }: { readonly log?: Logger } = {},
): Promise<RunningWorker> {
  if (dialectOfUrl(config.database) === 'sqlite')
    throw new EcgError(
      'bad-option',
      'worker: a SQLite file belongs to its server; give that more --workers, or let both use --database postgres://…',
    );
  if (config.workers === 0) throw new EcgError('bad-option', 'worker: with 0 workers there is nothing to do');
  const { database, blobs, close } = await openStorage(config, { exclusive: false });
  const jobs = createJobs({ config, database, blobs, log });
  log.info({ workers: config.workers }, 'worker ready');
  return {
    async close() {
      await jobs.close();
      await close();
    },
  };
}
