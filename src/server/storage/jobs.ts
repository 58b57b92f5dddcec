import type { Insertable, Selectable } from 'kysely';
import { EcgError } from '../../core/index.js';
import type { Database, Tables } from './tables.js';

export type JobRow = Selectable<Tables['jobs']>;

/** @throws EcgError `not-found` when its recording has been deleted */
export async function insertJob(database: Database, job: Insertable<Tables['jobs']>): Promise<void> {
  await database.insertInto('jobs').values(job).execute();
}

/** @throws EcgError `not-found` */
export async function getJob(database: Database, id: string): Promise<JobRow> {
  const row = await database.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) {
    throw new EcgError('not-found', `job: there is none with the id "${id.slice(0, 64)}"`);
  }
  return row;
}

/** Newest first. */
export async function jobsOfRecording(database: Database, recordingId: string): Promise<JobRow[]> {
  return database
    .selectFrom('jobs')
    .selectAll()
    .where('recording_id', '=', recordingId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

export async function countQueuedJobs(database: Database): Promise<number> {
  const { n } = await database
    .selectFrom('jobs')
    .select((row) => row.fn.countAll<number>().as('n'))
    .where('status', '=', 'queued')
    .executeTakeFirstOrThrow();
  return n;
}
