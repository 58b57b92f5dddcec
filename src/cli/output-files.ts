import { access, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { EcgError } from '../core/index.js';

/**
 * The folder results go to, made if need be.
 * @throws EcgError `bad-option` when it is a file or cannot be made
 */
export async function outputFolder(path: string): Promise<string> {
  try {
    await makeFolder(resolve(path));
    if ((await stat(path)).isDirectory()) return path;
  } catch (cause) {
    throw new EcgError('bad-option', `--out: ${path} cannot be used as a folder, give another`, { cause });
  }
  throw new EcgError('bad-option', `--out: ${path} is not a folder, give another`);
}

/** Folder by folder, because Node's own `recursive` never ends where a file system refuses (`/proc/x`). */
async function makeFolder(path: string): Promise<void> {
  if (await exists(path)) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EEXIST') throw fault;
  });
}

/** Names for results of recordings, none used twice in a run: `100`, then `100-2` for another file of that id. */
export function createNamer(): (id: string) => string {
  const used = new Map<string, number>();
  return (id) => {
    const safe = id.replace(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^\.+/, '_') || 'recording';
    const times = (used.get(safe) ?? 0) + 1;
    used.set(safe, times);
    return times === 1 ? safe : `${safe}-${times}`;
  };
}

/**
 * Writes a file whole or not at all.
 *
 * @param pieces  text or bytes, written one after the other
 * @throws EcgError `bad-option` when it cannot be written, or `keep` is set and the file exists
 */
export async function writeWhole(
  path: string,
  pieces: Iterable<string | Uint8Array>,
  options: { readonly keep?: boolean } = {},
): Promise<string> {
  if (options.keep && (await exists(path))) {
    throw new EcgError(
      'bad-option',
      `${path} exists and may hold an expert's work; choose another folder with --out`,
    );
  }
  const draft = join(dirname(path), `.${process.pid}-${Date.now()}.part`);
  try {
    await writeFile(draft, pieces);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw new EcgError('bad-option', `${path} cannot be written: ${(cause as Error).message}`, { cause });
  }
  return path;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
