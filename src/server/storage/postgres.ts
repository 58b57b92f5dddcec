import { type Dialect, PostgresDialect, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { describeDatabaseFault, lostConnection } from './database-faults.js';
import { FaultDriver } from './fault-driver.js';

const CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 30_000;
/** Type numbers of PostgreSQL: `bigint`, and `numeric` as sums of it give. */
const INT8 = 20;
const NUMERIC = 1700;

/** PostgreSQL behind a pool that outlives the database: connections that broke are replaced when it is back. */
export function postgresDialect(url: string): Dialect {
  const inner = new PostgresDialect({ pool: async () => steadyPool(url) });
  return {
    createAdapter: () => inner.createAdapter(),
    createDriver: () =>
      new FaultDriver(inner.createDriver(), {
        begin: undefined,
        retryAfterMs: () => undefined,
        describe: describeDatabaseFault,
      }),
    createIntrospector: (database) => inner.createIntrospector(database),
    createQueryCompiler: () => inner.createQueryCompiler(),
  };
}

/** As much of a pool as Kysely uses; a client that met a broken connection is not handed out again. */
function steadyPool(url: string): { connect(): Promise<PostgresPoolClient>; end(): Promise<void> } {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    statement_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'ectopy',
    types: { getTypeParser: parserOf },
  });
  // Both would end the process if nobody listened; the next query tells of the fault.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    async connect() {
      const client = await pool.connect();
      const steady = known.get(client) ?? steadyClient(client);
      known.set(client, steady);
      return steady;
    },
    end: () => pool.end(),
  };
}

function steadyClient(client: pg.PoolClient): PostgresPoolClient {
  let broken = false;
  // Without cursors, which Kysely only uses when it is given a cursor of `pg`.
  const query = async (sql: string, parameters: readonly unknown[]) => {
    try {
      return await client.query(sql, [...parameters]);
    } catch (fault) {
      broken ||= lostConnection(fault);
      throw fault;
    }
  };
  return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release(broken) };
}

/** Whole numbers of ours stay below 2⁵³, so they come as numbers like those of SQLite. */
function parserOf(type: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (type === INT8 || type === NUMERIC) return Number;
  return format === 'binary' ? pg.types.getTypeParser(type, 'binary') : pg.types.getTypeParser(type);
}
