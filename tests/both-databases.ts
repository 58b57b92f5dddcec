import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import type { DatabaseDialect } from '../src/server/storage/database.js';
import { openStorage, type Storage } from '../src/server/storage/open-storage.js';

/** Where tests find a PostgreSQL that lets them create databases. */
const POSTGRES = process.env['ECTOPY_TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** Whether one answers; tests that need it say in their name that they were skipped for want of it. */
export const POSTGRES_ANSWERS = await administer('select 1').then(
  () => true,
  () => false,
);

/** An installation of a test, on a database of its own. */
export interface TestStorage {
  readonly storage: Storage;
  readonly dialect: DatabaseDialect;
  /** For more processes or connections on the same installation. */
  readonly config: { readonly data: string; readonly database: string };
  remove(): Promise<void>;
}

/** A new, empty installation in a temporary folder; on PostgreSQL with a new database. */
export async function makeTestStorage(dialect: DatabaseDialect): Promise<TestStorage> {
  const { config, remove } = await makeTestPlace(dialect);
  const storage = await openStorage(config);
  return {
    storage,
    dialect,
    config,
    async remove() {
      await storage.close();
      await remove();
    },
  };
}

/** Where an installation may be made: an empty folder, and on PostgreSQL an empty database. */
export async function makeTestPlace(
  dialect: DatabaseDialect,
): Promise<Pick<TestStorage, 'config' | 'remove'>> {
  const data = await mkdtemp(join(tmpdir(), 'ectopy-storage-'));
  const name = `ectopy_test_${randomUUID().replaceAll('-', '')}`;
  if (dialect === 'postgres') await administer(`create database ${name}`);
  return {
    config: { data, database: dialect === 'sqlite' ? 'sqlite:' : POSTGRES.replace(/\/[^/]*$/, `/${name}`) },
    async remove() {
      if (dialect === 'postgres') await administer(`drop database ${name} with (force)`);
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Describes the same for each database, on an installation that its tests share. */
export function describeOnBothDatabases(name: string, tests: (place: () => TestStorage) => void): void {
  for (const dialect of ['sqlite', 'postgres'] as const) {
    describe.skipIf(dialect === 'postgres' && !POSTGRES_ANSWERS)(titleOn(name, dialect), () => {
      let made: TestStorage | undefined;
      beforeAll(async () => {
        made = await makeTestStorage(dialect);
      });
      afterAll(() => made?.remove());
      tests(() => made!);
    });
  }
}

/** A title that says where it ran, or why it did not. */
export function titleOn(name: string, dialect: DatabaseDialect): string {
  if (dialect === 'sqlite') return `${name}, on SQLite`;
  return `${name}, on PostgreSQL${POSTGRES_ANSWERS ? '' : ' (none answers: set ECTOPY_TEST_POSTGRES)'}`;
}

/** Runs one statement as the administrator of the server. */
async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: POSTGRES, connectionTimeoutMillis: 2_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
