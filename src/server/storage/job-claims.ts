import { sql } from 'kysely';
import { insertAnalysis } from './analyses.js';
import type { JobRow } from './jobs.js';
import { type RecordingChange, updateRecording } from './recordings.js';
import type { Database } from './tables.js';

/** A worker's right to a job, until its lease ends or somebody else takes it over. */
export interface JobClaim {
  readonly id: string;
  readonly worker: string;
  /** Which of the attempts it is: a worker that lost a job and got it again holds another claim. */
  readonly attempt: number;
}

export interface ClaimOptions {
  /** ISO 8601. */
  readonly now: string;
  /** ISO 8601: until then nobody else may take it. */
  readonly leaseUntil: string;
}

/**
 * Takes a job that is queued, or whose lease has ended. Of any number of workers that try at once, one gets it.
 * @returns     the job as it is now, or undefined when somebody else has it or it is over
 */
export async function claimJob(
  database: Database,
  id: string,
  worker: string,
  { now, leaseUntil }: ClaimOptions,
): Promise<{ readonly claim: JobClaim; readonly job: JobRow } | undefined> {
  const job = await database
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
    .where((row) =>
      row.or([
        row('status', '=', 'queued'),
        row.and([row('status', '=', 'running'), row('lease_until', '<', now)]),
      ]),
    )
    .returningAll()
    .executeTakeFirst();
  return job === undefined ? undefined : { job, claim: { id, worker, attempt: job.attempts } };
}

/**
 * Tells how far a job is and renews its lease.
 * @returns     whether the claim still holds; if not, the work is to be dropped
 */
export async function heartbeatJob(
  database: Database,
  claim: JobClaim,
  beat: { readonly leaseUntil: string; readonly stage: string | null; readonly progress: number },
): Promise<boolean> {
  const { numUpdatedRows } = await held(database, claim)
    .set({ lease_until: beat.leaseUntil, stage: beat.stage, progress: beat.progress })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Gives a job back unfinished, for anybody to take: its worker is closing. */
export async function releaseJob(database: Database, claim: JobClaim): Promise<boolean> {
  const { numUpdatedRows } = await held(database, claim)
    .set({ status: 'queued', worker: null, lease_until: null, stage: null, progress: 0 })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** How a job ended. */
export type JobOutcome =
  | { readonly status: 'done' }
  | { readonly status: 'failed'; readonly code: string; readonly message: string };

/**
 * Ends a job together with what it made, all or nothing, if the claim still holds.
 *
 * @param made.recording  what changes of its recording
 * @param made.analysis   blob of the analysis it made, with an id for it
 * @returns     whether it did; if not, somebody else has the job or it was cancelled, and nothing changed
 */
export async function finishJob(
  database: Database,
  claim: JobClaim,
  outcome: JobOutcome,
  now: string,
  made: {
    readonly recording?: RecordingChange;
    readonly analysis?: { readonly id: string; readonly sha256: string };
  } = {},
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
      .returning(['recording_id'])
      .executeTakeFirst();
    if (job === undefined) return false;
    if (made.recording !== undefined) await updateRecording(transaction, job.recording_id, made.recording);
    if (made.analysis !== undefined) {
      await insertAnalysis(transaction, {
        ...made.analysis,
        recording_id: job.recording_id,
        job_id: claim.id,
        created_at: now,
      });
    }
    return true;
  });
}

/** The job, as long as the claim holds. */
function held(database: Database, { id, worker, attempt }: JobClaim) {
  return database
    .updateTable('jobs')
    .where('id', '=', id)
    .where('status', '=', 'running')
    .where('worker', '=', worker)
    .where('attempts', '=', attempt);
}
