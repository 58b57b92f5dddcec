import { EcgError } from '../../core/index.js';
import { type DeletedRecording, deleteRecording } from './delete-recording.js';
import type { Storage } from './open-storage.js';

const DAY_MS = 86_400_000;
/** Recordings that are looked up at once. */
const AT_ONCE = 100;

export interface RetentionOptions {
  readonly days: number;
  /** ms since 1970. */
  readonly now: number;
  readonly signal?: AbortSignal | undefined;
  /** Told of each that is gone, for the audit log and for what is kept elsewhere. */
  readonly onDeleted?: (id: string, deleted: DeletedRecording) => Promise<void>;
}

/**
 * Deletes recordings that were added more than a number of days ago, whole, oldest first.
 * @returns     how many
 * @throws EcgError `cancelled`
 */
export async function deleteOldRecordings(
  { database, blobs }: Pick<Storage, 'database' | 'blobs'>,
  { days, now, signal, onDeleted }: RetentionOptions,
): Promise<number> {
  const before = new Date(Math.max(0, now - days * DAY_MS)).toISOString();
  let deleted = 0;
  for (;;) {
    const old = await database
      .selectFrom('recordings')
      .select('id')
      .where('created_at', '<', before)
      .orderBy('created_at')
      .orderBy('id')
      .limit(AT_ONCE)
      .execute();
    if (old.length === 0) return deleted;
    for (const { id } of old) {
      if (signal?.aborted) throw new EcgError('cancelled', 'storage: retention was cancelled');
      const gone = await deleteRecording(database, blobs, id).catch((fault: unknown) => {
        // Another process, or a person, was faster.
        if (fault instanceof EcgError && fault.code === 'not-found') return undefined;
        throw fault;
      });
      if (gone === undefined) continue;
      deleted++;
      await onDeleted?.(id, gone);
    }
  }
}
