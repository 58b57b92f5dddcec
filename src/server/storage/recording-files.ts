import type { Insertable, Selectable } from 'kysely';
import type { Database, Tables } from './tables.js';

export type RecordingFileRow = Selectable<Tables['recording_files']>;

/** The files a recording was uploaded as, all or none of them. */
export async function insertRecordingFiles(
  database: Database,
  files: readonly Insertable<Tables['recording_files']>[],
): Promise<void> {
  if (files.length > 0)
    await database
      .insertInto('recording_files')
      .values([...files])
      .execute();
}

/** In the order in which they were given. */
export async function filesOfRecording(database: Database, recordingId: string): Promise<RecordingFileRow[]> {
  return database
    .selectFrom('recording_files')
    .selectAll()
    .where('recording_id', '=', recordingId)
    .orderBy('position')
    .execute();
}
