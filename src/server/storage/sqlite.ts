import { CompiledQuery, type Dialect, SqliteAdapter, type SqliteDatabase, SqliteDialect } from 'kysely';
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
      return lettingGo(file);
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

/** The cache is 32 MiB: with the usual 2, a search of 100,000 recordings reads its pages again and again. */
const SETTINGS = ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'cache_size = -32768'];

/**
 * The file as Kysely uses it, so that it never keeps a lock by mistake: a prepared statement of this library that met
 * another writer is not reset, and holds the lock of the next one that succeeds. So waiting is left to `begin`, which
 * is not prepared, and a write by itself is a transaction of its own.
 */
function lettingGo(file: Libsql.Database): SqliteDatabase {
  const alone = <T>(sql: string, work: () => T): T => {
    if (file.inTransaction || READS.test(sql)) return work();
    file.exec('begin immediate');
    try {
      const result = work();
      file.exec('commit');
      return result;
    } catch (fault) {
      // A full disk has rolled back already.
      if (file.inTransaction) file.exec('rollback');
      throw fault;
    }
  };
  return {
    prepare(sql) {
      if (CONTROLS.test(sql)) return controlling(file, sql);
      const statement = file.prepare(sql);
      return {
        reader: statement.reader,
        all: (parameters) => alone(sql, () => statement.all(parameters)),
        run(parameters) {
          const { changes, lastInsertRowid } = alone(sql, () => statement.run(parameters));
          return { changes, lastInsertRowid };
        },
        iterate: (parameters) => statement.iterate(parameters),
      };
    },
    close: () => file.close(),
  };
}

const READS = /^\s*(select|pragma|explain)\b/i;
const CONTROLS = /^\s*(begin|commit|rollback|savepoint|release)\b/i;

function controlling(file: Libsql.Database, sql: string): ReturnType<SqliteDatabase['prepare']> {
  return {
    reader: false,
    all: () => [],
    run() {
      file.exec(sql);
      return { changes: 0, lastInsertRowid: 0 };
    },
    iterate: () => [][Symbol.iterator](),
  };
}

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
