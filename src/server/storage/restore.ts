import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { extract as createExtract, type Header } from 'tar-stream';
import * as v from 'valibot';
import { breatheWhenDue, EcgError, type RunOptions, throwIfCancelled } from '../../core/index.js';
import { ServiceFault } from '../fault.js';
import {
  type BackupHeader,
  type BackupManifest,
  HEADER,
  HeaderSchema,
  MANIFEST,
  ManifestSchema,
  SEAL,
  TABLE_NAMES,
  tableOfPart,
} from './backup-format.js';
import { isBlobName } from './blob-name.js';
import { dialectOf } from './database.js';
import { describeFileFault, isMissing, makePrivateFolder } from './durable-files.js';
import { stepsDone } from './migrate.js';
import { isBlobNamed } from './named-blobs.js';
import type { Storage } from './open-storage.js';
import type { Database, Tables } from './tables.js';

/** Of anything in the archive that is no blob: parts are about 1 MiB, or one row. */
const LARGEST_TEXT = 256 << 20;
/** Rows that are inserted at once: databases bound the values of one statement. */
const ROWS = 200;

export interface RestoreReport {
  readonly rows: number;
  readonly blobs: number;
  /** When the backup was made. */
  readonly createdAt: string;
}

/** One file of the archive. */
type Entry = AsyncIterable<Uint8Array> & { readonly header: Pick<Header, 'name' | 'size' | 'type'> };

/** What was read of an archive: rows in files that wait, blobs in their place, where nothing names them yet. */
interface Read {
  header: BackupHeader | undefined;
  manifest: BackupManifest | undefined;
  sealed: boolean;
  readonly entries: { readonly name: string; readonly sha256: string }[];
  readonly parts: { readonly table: keyof Tables; readonly path: string }[];
  readonly blobs: string[];
  blobBytes: number;
}

/**
 * Fills an empty installation out of a backup, from whichever database that was made. Every byte is checked before the
 * first row is written, and rows come all at once: what is not a whole backup leaves the installation empty.
 *
 * @throws EcgError `bad-option` when the installation is not empty, `not-found` without the file, `bad-format` when it
 *         is no backup, cut short or changed, `unsupported` when another version made its tables, `cancelled`;
 *         ServiceFault `storage-full`, `unavailable`
 */
export async function restoreBackup(
  storage: Pick<Storage, 'database' | 'blobs'>,
  path: string,
  options: RunOptions = {},
): Promise<RestoreReport> {
  const { database, blobs } = storage;
  await demandEmpty(database);
  const folder = join(blobs.making, `restore-${randomUUID()}`);
  const read: Read = {
    header: undefined,
    manifest: undefined,
    sealed: false,
    entries: [],
    parts: [],
    blobs: [],
    blobBytes: 0,
  };
  try {
    await makePrivateFolder(folder);
    await readArchive(storage, path, folder, read, options);
    const { header } = demandWhole(read);
    const known = await stepsDone(database);
    if (header.schema.join() !== known.join()) {
      throw new EcgError(
        'unsupported',
        `restore: the backup was made by ectopy ${header.ectopy}, whose tables are others (${header.schema.at(-1)} ` +
          `instead of ${known.at(-1)}): restore it with that version, then start this one`,
      );
    }
    const rows = await database.transaction().execute(async (transaction) => {
      await demandEmpty(transaction);
      return insertRows(transaction, read, header, options);
    });
    return { rows, blobs: read.blobs.length, createdAt: header.createdAt };
  } catch (fault) {
    for (const sha256 of read.blobs) {
      await blobs.removeUnnamed(sha256, Number.POSITIVE_INFINITY, (name) => isBlobNamed(database, name));
    }
    throw describeFault(fault, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function demandEmpty(database: Database): Promise<void> {
  for (const table of TABLE_NAMES) {
    const row = await database.selectFrom(table).select(sql<number>`1`.as('one')).limit(1).executeTakeFirst();
    if (row !== undefined) {
      throw new EcgError(
        'bad-option',
        `restore: there is something stored already (${table}), name an empty folder or database`,
      );
    }
  }
}

/** Reads the archive once from its beginning to its end, checking each blob against its name. */
async function readArchive(
  { blobs }: Pick<Storage, 'blobs'>,
  path: string,
  folder: string,
  read: Read,
  options: RunOptions,
): Promise<void> {
  const { size } = await stat(path);
  const extract = createExtract();
  const source = createReadStream(path, { highWaterMark: 1 << 20 });
  let done = 0;
  source.on('data', (chunk) => {
    done += chunk.length;
    options.onProgress?.({ stage: 'read', done, total: size });
  });
  source.on('error', (fault) => extract.destroy(fault));
  source.pipe(extract);
  try {
    for await (const entry of extract) {
      throwIfCancelled(options, 'restore');
      await takeEntry(blobs, entry as Entry, folder, read);
    }
  } finally {
    source.destroy();
  }
}

async function takeEntry(blobs: Storage['blobs'], entry: Entry, folder: string, read: Read): Promise<void> {
  const { name, size } = entry.header;
  if (entry.header.type !== 'file') throw changed(`"${shown(name)}" is no file`);
  if (read.header === undefined && name !== HEADER) throw changed('it does not begin as one');
  if (read.sealed) throw changed('it goes on after its end');
  const sha256 = /^blobs\/(.*)$/.exec(name)?.[1];
  if (sha256 !== undefined && isBlobName(sha256)) {
    // What holds it alone is the folder of blobs: a wrong one is removed with all others.
    const blob = await blobs.put(Readable.from(entry));
    read.blobs.push(blob.sha256);
    read.blobBytes += blob.bytes;
    if (blob.sha256 !== sha256) throw changed(`the bytes of ${name} are others`);
    return;
  }
  if (size > LARGEST_TEXT) throw changed(`"${shown(name)}" is larger than any part of one`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const table = tableOfPart(name);
  if (name === SEAL) {
    const manifest = read.entries.pop();
    if (read.manifest === undefined || bytes.toString('utf8').trim() !== manifest?.sha256) {
      throw changed('its manifest is another');
    }
    read.sealed = true;
    return;
  }
  if (read.manifest !== undefined) throw changed(`"${shown(name)}" comes after its manifest`);
  read.entries.push({ name, sha256: createHash('sha256').update(bytes).digest('hex') });
  if (table !== undefined) {
    const path = join(folder, String(read.parts.length));
    await writeFile(path, bytes, { mode: 0o600 });
    read.parts.push({ table, path });
  } else if (name === HEADER) read.header = parseAs(HeaderSchema, bytes, HEADER);
  else if (name === MANIFEST) read.manifest = parseAs(ManifestSchema, bytes, MANIFEST);
  else throw changed(`"${shown(name)}" does not belong into one`);
}

/** Whether all that the manifest tells of came, in its order, and nothing else. */
function demandWhole(read: Read): { readonly header: BackupHeader } {
  const { header, manifest, sealed, entries, blobs, blobBytes } = read;
  if (header === undefined || manifest === undefined || !sealed) throw changed('its end is missing');
  const told = manifest.entries.map(({ name, sha256 }) => `${name} ${sha256}`).join('\n');
  if (told !== entries.map(({ name, sha256 }) => `${name} ${sha256}`).join('\n')) {
    throw changed('its tables are not those of its manifest');
  }
  const names = createHash('sha256')
    .update(blobs.map((name) => `${name}\n`).join(''))
    .digest('hex');
  if (
    manifest.blobs.count !== blobs.length ||
    manifest.blobs.bytes !== blobBytes ||
    manifest.blobs.sha256 !== names
  ) {
    throw changed('its blobs are not those of its manifest');
  }
  return { header };
}

async function insertRows(
  transaction: Database,
  { parts }: Read,
  header: BackupHeader,
  options: RunOptions,
): Promise<number> {
  const total = Object.values(header.rows).reduce((sum, n) => sum + n, 0);
  let done = 0;
  const counts = Object.fromEntries(TABLE_NAMES.map((table) => [table, 0])) as BackupHeader['rows'];
  for (const { table, path } of parts) {
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    for (let at = 0; at < lines.length; at += ROWS) {
      throwIfCancelled(options, 'restore');
      const rows = lines.slice(at, at + ROWS).map((line) => JSON.parse(line) as Record<string, unknown>);
      await insert(transaction, table, rows);
      done += rows.length;
      counts[table] += rows.length;
      options.onProgress?.({ stage: 'tables', done, total });
      await breatheWhenDue();
    }
  }
  const wrong = TABLE_NAMES.find((table) => counts[table] !== header.rows[table]);
  if (wrong !== undefined)
    throw changed(`it has ${counts[wrong]} rows of ${wrong}, not ${header.rows[wrong]}`);
  // SQLite counts on from the greatest number by itself.
  if (dialectOf(transaction) === 'postgres') {
    await sql`select setval(pg_get_serial_sequence('alerts', 'id'),
      coalesce((select max(id) from alerts), 0) + 1, false)`.execute(transaction);
  }
  return done;
}

async function insert(
  transaction: Database,
  table: keyof Tables,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  await sql`
    insert into ${sql.table(table)} (${sql.join(columns.map((name) => sql.ref(name)))})
    values ${sql.join(rows.map((row) => sql`(${sql.join(columns.map((name) => row[name]))})`))}
  `.execute(transaction);
}

function parseAs<S extends v.GenericSchema>(schema: S, bytes: Buffer, name: string): v.InferOutput<S> {
  try {
    return v.parse(schema, JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw new EcgError('bad-format', `restore: ${name} of the backup is not as this version writes it`, {
      cause,
    });
  }
}

function changed(what: string): EcgError {
  return new EcgError(
    'bad-format',
    `restore: this is no whole backup: ${what}. Nothing was restored; take another copy of it`,
  );
}

/** What the file itself is to blame for, as `bad-format`; all else as it is. */
function describeFault(fault: unknown, path: string): unknown {
  if (fault instanceof EcgError && fault.code !== 'not-found') return fault;
  const described = describeFileFault(fault);
  if (described instanceof ServiceFault && described.code !== 'conflict') return described;
  if (isMissing(fault))
    return new EcgError('not-found', `restore: there is no file ${path}`, { cause: fault });
  const system = fault instanceof Error && 'syscall' in fault;
  if (system) return fault;
  return new EcgError(
    'bad-format',
    `restore: ${path} is no backup of this program, or was cut short or changed. Nothing was restored`,
    { cause: fault },
  );
}

function shown(name: string): string {
  return name.slice(0, 80);
}
