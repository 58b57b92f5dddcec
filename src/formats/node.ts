import { type FileHandle, open as openHandle } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { EcgError, type RecordingReader } from '../core/index.js';
import { open, recognise } from './open.js';
import type { ByteSource, OpenOptions } from './source.js';

export {
  type DatasetReport,
  datasetRecords,
  datasetsFolder,
  type GetDatasetOptions,
  getDataset,
  resolveDatasetRecord,
} from './datasets/node.js';

/** What the operating system says when a file cannot be opened, as a person reads it. */
const FAULTS: Readonly<Record<string, string>> = {
  EACCES: 'may not be read: no permission',
  EPERM: 'may not be read: no permission',
  EISDIR: 'is a folder, give a file in it',
  ENAMETOOLONG: 'is too long a name',
  EMFILE: 'cannot be opened: too many open files',
};

/**
 * Random access to a file on disk; its siblings are the files of the same folder.
 *
 * @throws EcgError `not-found` when there is no such file; `bad-option` when it is a folder, a device or a pipe, or
 *   may not be read; `bad-format` when it is empty
 */
export async function fileSource(path: string): Promise<ByteSource> {
  const handle = await openForReading(path);
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) throw new EcgError('bad-option', `open: ${path} is a folder, give a file in it`);
    if (!stat.isFile())
      throw new EcgError('bad-option', `open: ${path} is not a regular file, save it to disk`);
    if (stat.size === 0)
      throw new EcgError('bad-format', `open: ${path} is empty (0 bytes), give a recording`);
    return handleSource(path, handle, stat.size);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * An open recording from a path: any file that `open` knows, a WFDB record without its extension (`mitdb/100`), or
 * any file of a WFDB record (`100.dat`, `100.atr`).
 *
 * @throws EcgError as `fileSource` and `open`
 */
export async function openFile(path: string, options?: OpenOptions): Promise<RecordingReader> {
  const source = await fileOrRecord(path);
  try {
    if ((await recognise(source)) === undefined) {
      const header = await source.sibling(`${basename(path, extname(path))}.hea`);
      if (header !== undefined) {
        await source.close();
        return await open(header, options);
      }
    }
  } catch (error) {
    await source.close();
    throw error;
  }
  return open(source, options);
}

/** The file of that name, or the header of the WFDB record of that name. */
async function fileOrRecord(path: string): Promise<ByteSource> {
  try {
    return await fileSource(path);
  } catch (error) {
    // A record and a folder may share a name (`mitdb/100/` beside `mitdb/100.hea`).
    const header = path.replace(/[/\\]+$/, '');
    if (!(error instanceof EcgError) || error.code === 'bad-format' || header === '') throw error;
    return await fileSource(`${header}.hea`).catch(() => {
      throw error;
    });
  }
}

async function openForReading(path: string): Promise<FileHandle> {
  if (path === '' || path.includes('\0')) {
    throw new EcgError('bad-option', `open: ${JSON.stringify(path)} is not a file name`);
  }
  try {
    return await openHandle(path, 'r');
  } catch (cause) {
    const fault = (cause as NodeJS.ErrnoException).code ?? '';
    if (fault === 'ENOENT' || fault === 'ENOTDIR') {
      throw new EcgError('not-found', `open: there is no file ${path}, check the path`, { cause });
    }
    throw new EcgError('bad-option', `open: ${path} ${FAULTS[fault] ?? `cannot be opened (${fault})`}`, {
      cause,
    });
  }
}

function handleSource(path: string, handle: FileHandle, size: number): ByteSource {
  let closed = false;
  return {
    name: basename(path),
    size,
    read: async (offset, length) => {
      if (closed) throw new EcgError('bad-option', `read: ${basename(path)} is closed, open it again`);
      const wanted = Math.max(0, Math.min(length, size - offset));
      const bytes = new Uint8Array(wanted);
      let filled = 0;
      while (filled < wanted) {
        const { bytesRead } = await handle.read(bytes, filled, wanted - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
    sibling: async (name) => {
      // A header may name any file; only those beside it are its own.
      if (name === '' || name !== basename(name) || name.includes('\\') || name.includes('\0'))
        return undefined;
      try {
        return await fileSource(join(dirname(path), name));
      } catch (error) {
        if (error instanceof EcgError && error.code === 'not-found') return undefined;
        throw error;
      }
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await handle.close();
    },
  };
}
