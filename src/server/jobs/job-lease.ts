import { sql } from 'kysely';
import type { JobRow } from '../storage/jobs.js';
import { updateRecording } from '../storage/recordings.js';
import type { Database } from '../storage/tables.js';
import type { LeaseSeen } from './lease-watch.js';

/** Attempts of a job of which this process saw that it ended what worked on it. */
export const MOST_ATTEMPTS = 3;
/**
 * Attempts in all, those included whose process was gone afterwards: a machine that is switched off and an
 * impatient operator are no fault of a recording, but what ends its worker every time must not do so for ever.
 */
export const MOST_BEGINNINGS = 100;

/** A worker's right to a job, until it is taken from it. */
export interface JobClaim {
  readonly id: string;
  /** Of this claim alone. */
  readonly worker: string;
}

/** How a job ended. */
export type JobOutcome =
  | { readonly status: 'done' }
  | { readonly status: 'failed'; readonly code: string; readonly message: string };

/** Takes a queued job: of any number of workers that try at once, one gets it. */
export async function claimQueued(
  database: Database,
  { id, worker }: JobClaim,
  { now, leaseUntil }: { readonly now: string; readonly leaseUntil: string },
): Promise<JobRow | undefined> {
  return database
    .updateTable('jobs')
    .set((row) => ({
      status: 'running',
      worker,
      lease_until: leaseUntil,
      attempts: sql<number>`attempts + 1`,
      started_at: row.fn.coalesce('started_at', row.val(now)),
      stage: null,
      progress: 0,
    }))
    .where('id', '=', id)
    .where('status', '=', 'queued')
    .where('attempts', '<', MOST_BEGINNINGS)
    .returningAll()
    .executeTakeFirst();
}

/** Tells how far a job is and that its worker lives; false when it is no longer that worker's. */
export async function renewLease(
  database: Database,
  claim: JobClaim,
  beat: { readonly leaseUntil: string; readonly stage: string | null; readonly progress: number },
): Promise<boolean> {
  const { numUpdatedRows } = await held(database, claim)
    .set({ lease_until: beat.leaseUntil, stage: beat.stage, progress: beat.progress })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

const QUEUED = { status: 'queued', worker: null, lease_until: null, stage: null, progress: 0 } as const;

/**
 * Gives a job back unfinished, for anybody to take.
 * @param counts  whether it was an attempt; not where its worker closes
 */
export async function giveBack(database: Database, claim: JobClaim, counts: boolean): Promise<void> {
  await held(database, claim)
    .set({ ...QUEUED, ...(counts ? {} : { attempts: sql<number>`attempts - 1` }) })
    .execute();
}

/** Takes a job from a worker that has gone silent; false when it was not so silent after all. */
export async function takeBack(database: Database, seen: LeaseSeen): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('jobs')
    .set(QUEUED)
    .where('id', '=', seen.id)
    .where('status', '=', 'running')
    .where('worker', seen.worker === null ? 'is' : '=', seen.worker)
    .where('lease_until', seen.lease_until === null ? 'is' : '=', seen.lease_until)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Ends a job together with what it made, all or nothing, if the claim still holds.
 *
 * @param make  stores what it made, in the same transaction
 * @returns     whether it did; if not, somebody else has the job or it was cancelled, and nothing changed
 */
export async function endJob(
  database: Database,
  claim: JobClaim,
  outcome: JobOutcome,
  now: string,
  make: (transaction: Database) => Promise<void> = async () => {},
): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    const job = await held(transaction, claim)
      .set({
        status: outcome.status,
        finished_at: now,
        worker: null,
        lease_until: null,
        ...(outcome.status === 'done'
          ? { progress: 1 }
          : { error_code: outcome.code, error_message: outcome.message }),
      })
      .returningAll()
      .executeTakeFirst();
    if (job === undefined) return false;
    await make(transaction);
    if (outcome.status === 'failed') await failImport(transaction, job, outcome);
    return true;
  });
}

/** Ends a queued or running job; undefined when it is over already. Whoever runs it finds its claim gone. */
export async function cancelJob(database: Database, id: string, now: string): Promise<JobRow | undefined> {
  return database.transaction().execute(async (transaction) => {
    const job = await transaction
      .updateTable('jobs')
      .set({ status: 'cancelled', finished_at: now, worker: null, lease_until: null })
      .where('id', '=', id)
      .where('status', 'in', ['queued', 'running'])
      .returningAll()
      .executeTakeFirst();
    if (job !== undefined)
      await failImport(transaction, job, { code: 'cancelled', message: 'import: it was cancelled' });
    return job;
  });
}

/** Fails queued jobs that were begun too often; each is returned once. */
export async function failExhausted(database: Database, now: string): Promise<JobRow[]> {
  return database.transaction().execute(async (transaction) => {
    const jobs = await transaction
      .updateTable('jobs')
      .set((row) => ({
        status: 'failed',
        finished_at: now,
        error_code: 'internal',
        error_message: sql<string>`${row.ref('kind')} || ${EXHAUSTED}`,
      }))
      .where('status', '=', 'queued')
      .where('attempts', '>=', MOST_BEGINNINGS)
      .returningAll()
      .execute();
    for (const job of jobs)
      await failImport(transaction, job, { code: 'internal', message: job.error_message ?? '' });
    return jobs;
  });
}

const EXHAUSTED =
  `: its worker ended in the middle of it ${MOST_BEGINNINGS} times, it is not tried again; ` +
  'the recording may need more memory than this machine has';

/** A recording that could not be imported says why. */
async function failImport(
  database: Database,
  job: JobRow,
  { code, message }: { readonly code: string; readonly message: string },
): Promise<void> {
  if (job.kind !== 'import') return;
  await updateRecording(database, job.recording_id, {
    status: 'failed',
    error_code: code,
    error_message: message,
  });
}

/** The job, as long as the claim holds. */
function held(database: Database, { id, worker }: JobClaim) {
  return database
    .updateTable('jobs')
    .where('id', '=', id)
    .where('status', '=', 'running')
    .where('worker', '=', worker);
}
