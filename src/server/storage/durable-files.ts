import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ServiceFault } from '../fault.js';

/** Makes what a folder lists survive a failure of the machine. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders; its file systems write their lists ahead.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A folder that only its owner may enter. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** A fault of the file system as the caller should hear it: `storage-full`, or as it is. */
export function describeFileFault(cause: unknown): unknown {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new ServiceFault('storage-full', 'storage: the disk is full, free some space and try again', {
      cause,
    });
  }
  return cause;
}

export function isMissing(fault: unknown): boolean {
  return typeof fault === 'object' && fault !== null && 'code' in fault && fault.code === 'ENOENT';
}

/** Removes what lies in a folder and was not touched since (ms since 1970); returns how many that were. */
export async function removeOldFiles(folder: string, untouchedSince: number): Promise<number> {
  let removed = 0;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    try {
      if ((await stat(path)).mtimeMs > untouchedSince) continue;
      await rm(path, { recursive: true });
      removed++;
    } catch (fault) {
      // Its maker may have finished with it.
      if (!isMissing(fault)) throw fault;
    }
  }
  return removed;
}
