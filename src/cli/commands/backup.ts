import type { Command } from 'commander';
import { cancelOnInterrupt } from '../cancel.js';
import { createProgressLine } from '../progress.js';
import { addStorageFlags, type StorageFlags, serverConfig } from '../server-options.js';

export function addBackup(program: Command): void {
  addStorageFlags(
    program
      .command('backup')
      .description(
        'all recordings, results, corrections and settings of a server in one file; it may go on running',
      )
      .argument('<file.tar>', 'a new file; it holds patient data and keys'),
  ).action(runBackup);
}

async function runBackup(path: string, flags: StorageFlags): Promise<void> {
  const { openStoredData, writeBackup } = await import('../../server/index.js');
  const storage = await openStoredData(await serverConfig(flags));
  const line = createProgressLine(path);
  try {
    const { rows, blobs, bytes } = await writeBackup(storage, path, {
      signal: cancelOnInterrupt(),
      onProgress: line.update,
    });
    line.clear();
    process.stdout.write(`${path}: ${rows} rows and ${blobs} files, ${(bytes / 1e6).toFixed(1)} MB\n`);
  } finally {
    line.clear();
    await storage.close();
  }
}
