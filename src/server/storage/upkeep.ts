import type { DeletedRecording } from './delete-recording.js';
import type { Storage } from './open-storage.js';
import { repairStorage } from './repair.js';
import { deleteOldRecordings } from './retention.js';

const HOUR_MS = 3_600_000;

export interface UpkeepOptions {
  /** Days after which recordings are deleted; null keeps them. */
  readonly retentionDays: number | null;
  readonly now: () => number;
  readonly everyMs?: number;
  readonly onDeleted?: (id: string, deleted: DeletedRecording) => Promise<void>;
  /** Told of what went wrong; it is tried again next time. */
  readonly onFault: (fault: unknown) => void;
}

/** Applies retention and repairs what dead processes left, now and every hour, until it is closed. */
export function startUpkeep(
  storage: Pick<Storage, 'database' | 'blobs'>,
  { retentionDays, now, everyMs = HOUR_MS, onDeleted, onFault }: UpkeepOptions,
): { close(): Promise<void> } {
  const closing = new AbortController();
  const { signal } = closing;
  let timer: NodeJS.Timeout | undefined;
  const round = async (): Promise<void> => {
    try {
      if (retentionDays !== null) {
        await deleteOldRecordings(storage, {
          days: retentionDays,
          now: now(),
          signal,
          ...(onDeleted === undefined ? {} : { onDeleted }),
        });
      }
      // What another process left when it died, without being started again.
      await repairStorage(storage, { now: now(), alone: false, signal });
    } catch (fault) {
      if (!signal.aborted) onFault(fault);
    }
    if (!signal.aborted) {
      timer = setTimeout(() => {
        running = round();
      }, everyMs);
      timer.unref();
    }
  };
  let running = round();
  return {
    async close() {
      closing.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
