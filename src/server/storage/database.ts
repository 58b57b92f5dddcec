import { join } from 'node:path';
import { Kysely, PostgresAdapter } from 'kysely';
import { EcgError } from '../../core/index.js';
import { postgresDialect } from './postgres.js';
import { sqliteDialect } from './sqlite.js';
import type { Database, Tables } from './tables.js';

export type DatabaseDialect = 'sqlite' | 'postgres';

/** An open database. */
export interface OpenDatabase {
  readonly database: Database;
  readonly dialect: DatabaseDialect;
  close(): Promise<void>;
}

/**
 * A database as its address names it, nothing asked of it yet: `sqlite:` is a file of the data folder, anything that
 * begins with `postgres://` or `postgresql://` a server.
 *
 * @throws EcgError `bad-option` for another address
 */
export function openDatabase(url: string, folder: string): OpenDatabase {
  const dialect = dialectOfUrl(url);
  const database: Database = new Kysely<Tables>({
    dialect: dialect === 'sqlite' ? sqliteDialect(join(folder, 'ectopy.sqlite')) : postgresDialect(url),
  });
  return { database, dialect, close: () => database.destroy() };
}

export function dialectOfUrl(url: string): DatabaseDialect {
  if (url === 'sqlite:') return 'sqlite';
  if (/^postgres(ql)?:\/\//.test(url)) return 'postgres';
  // The address may hold a password: only what stands before its first colon is told.
  throw new EcgError(
    'bad-option',
    `database: an address that begins with "${url.split(':')[0]}:" is not known, use sqlite: or postgres://user@host/name`,
  );
}

/** Which database a query will run on. */
export function dialectOf(database: Database): DatabaseDialect {
  return database.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
}
