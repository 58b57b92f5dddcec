import type { Logger } from 'pino';
import { EcgError } from '../../core/index.js';
import { ServiceFault } from '../fault.js';
import type { JobRow } from '../storage/jobs.js';
import type { Database } from '../storage/tables.js';
import type { JobKind, JobState } from './job.js';
import {
  claimQueued,
  endJob,
  giveBack,
  type JobClaim,
  type JobOutcome,
  MOST_ATTEMPTS,
  renewLease,
} from './job-lease.js';
import type { Made, Perform } from './perform.js';
import { WorkerDied } from './worker-died.js';

/** Progress is stored this often at most. */
const PROGRESS_MS = 500;
/** ms between attempts to store a result while the database is gone. */
const RETRY_MS = 1000;

export interface JobRunnerOptions {
  readonly database: Database;
  readonly performers: Readonly<Record<JobKind, Perform>>;
  /** A name for one claim. */
  readonly nameClaim: () => string;
  readonly leaseMs: number;
  readonly log: Logger;
  /** ms since 1970; for times that people read. */
  readonly now: () => number;
  readonly onEnded: (job: JobRow, status: JobState) => void;
  /** Of jobs that wait for a worker now. */
  readonly onQueued: (job: { readonly id: string; readonly kind: JobKind }) => void;
}

/** Runs jobs that somebody names, each in one claim. */
export interface JobRunner {
  /**
   * Does a job, if it is to be had; rejects only when the database could not be asked.
   */
  take(jobId: string): Promise<void>;
  /** Stops a job of this process: somebody has cancelled it. */
  stop(jobId: string): void;
  /** Jobs that run here. */
  running(): number;
  /** Gives back what runs. */
  close(): Promise<void>;
}

type Why = 'cancelled' | 'lost' | 'closing';

export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const { database, performers, log, now } = options;
  const active = new Map<JobClaim, { stop(why: Why): void; readonly over: Promise<void> }>();
  let closing = false;

  const time = () => new Date(now()).toISOString();

  const run = async (job: JobRow, claim: JobClaim, lease: Lease): Promise<void> => {
    const stopping = new AbortController();
    let why: Why | undefined;
    let leave = () => {};
    const over = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const stop = (reason: Why) => {
      why ??= reason;
      stopping.abort();
    };
    active.set(claim, { stop, over });
    if (closing) stop('closing');
    const beating = keepLease(options, claim, lease, () => stop('lost'));
    const told = log.child({ job: job.id, kind: job.kind });
    try {
      let made: Made | undefined;
      let outcome: JobOutcome = { status: 'done' };
      try {
        made = await performers[kindOf(job)](job, {
          signal: stopping.signal,
          onProgress: (stage, done) => beating.tell(stage, done),
        });
      } catch (fault) {
        if (why === 'cancelled' || why === 'lost') return;
        if (why === 'closing') {
          await giveBack(database, claim, false);
          return;
        }
        // Found again by the sweep, every few seconds, until there is space: it is no fault of the recording.
        if (isFull(fault)) {
          told.warn({ error: fault }, 'a job is given back until there is space');
          await giveBack(database, claim, false);
          return;
        }
        if (isPassing(fault) && job.attempts < MOST_ATTEMPTS) {
          told.warn({ error: fault }, 'a job is given back');
          await giveBack(database, claim, true);
          return;
        }
        outcome = { status: 'failed', ...outcomeOf(fault, job.attempts) };
        if (outcome.code === 'internal') told.error({ error: fault }, 'a job failed unexpectedly');
      }
      const end = (as: JobOutcome) =>
        persistently(
          () => endJob(database, claim, as, time(), async (transaction) => made?.commit(transaction, time())),
          () => closing,
        );
      const held = await end(outcome).catch((fault: unknown) => {
        if (closing || made === undefined) throw fault;
        told.error({ error: fault }, 'the result of a job could not be stored');
        made = undefined;
        outcome = { status: 'failed', ...outcomeOf(fault, job.attempts) };
        return end(outcome);
      });
      if (!held) return;
      told.info({ status: outcome.status }, 'a job ended');
      options.onEnded(job, outcome.status);
      if (made?.next !== undefined) options.onQueued(made.next);
      await made?.tidy?.().catch((fault: unknown) => told.warn({ error: fault }, 'tidying failed'));
    } catch (fault) {
      // The database is gone and we close, or it refuses: the lease ends by itself, and the job is done again.
      told.warn({ error: fault }, 'a job could not be ended');
    } finally {
      beating.stop();
      active.delete(claim);
      leave();
    }
  };

  return {
    async take(jobId) {
      if (closing) throw new ServiceFault('unavailable', 'jobs: this worker closes');
      const claim: JobClaim = { id: jobId, worker: options.nameClaim() };
      const lease = createLease(options);
      const job = await claimQueued(database, claim, {
        now: time(),
        leaseUntil: lease.next(),
      });
      if (job !== undefined) await run(job, claim, lease);
    },
    stop(jobId) {
      for (const [{ id }, { stop }] of active) if (id === jobId) stop('cancelled');
    },
    running: () => active.size,
    async close() {
      closing = true;
      const all = [...active.values()];
      for (const { stop } of all) stop('closing');
      await Promise.all(all.map(({ over }) => over));
    },
  };
}

interface Lease {
  /** Until when the lease is told to last: never the same twice, whatever the clock does. */
  next(): string;
}

function createLease({ now, leaseMs }: Pick<JobRunnerOptions, 'now' | 'leaseMs'>): Lease {
  let last = Number.NEGATIVE_INFINITY;
  return {
    next() {
      const wanted = now() + leaseMs;
      // Others watch for a change, so a clock that stands still must not look like silence.
      last = wanted === last ? last + 1 : wanted;
      return new Date(last).toISOString();
    },
  };
}

/** Tells the database that the worker lives and how far it is. */
function keepLease(
  { database, leaseMs }: Pick<JobRunnerOptions, 'database' | 'leaseMs'>,
  claim: JobClaim,
  lease: Lease,
  onLost: () => void,
): { tell(stage: string, done: number): void; stop(): void } {
  let stage: string | null = null;
  let progress = 0;
  let changed = false;
  let asking = false;
  // When, of the monotonic clock.
  let told = performance.now();
  const beat = async (): Promise<void> => {
    if (asking || !(changed || performance.now() - told > leaseMs / 4)) return;
    asking = true;
    changed = false;
    try {
      if (!(await renewLease(database, claim, { leaseUntil: lease.next(), stage, progress }))) onLost();
      told = performance.now();
    } catch {
      // The database is gone. Nobody else can take the job from it either; if it comes back we go on.
    } finally {
      asking = false;
    }
  };
  const timer = setInterval(() => void beat(), Math.min(PROGRESS_MS, leaseMs / 4));
  return {
    tell(now, done) {
      const next = Math.min(1, Math.max(progress, done));
      changed ||= now !== stage || next !== progress;
      stage = now;
      progress = next;
    },
    stop: () => clearInterval(timer),
  };
}

/** Tries until it works, as long as what is in the way may pass. */
async function persistently<T>(work: () => Promise<T>, isOver: () => boolean): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (fault) {
      const passes = isFull(fault) || (fault instanceof ServiceFault && fault.code === 'unavailable');
      if (isOver() || !passes) throw fault;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

function isFull(fault: unknown): boolean {
  return fault instanceof ServiceFault && fault.code === 'storage-full';
}

/** Whether the same job may work another time: what a recording causes does not pass. */
function isPassing(fault: unknown): boolean {
  return fault instanceof WorkerDied || (fault instanceof ServiceFault && fault.code === 'unavailable');
}

function outcomeOf(fault: unknown, attempts: number): { code: string; message: string } {
  if (fault instanceof EcgError || fault instanceof ServiceFault)
    return { code: fault.code, message: fault.message };
  if (fault instanceof WorkerDied)
    return {
      code: 'internal',
      message: `${fault.message}; after ${attempts} attempts it is not tried again: the recording may need more memory than this machine has`,
    };
  return { code: 'internal', message: 'an unexpected fault of the server; its log says more' };
}

function kindOf(job: JobRow): JobKind {
  return job.kind === 'import' ? 'import' : 'analyze';
}
