import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect as dial, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import Libsql from 'libsql';
import { afterEach, describe, expect, it } from 'vitest';
import { makeTestPlace, POSTGRES_ANSWERS, titleOn } from '../../../tests/both-databases.js';
import { insertApiKey, listApiKeys } from './api-keys.js';
import { openDatabase } from './database.js';
import { describeDatabaseFault } from './database-faults.js';
import { migrate, stepsDone } from './migrate.js';
import { STEPS } from './migrations/steps.js';
import { openStorage, type Storage } from './open-storage.js';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const key = (id: string) => ({
  id,
  name: id,
  hash: id,
  role: 'viewer',
  created_at: '2026-01-01T00:00:00.000Z',
});

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function emptyPlace(dialect: 'sqlite' | 'postgres') {
  const { config, remove } = await makeTestPlace(dialect);
  cleanups.push(remove);
  return config;
}

async function opened(...[config, options]: Parameters<typeof openStorage>): Promise<Storage> {
  const storage = await openStorage(config, options);
  let open = true;
  const close = async () => {
    if (open) await storage.close();
    open = false;
  };
  cleanups.push(close);
  return { ...storage, close };
}

for (const dialect of ['sqlite', 'postgres'] as const) {
  describe.skipIf(dialect === 'postgres' && !POSTGRES_ANSWERS)(titleOn('migrations', dialect), () => {
    it('make the tables once, and find them made', async () => {
      const config = await emptyPlace(dialect);
      const first = await opened(config);
      expect(await stepsDone(first.database)).toEqual(Object.keys(STEPS));
      await insertApiKey(first.database, key('kept'));
      await first.close();
      const second = await opened(config);
      expect((await listApiKeys(second.database)).map(({ id }) => id)).toEqual(['kept']);
    });

    it('refuse the tables of a newer version, and leave them alone', async () => {
      const config = await emptyPlace(dialect);
      const storage = await opened(config);
      await sql`insert into kysely_migration (name, timestamp) values ('9999-future', '2030')`.execute(
        storage.database,
      );
      await storage.close();
      await expect(openStorage(config)).rejects.toMatchObject({
        name: 'EcgError',
        code: 'unsupported',
        message: expect.stringContaining('9999-future'),
      });
    });

    it('take turns when several start at once on an empty database', async () => {
      const config = await emptyPlace(dialect);
      await Promise.all(
        Array.from({ length: 4 }, async () => {
          const { database, close } = openDatabase(config.database, config.data);
          try {
            await migrate(database);
          } finally {
            await close();
          }
        }),
      );
      const storage = await opened(config);
      expect(await stepsDone(storage.database)).toEqual(Object.keys(STEPS));
    });
  });
}

describe('folder lock', () => {
  it('refuses a second server of the same folder with the number of the first, not a command beside it', async () => {
    const config = await emptyPlace('sqlite');
    const server = await opened(config);
    await expect(openStorage(config)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    const beside = await opened(config, { exclusive: false });
    await insertApiKey(beside.database, key('beside'));
    expect(await listApiKeys(server.database)).toHaveLength(1);
    await server.close();
    await opened(config);
  });

  it('of a killed process is free at once, and what it had committed is there', async () => {
    const config = await emptyPlace('sqlite');
    const script = `
      import { openStorage } from './src/server/storage/open-storage.ts';
      import { insertApiKey } from './src/server/storage/api-keys.ts';
      const storage = await openStorage(${JSON.stringify(config)});
      await insertApiKey(storage.database, ${JSON.stringify(key('acknowledged'))});
      storage.database.transaction().execute(async (transaction) => {
        await insertApiKey(transaction, ${JSON.stringify(key('half'))});
        console.log('committed');
        setInterval(() => {}, 1000);
        await new Promise(() => {});
      });
    `;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve());
      child.once('exit', (code) => reject(new Error(`the holder ended with ${code}`)));
    });
    await expect(openStorage(config)).rejects.toMatchObject({ code: 'conflict' });
    child.removeAllListeners('exit');
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    const storage = await opened(config);
    expect((await listApiKeys(storage.database)).map(({ id }) => id)).toEqual(['acknowledged']);
  });
});

describe('addresses of databases', () => {
  it('other than sqlite: and postgres: are refused without telling what is in them', () => {
    expect(() => openDatabase('mysql://me:secret@host/db', '/nowhere')).toThrow(
      expect.objectContaining({ code: 'bad-option', message: expect.not.stringContaining('secret') }),
    );
  });
});

describe('faults of the database', () => {
  it('SQLite waits for another writer without blocking the thread, and gives up with unavailable', async () => {
    const config = await emptyPlace('sqlite');
    const storage = await opened(config);
    const other = new Libsql(join(config.data, 'ectopy.sqlite'));
    cleanups.push(() => void other.close());
    other.exec('begin immediate');
    let turns = 0;
    const ticking = setInterval(() => turns++, 5);
    cleanups.push(() => clearInterval(ticking));
    setTimeout(() => other.exec('commit'), 300);
    await insertApiKey(storage.database, key('waited'));
    expect(turns).toBeGreaterThan(20);

    other.exec('begin immediate');
    await expect(insertApiKey(storage.database, key('never'))).rejects.toMatchObject({ code: 'unavailable' });
    other.exec('commit');
    await insertApiKey(storage.database, key('after'));
    expect((await listApiKeys(storage.database)).map(({ id }) => id)).toEqual(['after', 'waited']);
  }, 30_000);

  it('a full SQLite disk is storage-full, changes nothing, and writing goes on with room again', async () => {
    const storage = await opened(await emptyPlace('sqlite'));
    const { database } = storage;
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(database);
    await sql`pragma max_page_count = ${sql.lit(rows[0]!.page_count)}`.execute(database);
    const large = { ...key('large'), name: 'x'.repeat(200_000) };
    await expect(insertApiKey(database, large)).rejects.toMatchObject({ code: 'storage-full' });
    await expect(
      database.transaction().execute(async (transaction) => {
        await insertApiKey(transaction, key('with it'));
        await insertApiKey(transaction, large);
      }),
    ).rejects.toMatchObject({ code: 'storage-full' });
    expect(await listApiKeys(database)).toEqual([]);
    await sql`pragma max_page_count = 1000000`.execute(database);
    await insertApiKey(database, large);
    expect(await listApiKeys(database)).toHaveLength(1);
  });

  it('are told apart by their codes, and what is not a fault of the database stays as it is', () => {
    const fault = (code: string, message = 'x') => Object.assign(new Error(message), { code });
    const codes = {
      'storage-full': ['SQLITE_FULL', '53100'],
      conflict: ['23505', 'SQLITE_CONSTRAINT_PRIMARYKEY'],
      'not-found': ['23503', 'SQLITE_CONSTRAINT_FOREIGNKEY'],
      unavailable: ['ECONNREFUSED', '57P01', '53300', '08006', 'SQLITE_BUSY', 'SQLITE_IOERR_WRITE', '40P01'],
    };
    for (const [expected, given] of Object.entries(codes)) {
      for (const code of given)
        expect(describeDatabaseFault(fault(code)), code).toMatchObject({ code: expected });
    }
    const ours = fault('42601', 'syntax error');
    expect(describeDatabaseFault(ours)).toBe(ours);
  });
});

describe.skipIf(!POSTGRES_ANSWERS)(titleOn('a database that goes and comes back', 'postgres'), () => {
  it('is unavailable while it is gone, works again, and the process lives', async () => {
    const config = await emptyPlace('postgres');
    const address = new URL(config.database);
    const real = { port: Number(address.port), host: address.hostname };
    // A door in front of the real server that can be shut.
    const open = new Set<Socket>();
    let shut = false;
    const door = createServer((socket) => {
      if (shut) {
        socket.resetAndDestroy();
        return;
      }
      const upstream = dial(real);
      for (const [one, other] of [
        [socket, upstream],
        [upstream, socket],
      ] as const) {
        open.add(one);
        one
          .on('error', () => {})
          .on('close', () => {
            open.delete(one);
            other.destroy();
          });
        one.pipe(other);
      }
    });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => new Promise<void>((resolve) => door.close(() => resolve())));
    const { port } = door.address() as { port: number };
    address.port = String(port);
    const storage = await opened({ ...config, database: address.href });
    await insertApiKey(storage.database, key('before'));

    // Gone under a running transaction: nothing of it stays.
    const torn = storage.database.transaction().execute(async (transaction) => {
      await insertApiKey(transaction, key('torn'));
      shut = true;
      for (const socket of open) socket.resetAndDestroy();
      await insertApiKey(transaction, key('never'));
    });
    await expect(torn).rejects.toMatchObject({ name: 'ServiceFault', code: 'unavailable' });
    for (let i = 0; i < 3; i++) {
      await expect(listApiKeys(storage.database)).rejects.toMatchObject({ code: 'unavailable' });
    }

    shut = false;
    expect((await listApiKeys(storage.database)).map(({ id }) => id)).toEqual(['before']);
    await storage.database.transaction().execute((transaction) => insertApiKey(transaction, key('after')));
    expect(await listApiKeys(storage.database)).toHaveLength(2);

    // Idle connections that the server itself ends do no harm either.
    const other = openDatabase(config.database, config.data);
    cleanups.push(() => other.close());
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(other.database);
    await expect
      .poll(
        () =>
          listApiKeys(storage.database).then(
            (keys) => keys.length,
            () => 0,
          ),
        { timeout: 5_000 },
      )
      .toBe(2);
  });

  it('a server that is not there is told at start, within seconds and without its password', async () => {
    const data = await mkdtemp(join(tmpdir(), 'ectopy-storage-'));
    cleanups.push(() => rm(data, { recursive: true }));
    await expect(
      openStorage({ data, database: 'postgres://me:secret@127.0.0.1:1/none' }),
    ).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.not.stringContaining('secret'),
    });
  });
});
