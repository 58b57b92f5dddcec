import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EcgError } from '../../core/index.js';
import type { ServerConfig } from '../config.js';
import { type DatabaseDialect, openDatabase } from './database.js';
import { makePrivateFolder } from './durable-files.js';
import { type FileBlobStore, openFileBlobs } from './file-blobs.js';
import { lockFolder } from './folder-lock.js';
import { isMigrated, migrate } from './migrate.js';
import type { Database } from './tables.js';

/** Database and blobs of one installation. */
export interface Storage {
  readonly database: Database;
  readonly dialect: DatabaseDialect;
  readonly blobs: FileBlobStore;
  readonly folder: string;
  close(): Promise<void>;
}

export interface StorageOptions {
  /**
   * Whether nobody else may have the folder open in this way, as long as its database is a file: a server wants that,
   * a command beside it does not. `true` when omitted.
   */
  readonly exclusive?: boolean;
}

/**
 * Opens an installation: its folder is made where there is none, its tables are brought up to this version.
 *
 * @throws ServiceFault `conflict` when another server has the folder, `unavailable` when the database does not answer;
 *         EcgError `bad-option` for an address of a database that is none, `unsupported` for tables of a newer version
 */
export async function openStorage(
  { data, database: url }: Pick<ServerConfig, 'data' | 'database'>,
  { exclusive = true }: StorageOptions = {},
): Promise<Storage> {
  const { database, dialect, close } = openDatabase(url, data);
  await makePrivateFolder(data);
  let unlock = () => {};
  try {
    if (exclusive && dialect === 'sqlite') unlock = await lockFolder(data);
    else if (dialect === 'sqlite' && !(await isMigrated(database))) {
      // Tables do not change under a server that runs.
      const letGo = await lockFolder(data);
      await migrate(database).finally(letGo);
    }
    await migrate(database);
    const blobs = await openFileBlobs(data);
    return {
      database,
      dialect,
      blobs,
      folder: data,
      async close() {
        await close();
        unlock();
      },
    };
  } catch (fault) {
    await close();
    unlock();
    throw fault;
  }
}

/**
 * Opens an installation that is there, beside whoever else has it open.
 * @throws EcgError `not-found` when the folder holds none
 */
export async function openStoredData(config: Pick<ServerConfig, 'data' | 'database'>): Promise<Storage> {
  const isThere = await stat(join(config.data, 'blobs')).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    throw new EcgError(
      'not-found',
      `storage: ${config.data} holds no data of a server, name its folder with --data`,
    );
  }
  return openStorage(config, { exclusive: false });
}
