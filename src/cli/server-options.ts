import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { EcgError } from '../core/index.js';
import type { ServerConfig } from '../server/index.js';

/*
 * The commands of the server import it when they run: it brings databases and protocols along, and no other command
 * should wait for them.
 */

/** Flags that say which installation a command works on. */
export interface StorageFlags {
  readonly data?: string;
  readonly database?: string;
  readonly config?: string;
}

export function addStorageFlags(command: Command): Command {
  return command
    .option('--data <folder>', 'folder of recordings and, unless --database says otherwise, the database')
    .option('--database <address>', 'postgres://… instead of the SQLite file in the folder')
    .option('--config <file>', 'JSON file of the server’s options; ECTOPY_SERVER_… and flags win over it');
}

/**
 * The configuration of a command's flags, the environment and the file they name.
 *
 * @param settings  further options by their dotted names
 * @throws EcgError `not-found` for a file that cannot be read; `bad-option` with every fault
 */
export async function serverConfig(
  { data, database, config }: StorageFlags,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<ServerConfig> {
  const { parseConfig } = await import('../server/index.js');
  const flags = { data, database, ...settings };
  if (config === undefined) return parseConfig({ environment: process.env, flags });
  const text = await readFile(config, 'utf8').catch((cause: unknown) => {
    throw new EcgError('not-found', `config: ${config} cannot be read, check the path`, { cause });
  });
  return parseConfig({ file: { name: basename(config), text }, environment: process.env, flags });
}
