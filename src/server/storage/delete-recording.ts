import { type DatabaseDialect, dialectOf } from './database.js';
import type { FileBlobStore } from './file-blobs.js';
import { isBlobNamed } from './named-blobs.js';
import { recordingNotFound } from './recordings.js';
import type { Database } from './tables.js';

/** What went with a recording and is kept elsewhere. */
export interface DeletedRecording {
  /** Streams that became this recording. */
  readonly streams: string[];
}

/**
 * Deletes all of a recording: its rows in every table at once, then every blob that no other row names. What a crash
 * in between leaves is out of reach already, and the sweep removes it; so is a blob that somebody is just uploading
 * again. The audit log keeps that it was there.
 *
 * @throws EcgError `not-found`
 */
export async function deleteRecording(
  database: Database,
  blobs: FileBlobStore,
  id: string,
): Promise<DeletedRecording> {
  const { streams, named } = await database
    .transaction()
    .execute((transaction) => deleteRows(transaction, id));
  for (const [sha256, since] of named) {
    await blobs.removeUnnamed(sha256, since, (name) => isBlobNamed(database, name));
  }
  return { streams };
}

/** The rows' part; which blobs they named, and since when (ms) that of each was in its row. */
async function deleteRows(
  database: Database,
  id: string,
): Promise<{ streams: string[]; named: Map<string, number> }> {
  // Until the end nobody adds anything to it: what is not seen here cannot be left behind.
  const recording = await lockRecording(database, dialectOf(database), id);
  const of = { column: 'recording_id', id } as const;
  const files = await database
    .selectFrom('recording_files')
    .select('sha256')
    .where(of.column, '=', id)
    .execute();
  const analyses = await database
    .selectFrom('analyses')
    .select(['sha256', 'created_at'])
    .where(of.column, '=', id)
    .execute();
  const jobs = await database
    .selectFrom('jobs')
    .select(['started_at', 'finished_at'])
    .where(of.column, '=', id)
    .where('kind', '=', 'import')
    .execute();
  const streams = await database.selectFrom('streams').select('id').where(of.column, '=', id).execute();
  const streamIds = streams.map((stream) => stream.id);

  const stored = latest([recording.created_at, ...jobs.map((job) => job.started_at)]);
  const imported = latest([recording.created_at, ...jobs.map((job) => job.finished_at)]);
  const named = new Map<string, number>();
  const name = (sha256: string | null, since: number) => {
    if (sha256 !== null) named.set(sha256, Math.max(since, named.get(sha256) ?? 0));
  };
  for (const file of files) name(file.sha256, stored);
  for (const analysis of analyses) name(analysis.sha256, latest([analysis.created_at]));
  name(recording.info_sha256, imported);
  name(recording.pyramid_sha256, imported);

  await database.deleteFrom('alerts').where(of.column, '=', id).execute();
  if (streamIds.length > 0) {
    await database.deleteFrom('alerts').where('stream_id', 'in', streamIds).execute();
    await database.deleteFrom('streams').where('id', 'in', streamIds).execute();
  }
  // Files, analyses, corrections and jobs belong to it and go with it.
  await database.deleteFrom('recordings').where('id', '=', id).execute();
  return { streams: streamIds, named };
}

async function lockRecording(database: Database, dialect: DatabaseDialect, id: string) {
  const query = database.selectFrom('recordings').selectAll().where('id', '=', id);
  const row = await (dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
  if (row === undefined) throw recordingNotFound(id);
  return row;
}

/** ms since 1970 of the latest of some times, and the rest of its millisecond. */
function latest(times: readonly (string | null)[]): number {
  return Math.max(...times.map((time) => (time === null ? 0 : Date.parse(time) + 1)));
}
