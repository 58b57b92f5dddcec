import type { Command } from 'commander';
import { cancelOnInterrupt } from '../cancel.js';
import { createProgressLine } from '../progress.js';
import { addStorageFlags, type StorageFlags, serverConfig } from '../server-options.js';

export function addRestore(program: Command): void {
  addStorageFlags(
    program
      .command('restore')
      .description('fills an empty folder and database out of a backup, checking every byte of it first')
      .argument('<file.tar>', 'what "ectopy backup" wrote, with either database'),
  ).action(runRestore);
}

async function runRestore(path: string, flags: StorageFlags): Promise<void> {
  const { openStorage, restoreBackup } = await import('../../server/index.js');
  const storage = await openStorage(await serverConfig(flags));
  const line = createProgressLine(path);
  try {
    const { rows, blobs, createdAt } = await restoreBackup(storage, path, {
      signal: cancelOnInterrupt(),
      onProgress: line.update,
    });
    line.clear();
    process.stdout.write(`${rows} rows and ${blobs} files as of ${createdAt} in ${storage.folder}\n`);
  } finally {
    line.clear();
    await storage.close();
  }
}
