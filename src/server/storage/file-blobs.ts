import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, link, open, opendir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { EcgError } from '../../core/index.js';
import { ServiceFault } from '../fault.js';
import { isBlobName } from './blob-name.js';
import type { Blob, BlobStore } from './blobs.js';
import {
  describeFileFault,
  isMissing,
  makePrivateFolder,
  removeOldFiles,
  syncFolder,
} from './durable-files.js';
import { createReadBetween } from './file-ranges.js';

/** Bytes that are hashed and written at a time: a few ms of a thread. */
const PORTION = 1 << 20;

/** Blobs as files of a folder, `blobs/ab/abcd…`, and where they are made, `tmp`. */
export interface FileBlobStore extends BlobStore {
  /** Where files may be written that will be adopted. */
  readonly making: string;
  /**
   * Removes a blob that nothing names and nobody has put since; safe beside others that put the same bytes meanwhile:
   * they find it whole or write it again.
   *
   * @param untouchedSince  ms since 1970: one that was put later stays
   * @param isNamed         asked twice, before and after the blob is out of reach
   * @returns     whether it is gone
   */
  removeUnnamed(
    sha256: string,
    untouchedSince: number,
    isNamed: (sha256: string) => Promise<boolean>,
  ): Promise<boolean>;
  /**
   * Keeps blobs readable at paths of their own, whatever is removed meanwhile, until it is released; `touch` tells now
   * and then that the holder lives, as what a dead one holds is swept.
   *
   * @returns     undefined when one of them is gone already
   */
  hold(sha256s: Iterable<string>): Promise<HeldBlobs | undefined>;
  /** Releases what was held by processes that have not told of themselves since. */
  releaseAbandoned(untouchedSince: number): Promise<void>;
  /** Finishes removals that a crash cut short. */
  finishRemovals(untouchedSince: number, isNamed: (sha256: string) => Promise<boolean>): Promise<void>;
}

/** Blobs that stay readable. */
export interface HeldBlobs {
  path(sha256: string): string;
  touch(): Promise<void>;
  release(): Promise<void>;
}

/** The blobs of a data folder, which is made when it is not there. */
export async function openFileBlobs(folder: string): Promise<FileBlobStore> {
  const root = join(folder, 'blobs');
  const making = join(folder, 'tmp');
  const aside = join(folder, 'removing');
  const holding = join(folder, 'holding');
  for (const path of [folder, root, making, aside, holding]) await makePrivateFolder(path);
  await makeShelves(root);

  const shelf = (sha256: string) => join(root, sha256.slice(0, 2));
  const pathOf = (sha256: string): string => {
    if (!isBlobName(sha256)) throw blobNotFound(sha256);
    return join(shelf(sha256), sha256);
  };
  /** Marks a blob as wanted from now on; false when it is not there. */
  const touch = async (sha256: string): Promise<boolean> => {
    try {
      const now = new Date();
      await utimes(pathOf(sha256), now, now);
      return true;
    } catch (fault) {
      if (isMissing(fault)) return false;
      throw fault;
    }
  };
  /** Gives a finished, synchronised file its name. */
  const place = async (path: string, sha256: string): Promise<void> => {
    if (await touch(sha256)) await rm(path, { force: true });
    else await rename(path, pathOf(sha256));
    // Also when it was there: whoever placed it may not have come this far.
    await syncFolder(shelf(sha256));
  };
  /** Of a blob that was set aside: back to its shelf when it is wanted after all, gone otherwise. */
  const settle = async (
    sha256: string,
    untouchedSince: number,
    isNamed: (sha256: string) => Promise<boolean>,
  ): Promise<boolean> => {
    const path = join(aside, sha256);
    const { mtimeMs } = await stat(path);
    const wanted = mtimeMs > untouchedSince || (await isNamed(sha256));
    if (wanted) {
      await link(path, pathOf(sha256)).catch((fault: NodeJS.ErrnoException) => {
        if (fault.code !== 'EEXIST') throw fault;
      });
      await syncFolder(shelf(sha256));
    }
    await rm(path, { force: true });
    return !wanted;
  };

  return {
    making,
    path: pathOf,
    async put(bytes, { largest } = {}) {
      const source = bytes instanceof Uint8Array ? Readable.from(portions(bytes)) : bytes;
      const path = join(making, randomUUID());
      try {
        const blob = await write(source, path, largest);
        await place(path, blob.sha256);
        return blob;
      } catch (fault) {
        await rm(path, { force: true });
        throw describeUploadFault(fault);
      }
    },
    async adopt(path) {
      const blob = await hashFile(path);
      try {
        const handle = await open(path, 'r+');
        try {
          await handle.sync();
        } finally {
          await handle.close();
        }
        await place(path, blob.sha256);
      } catch (fault) {
        throw describeFileFault(fault);
      }
      return blob;
    },
    async has(sha256) {
      if (!isBlobName(sha256)) return false;
      return stat(pathOf(sha256)).then(
        () => true,
        (fault) => {
          if (isMissing(fault)) return false;
          throw fault;
        },
      );
    },
    async read(sha256, range) {
      let handle: FileHandle;
      try {
        handle = await open(pathOf(sha256), 'r');
      } catch (fault) {
        throw isMissing(fault) ? blobNotFound(sha256) : fault;
      }
      try {
        const { size } = await handle.stat();
        const from = Math.min(range?.from ?? 0, size);
        const to = Math.min(range?.to ?? size, size);
        return await createReadBetween(handle)(from, Math.max(from, to));
      } finally {
        await handle.close();
      }
    },
    async delete(sha256) {
      await rm(pathOf(sha256), { force: true });
    },
    async *list() {
      for (const name of await readdir(root)) {
        for await (const file of await opendir(join(root, name))) {
          if (isBlobName(file.name)) yield file.name;
        }
      }
    },
    async removeUnnamed(sha256, untouchedSince, isNamed) {
      const path = pathOf(sha256);
      try {
        if ((await stat(path)).mtimeMs > untouchedSince || (await isNamed(sha256))) return false;
        await rename(path, join(aside, sha256));
        return await settle(sha256, untouchedSince, isNamed);
      } catch (fault) {
        // Somebody else was faster.
        if (isMissing(fault)) return false;
        throw fault;
      }
    },
    async hold(sha256s) {
      const own = join(holding, randomUUID());
      await makePrivateFolder(own);
      const held = {
        path: (sha256: string) => join(own, sha256),
        touch: () => utimes(own, new Date(), new Date()),
        release: () => rm(own, { recursive: true, force: true }),
      };
      try {
        // A second name of the same file: what is removed under the first stays under this one.
        for (const sha256 of sha256s) await link(pathOf(sha256), held.path(sha256));
        return held;
      } catch (fault) {
        await held.release();
        if (isMissing(fault)) return undefined;
        throw fault;
      }
    },
    releaseAbandoned: (untouchedSince) => removeOldFiles(holding, untouchedSince).then(() => {}),
    async finishRemovals(untouchedSince, isNamed) {
      for (const name of await readdir(aside)) {
        if (!isBlobName(name)) continue;
        await settle(name, untouchedSince, isNamed).catch((fault: unknown) => {
          if (!isMissing(fault)) throw fault;
        });
      }
    },
  };
}

/** The 256 folders of blobs, there from the beginning so that a blob's way to the root is always safe on disk. */
async function makeShelves(root: string): Promise<void> {
  const there = new Set(await readdir(root));
  const wanted = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));
  const missing = wanted.filter((name) => !there.has(name));
  for (const name of missing) await makePrivateFolder(join(root, name));
  if (missing.length > 0) await syncFolder(root);
}

/** Writes a new file and hashes it on the way; on return it is safe on disk. */
async function write(source: Readable, path: string, largest = Number.POSITIVE_INFINITY): Promise<Blob> {
  const hash = createHash('sha256');
  let bytes = 0;
  const handle = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
      if (bytes > largest) {
        throw new ServiceFault('too-large', `upload: larger than ${largest} bytes, the limit of this server`);
      }
      for (const portion of portions(chunk)) {
        hash.update(portion);
        await writeFully(handle, portion);
      }
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

async function writeFully(handle: FileHandle, portion: Uint8Array): Promise<void> {
  for (let at = 0; at < portion.byteLength; ) {
    at += (await handle.write(portion, at, portion.byteLength - at)).bytesWritten;
  }
}

async function hashFile(path: string): Promise<Blob> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: PORTION }) as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    bytes += chunk.byteLength;
  }
  return { sha256: hash.digest('hex'), bytes };
}

function* portions(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += PORTION) yield bytes.subarray(at, at + PORTION);
}

function describeUploadFault(fault: unknown): unknown {
  if (fault instanceof Error && 'code' in fault && fault.code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new EcgError('cancelled', 'upload: the connection ended before the file did, send it again', {
      cause: fault,
    });
  }
  return describeFileFault(fault);
}

function blobNotFound(sha256: string): EcgError {
  return new EcgError('not-found', `storage: there is no blob "${sha256.slice(0, 64)}"`);
}
