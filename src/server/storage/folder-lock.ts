import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Libsql from 'libsql';
import { ServiceFault } from '../fault.js';
import { isBusy } from './database-faults.js';

/**
 * Takes a data folder for this process alone. The operating system gives the lock back when the process ends, however
 * it ends: a killed process leaves nothing to clear away.
 *
 * @returns     what gives it back
 * @throws ServiceFault `conflict` when another process has it, with its number
 */
export async function lockFolder(folder: string): Promise<() => void> {
  // An exclusive transaction of SQLite is the one lock of files that Node offers on every platform; nothing is written.
  const lock = new Libsql(join(folder, 'lock'), { timeout: 0 });
  const holder = join(folder, 'lock.pid');
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (fault) {
    lock.close();
    if (!isBusy(fault)) throw fault;
    const pid = await readFile(holder, 'utf8').catch(() => '');
    throw new ServiceFault(
      'conflict',
      `storage: ${folder} is in use by another ectopy${pid === '' ? '' : ` (process ${pid.trim()})`}, ` +
        'stop it or give another folder with --data',
      { cause: fault },
    );
  }
  await writeFile(holder, `${process.pid}\n`);
  return () => lock.close();
}
