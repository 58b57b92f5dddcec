import { countQueuedJobs, type JobRow } from '../storage/jobs.js';
import type { Database } from '../storage/tables.js';
import type { JobKind, WorkQueue } from './job.js';
import { failExhausted, takeBack } from './job-lease.js';
import { createLeaseWatch } from './lease-watch.js';

/** Queued jobs that are announced at once, and again after so many ms. */
const ANNOUNCED_AT_ONCE = 500;
const AGAIN_MS = 10_000;

export interface QueuedJobsOptions {
  readonly database: Database;
  readonly queue: WorkQueue;
  readonly leaseMs: number;
  readonly everyMs: number;
  /** Whether the process that made a claim is known to have ended. */
  readonly hasEnded: (worker: string) => boolean;
  readonly now: () => number;
  readonly onFailed: (job: JobRow) => void;
  readonly onCount: (queued: number) => void;
  readonly onFault: (fault: unknown) => void;
}

/** What the database holds and no queue remembers. */
export interface QueuedJobs {
  /** Announces a job now. */
  announce(job: { readonly id: string; readonly kind: JobKind }): Promise<void>;
  close(): Promise<void>;
}

/**
 * Looks through the database now and then: jobs whose worker is gone are taken back, jobs that were begun too often
 * fail, queued ones are announced again. Several processes may do so at once.
 */
export function startQueuedJobs(options: QueuedJobsOptions): QueuedJobs {
  const { database, queue, everyMs, onFault } = options;
  const watch = createLeaseWatch(options.leaseMs, options.hasEnded);
  let announced = new Map<string, number>();
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const announce = async ({ id, kind }: { readonly id: string; readonly kind: JobKind }): Promise<void> => {
    announced.set(id, performance.now());
    await queue.announce(kind, id);
  };
  const round = async (): Promise<void> => {
    const running = await database
      .selectFrom('jobs')
      .select(['id', 'worker', 'lease_until'])
      .where('status', '=', 'running')
      .execute();
    for (const job of watch.look(running)) if (await takeBack(database, job)) announced.delete(job.id);
    const time = new Date(options.now()).toISOString();
    for (const job of await failExhausted(database, time)) options.onFailed(job);
    const queued = await database
      .selectFrom('jobs')
      .select(['id', 'kind'])
      .where('status', '=', 'queued')
      .orderBy('created_at')
      .orderBy('id')
      .limit(ANNOUNCED_AT_ONCE)
      .execute();
    options.onCount(await countQueuedJobs(database));
    const at = performance.now();
    const still = new Map<string, number>();
    for (const { id, kind } of queued) {
      const before = announced.get(id);
      if (before !== undefined && at - before < AGAIN_MS) still.set(id, before);
      else {
        await queue.announce(kind === 'import' ? 'import' : 'analyze', id);
        still.set(id, at);
      }
      if (closed) return;
    }
    announced = still;
  };
  const go = async (): Promise<void> => {
    try {
      await round();
    } catch (fault) {
      if (!closed) onFault(fault);
    }
    if (closed) return;
    timer = setTimeout(() => {
      working = go();
    }, everyMs);
    timer.unref();
  };
  let working = go();
  return {
    announce,
    async close() {
      closed = true;
      clearTimeout(timer);
      await working;
    },
  };
}
