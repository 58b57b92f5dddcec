import type { JobKind, WorkQueue } from './job.js';

interface Listener {
  readonly take: (jobId: string) => Promise<void>;
  readonly atOnce: number;
  running: number;
}

/** A work queue within this process; it forgets with it, and the database reminds it. */
export function createMemoryQueue(): WorkQueue {
  const waiting = new Map<JobKind, Set<string>>();
  const listeners = new Map<JobKind, Listener>();
  const hearing: ((jobId: string) => void)[] = [];
  let closed = false;

  const hand = (kind: JobKind): void => {
    const listener = listeners.get(kind);
    const ids = waiting.get(kind);
    if (closed || listener === undefined || ids === undefined) return;
    for (const id of ids) {
      if (listener.running >= listener.atOnce) return;
      ids.delete(id);
      listener.running++;
      // What fails is still queued in the database, which has it announced again.
      void listener
        .take(id)
        .catch(() => {})
        .finally(() => {
          listener.running--;
          hand(kind);
        });
    }
  };
  return {
    async announce(kind, jobId) {
      // Without a listener nobody here ever takes it.
      if (closed || !listeners.has(kind)) return;
      const ids = waiting.get(kind) ?? new Set();
      waiting.set(kind, ids.add(jobId));
      hand(kind);
    },
    async listen(kind, take, atOnce) {
      listeners.set(kind, { take, atOnce, running: 0 });
    },
    async announceCancel(jobId) {
      for (const heard of hearing) heard(jobId);
    },
    onCancel(heard) {
      hearing.push(heard);
    },
    async close() {
      closed = true;
      waiting.clear();
    },
  };
}
