import { randomUUID } from 'node:crypto';
import { dialectOf } from './database.js';
import { insertJob } from './jobs.js';
import type { Storage } from './open-storage.js';
import { updateRecording } from './recordings.js';
import { type SweepReport, sweep } from './sweep.js';
import type { Database } from './tables.js';

/** What is younger than this may belong to a process that lives. */
const GRACE_MS = 3_600_000;

export interface RepairOptions {
  /** ms since 1970. */
  readonly now: number;
  /**
   * Whether no other process works on this installation, so that everything unfinished is left over: as when the
   * folder is locked. Otherwise only what is older than an hour is.
   */
  readonly alone: boolean;
  /** Ends the sweep early. */
  readonly signal?: AbortSignal | undefined;
}

export interface RepairReport extends SweepReport {
  /** Jobs whose worker is gone, waiting for another. */
  readonly requeued: number;
  /** Recordings that were left half imported: given a job again. */
  readonly resumed: number;
  /** Recordings that nothing can finish: marked as failed. */
  readonly failed: number;
}

/** Brings order into what a crash left: doing it twice, or in several processes at once, is the same as once. */
export async function repairStorage(
  { database, blobs }: Pick<Storage, 'database' | 'blobs'>,
  { now, alone, signal }: RepairOptions,
): Promise<RepairReport> {
  const untouchedSince = alone ? now : now - GRACE_MS;
  // Beside others, whoever runs jobs notices those whose worker is gone, without comparing clocks.
  const requeued = alone ? await requeueAll(database) : 0;
  let resumed = 0;
  let failed = 0;
  for (const id of await halfImported(database, new Date(untouchedSince).toISOString())) {
    const done = await database
      .transaction()
      .execute((transaction) => settleImport(transaction, id, new Date(now).toISOString()));
    if (done === 'resumed') resumed++;
    if (done === 'failed') failed++;
  }
  // A clock that was set back makes files of the future; alone, nothing there is wanted by anybody.
  const swept = await sweep(database, blobs, {
    untouchedSince: alone ? Number.POSITIVE_INFINITY : untouchedSince,
    signal,
  });
  return { requeued, resumed, failed, ...swept };
}

/** Running jobs go back to the queue. */
async function requeueAll(database: Database): Promise<number> {
  const { numUpdatedRows } = await database
    .updateTable('jobs')
    .set({ status: 'queued', worker: null, lease_until: null, stage: null, progress: 0 })
    .where('status', '=', 'running')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

async function halfImported(database: Database, addedBy: string): Promise<string[]> {
  const rows = await database
    .selectFrom('recordings')
    .select('id')
    .where('status', '=', 'importing')
    .where('created_at', '<=', addedBy)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('jobs')
            .select('jobs.id')
            .whereRef('jobs.recording_id', '=', 'recordings.id')
            .where('jobs.status', 'in', ['queued', 'running']),
        ),
      ),
    )
    .execute();
  return rows.map(({ id }) => id);
}

/** Of a recording that nobody imports any more: another job where there is none yet, failed otherwise. */
async function settleImport(
  database: Database,
  id: string,
  now: string,
): Promise<'resumed' | 'failed' | undefined> {
  const still = database
    .selectFrom('recordings')
    .selectAll()
    .where('id', '=', id)
    .where('status', '=', 'importing');
  // Whoever repairs at the same time waits here, and then sees what was done.
  const recording = await (dialectOf(database) === 'postgres' ? still.forUpdate() : still).executeTakeFirst();
  if (recording === undefined) return undefined;
  const jobs = await database
    .selectFrom('jobs')
    .select(['status', 'error_code', 'error_message'])
    .where('recording_id', '=', id)
    .where('kind', '=', 'import')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  if (jobs.some(({ status }) => status === 'queued' || status === 'running')) return undefined;
  const files = await database
    .selectFrom('recording_files')
    .select('position')
    .where('recording_id', '=', id)
    .limit(1)
    .execute();
  const last = jobs[0];
  if (last === undefined && files.length > 0) {
    await insertJob(database, {
      id: randomUUID(),
      kind: 'import',
      recording_id: id,
      owner: recording.owner,
      status: 'queued',
      options: '{}',
      created_at: now,
      attempts: 0,
      progress: 0,
    });
    return 'resumed';
  }
  await updateRecording(database, id, {
    status: 'failed',
    error_code: last?.error_code ?? 'cancelled',
    error_message:
      last?.error_message ?? 'import: it was interrupted before it was finished, upload it again',
  });
  return 'failed';
}
