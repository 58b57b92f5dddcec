import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import { pack as createPack, type Pack } from 'tar-stream';
import { breatheWhenDue, EcgError, type RunOptions, throwIfCancelled, VERSION } from '../../core/index.js';
import {
  BACKUP_VERSION,
  type BackupHeader,
  type BackupManifest,
  BLOB_COLUMNS,
  HEADER,
  MANIFEST,
  SEAL,
  TABLE_NAMES,
  TABLES,
  tablePart,
} from './backup-format.js';
import { describeFileFault, syncFolder } from './durable-files.js';
import type { HeldBlobs } from './file-blobs.js';
import { stepsDone } from './migrate.js';
import type { Storage } from './open-storage.js';
import type { Database, Tables } from './tables.js';

/** Rows that are read at once, and bytes of a part of a table. */
const ROWS = 500;
const PART_BYTES = 1 << 20;
/** Snapshots that are taken before giving up, when recordings are deleted faster than their blobs can be held. */
const SNAPSHOTS = 5;

export interface BackupReport {
  readonly rows: number;
  readonly blobs: number;
  /** Of the whole file. */
  readonly bytes: number;
}

/**
 * Writes all of an installation into a new file: every row as of one moment, and every blob those rows name. The server
 * may go on working. The file appears when it is whole and safe on disk.
 *
 * Live streams, unfinished uploads and temporary files are not in it; API keys are, as hashes, and the secrets that
 * sign webhooks as they are: keep the file as carefully as the data folder.
 *
 * @throws EcgError `bad-option` when the file is there, `cancelled`; ServiceFault `storage-full`, `unavailable`
 */
export async function writeBackup(
  storage: Pick<Storage, 'database' | 'blobs'>,
  path: string,
  options: RunOptions = {},
): Promise<BackupReport> {
  if (await isThere(path)) {
    throw new EcgError('bad-option', `backup: ${path} is there already, give the name of a new file`);
  }
  const part = `${path}.part`;
  for (let snapshot = 1; snapshot <= SNAPSHOTS; snapshot++) {
    try {
      const report = await writeArchive(storage, part, options);
      if (report === undefined) continue;
      await rename(part, path);
      await syncFolder(dirname(path));
      return report;
    } catch (fault) {
      throw describeFileFault(fault);
    } finally {
      await rm(part, { force: true });
    }
  }
  throw new EcgError('cancelled', 'backup: recordings are being deleted all the time, try again later');
}

/** The archive of one snapshot, or undefined when a blob of it had been deleted before it could be held. */
async function writeArchive(
  { database, blobs }: Pick<Storage, 'database' | 'blobs'>,
  path: string,
  options: RunOptions,
): Promise<BackupReport | undefined> {
  const archive = await createArchive(path);
  let held: HeldBlobs | undefined;
  try {
    const named = new Set<string>();
    const rows = await database
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((snapshot) => addTables(archive, snapshot, named, options));
    held = await blobs.hold(named);
    if (held === undefined) return undefined;
    const entries = [...archive.entries];
    const bytes = await addBlobs(archive, held, named, options);
    const manifest: BackupManifest = {
      entries,
      blobs: { count: named.size, bytes, sha256: hashOf([...named].map((name) => `${name}\n`).join('')) },
    };
    const text = JSON.stringify(manifest);
    await archive.add(MANIFEST, text);
    await archive.add(SEAL, `${hashOf(text)}\n`);
    return { rows, blobs: named.size, bytes: await archive.finish() };
  } finally {
    await archive.close();
    await held?.release();
  }
}

async function addTables(
  archive: Archive,
  snapshot: Database,
  named: Set<string>,
  options: RunOptions,
): Promise<number> {
  const counts = {} as BackupHeader['rows'];
  let total = 0;
  for (const table of TABLE_NAMES) {
    const { n } = await snapshot
      .selectFrom(table)
      .select((row) => row.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    counts[table] = n;
    total += n;
  }
  const header: BackupHeader = {
    format: 'ectopy-backup',
    version: BACKUP_VERSION,
    ectopy: VERSION,
    createdAt: new Date().toISOString(),
    schema: await stepsDone(snapshot),
    rows: counts,
  };
  await archive.add(HEADER, JSON.stringify(header));
  let done = 0;
  for (const table of TABLE_NAMES) {
    let number = 0;
    let lines: string[] = [];
    let bytes = 0;
    const flush = async () => {
      if (lines.length > 0) await archive.add(tablePart(table, ++number), lines.join(''));
      lines = [];
      bytes = 0;
    };
    for await (const row of rowsInOrder(snapshot, table)) {
      throwIfCancelled(options, 'backup');
      for (const column of BLOB_COLUMNS[table] ?? []) {
        const sha256 = row[column];
        if (typeof sha256 === 'string') named.add(sha256);
      }
      const line = `${JSON.stringify(row)}\n`;
      lines.push(line);
      bytes += line.length;
      if (bytes >= PART_BYTES) await flush();
      if (++done % ROWS === 0) options.onProgress?.({ stage: 'tables', done, total });
    }
    await flush();
  }
  return total;
}

/** Every row of a table, a few hundred at a time. */
async function* rowsInOrder(
  snapshot: Database,
  table: keyof Tables,
): AsyncGenerator<Record<string, unknown>> {
  const key = TABLES[table];
  const columns = sql.join(key.map((name) => sql.ref(name)));
  let last: Record<string, unknown> | undefined;
  for (;;) {
    const after =
      last === undefined ? sql`` : sql`where (${columns}) > (${sql.join(key.map((name) => last?.[name]))})`;
    const { rows } = await sql<Record<string, unknown>>`
      select * from ${sql.table(table)} ${after} order by ${columns} limit ${ROWS}
    `.execute(snapshot);
    yield* rows;
    await breatheWhenDue();
    last = rows.at(-1);
    if (last === undefined || rows.length < ROWS) return;
  }
}

async function addBlobs(
  archive: Archive,
  held: HeldBlobs,
  named: ReadonlySet<string>,
  options: RunOptions,
): Promise<number> {
  let done = 0;
  let bytes = 0;
  let touched = performance.now();
  for (const sha256 of named) {
    throwIfCancelled(options, 'backup');
    options.onProgress?.({ stage: 'files', done, total: named.size });
    if (performance.now() - touched > 60_000) {
      await held.touch();
      touched = performance.now();
    }
    bytes += await archive.addFile(`blobs/${sha256}`, held.path(sha256), options);
    done++;
  }
  return bytes;
}

/** A tar that is being written. */
interface Archive {
  /** All that `add` added so far. */
  readonly entries: { readonly name: string; readonly sha256: string }[];
  add(name: string, text: string): Promise<void>;
  /** Its bytes. */
  addFile(name: string, path: string, options: RunOptions): Promise<number>;
  /** Once nothing more comes: the bytes of the whole file, safe on disk. */
  finish(): Promise<number>;
  close(): Promise<void>;
}

async function createArchive(path: string): Promise<Archive> {
  const handle = await open(path, 'w', 0o600);
  const pack = createPack();
  let written = 0;
  const writing = (async () => {
    for await (const chunk of pack as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; )
        at += (await handle.write(chunk, at, chunk.length - at)).bytesWritten;
      written += chunk.length;
    }
  })();
  // Told wherever somebody waits for it; without listeners here it would end the process.
  writing.catch(() => {});
  /** What is waited for, or the fault of the disk that keeps it from coming. */
  const orFault = <T>(awaited: Promise<T>): Promise<T> =>
    Promise.race([awaited, writing.then(() => awaited)]);
  const entries: { name: string; sha256: string }[] = [];
  return {
    entries,
    async add(name, text) {
      entries.push({ name, sha256: hashOf(text) });
      await orFault(
        new Promise<void>((resolve, reject) => {
          pack.entry({ name, mode: 0o600 }, Buffer.from(text), (fault) =>
            fault ? reject(fault) : resolve(),
          );
        }),
      );
    },
    async addFile(name, file, options) {
      const { size } = await stat(file);
      await orFault(addStream(pack, name, file, size, options));
      return size;
    },
    async finish() {
      pack.finalize();
      await writing;
      await handle.sync();
      return written;
    },
    async close() {
      pack.destroy();
      await writing.catch(() => {});
      await handle.close();
    },
  };
}

async function addStream(
  pack: Pack,
  name: string,
  path: string,
  size: number,
  options: RunOptions,
): Promise<void> {
  const { promise: ended, resolve, reject } = withResolvers();
  ended.catch(() => {});
  const entry = pack.entry({ name, size, mode: 0o600 }, (fault) => (fault ? reject(fault) : resolve()));
  // When the disk fails, nothing drains any more.
  const closed = new Promise<void>((done) => entry.once('close', () => done()));
  const source = createReadStream(path, { highWaterMark: PART_BYTES });
  for await (const chunk of source) {
    throwIfCancelled(options, 'backup');
    if (!entry.write(chunk)) {
      const { promise, resolve } = withResolvers();
      entry.once('drain', resolve);
      await Promise.race([promise, closed]);
    }
  }
  entry.end(null);
  await ended;
}

function withResolvers(): {
  promise: Promise<void>;
  resolve: () => void;
  reject: (fault: unknown) => void;
} {
  let resolve = () => {};
  let reject: (fault: unknown) => void = () => {};
  const promise = new Promise<void>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise, resolve, reject };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
