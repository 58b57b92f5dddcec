import { Migrator, sql } from 'kysely';
import { EcgError, VERSION } from '../../core/index.js';
import { dialectOf } from './database.js';
import { STEPS } from './migrations/steps.js';
import type { Database } from './tables.js';

/**
 * Brings the tables up to this version, in one transaction; does nothing when they are. Processes that start together
 * take turns.
 *
 * @throws EcgError `unsupported` when a newer version has changed them
 */
export async function migrate(database: Database): Promise<void> {
  const done = await stepsDone(database);
  const unknown = done.filter((name) => STEPS[name] === undefined);
  if (unknown.length > 0) {
    throw new EcgError(
      'unsupported',
      `database: its tables are those of a newer ectopy (${unknown.join(', ')}), ${VERSION} does not know them: ` +
        'start the version that changed them, or restore a backup into an empty store',
    );
  }
  if (done.length === Object.keys(STEPS).length) return;
  const dialect = dialectOf(database);
  const migrator = new Migrator({
    db: database,
    provider: {
      getMigrations: async () =>
        Object.fromEntries(
          Object.entries(STEPS).map(([name, step]) => [name, { up: (db) => step(db, dialect) }]),
        ),
    },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** Whether the tables have seen every change that this version knows. */
export async function isMigrated(database: Database): Promise<boolean> {
  const done = new Set(await stepsDone(database));
  return Object.keys(STEPS).every((name) => done.has(name));
}

/** Names of the changes that were made to the tables, none in an empty database. */
export async function stepsDone(database: Database): Promise<string[]> {
  const tables = await database.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
    database,
  );
  return rows.map(({ name }) => name);
}
