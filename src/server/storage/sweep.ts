import { EcgError } from '../../core/index.js';
import { removeOldFiles } from './durable-files.js';
import type { FileBlobStore } from './file-blobs.js';
import { isBlobNamed, namedBlobs } from './named-blobs.js';
import type { Database } from './tables.js';

/** Blobs that are looked up in one query. */
const AT_ONCE = 200;

/** After so long without a word a holder of blobs is dead. */
const HELD_MS = 3_600_000;

export interface SweepOptions {
  /** ms since 1970: what was made or put later stays, as a row may be about to name it. */
  readonly untouchedSince: number;
  readonly signal?: AbortSignal | undefined;
}

export interface SweepReport {
  readonly temporaryFiles: number;
  readonly blobs: number;
}

/**
 * Removes temporary files and blobs that no row names and nobody touched since; safe beside running uploads and jobs.
 * @throws EcgError `cancelled`
 */
export async function sweep(
  database: Database,
  blobs: FileBlobStore,
  { untouchedSince, signal }: SweepOptions,
): Promise<SweepReport> {
  const isNamed = (sha256: string) => isBlobNamed(database, sha256);
  await blobs.finishRemovals(untouchedSince, isNamed);
  // Whoever holds blobs says so every minute; it may be a backup that has outlived the server.
  await blobs.releaseAbandoned(Math.min(untouchedSince, Date.now() - HELD_MS));
  const temporaryFiles = await removeOldFiles(blobs.making, untouchedSince);
  let removed = 0;
  const look = async (batch: readonly string[]): Promise<void> => {
    const named = await namedBlobs(database, batch);
    for (const sha256 of batch) {
      if (!named.has(sha256) && (await blobs.removeUnnamed(sha256, untouchedSince, isNamed))) removed++;
    }
  };
  let batch: string[] = [];
  for await (const sha256 of blobs.list()) {
    if (signal?.aborted) throw new EcgError('cancelled', 'storage: the sweep was cancelled');
    batch.push(sha256);
    if (batch.length < AT_ONCE) continue;
    await look(batch);
    batch = [];
  }
  await look(batch);
  return { temporaryFiles, blobs: removed };
}
