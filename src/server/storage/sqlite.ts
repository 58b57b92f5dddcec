import { CompiledQuery, type Dialect, SqliteAdapter, SqliteDialect } from 'kysely';
import Libsql from 'libsql';
import { describeDatabaseFault, isBusy } from './database-faults.js';
import { FaultDriver } from './fault-driver.js';

/** A write waits this often, and at most this long in all (about 5 s), for another process to let go of the file. */
const TRIES = 60;
const LONGEST_WAIT_MS = 100;

/**
 * SQLite in one file, written ahead and synchronised on every commit, so that what was acknowledged survives a power
 * failure. Calls are synchronous; only waiting for another process is not.
 */
export function sqliteDialect(path: string): Dialect {
  const inner = new SqliteDialect({
    database: async () => {
      // The library's own waiting would block the thread.
      const file = new Libsql(path, { timeout: 0 });
      for (const setting of SETTINGS) await patiently(() => file.exec(`PRAGMA ${setting}`));
      return file;
    },
  });
  return {
    createAdapter: () => new TransactionalSqliteAdapter(),
    createDriver: () =>
      new FaultDriver(inner.createDriver(), {
        // A transaction that begins by reading cannot always go on to write: writers take their turn at once.
        begin: ({ accessMode }) =>
          CompiledQuery.raw(accessMode === 'read only' ? 'begin' : 'begin immediate'),
        retryAfterMs: busyWaitMs,
        describe: describeDatabaseFault,
      }),
    createIntrospector: (database) => inner.createIntrospector(database),
    createQueryCompiler: () => inner.createQueryCompiler(),
  };
}

const SETTINGS = ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON'];

/** SQLite changes tables within transactions; Kysely's own adapter does not make use of it. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function busyWaitMs(error: unknown, attempt: number): number | undefined {
  if (!isBusy(error) || attempt > TRIES) return undefined;
  return Math.min(LONGEST_WAIT_MS, 2 ** attempt);
}

async function patiently(work: () => void): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      work();
      return;
    } catch (fault) {
      const waitMs = busyWaitMs(fault, attempt);
      if (waitMs === undefined) throw fault;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}
