import type { Insertable, Selectable } from 'kysely';
import type { Database, Tables } from './tables.js';

export type AnalysisRow = Selectable<Tables['analyses']>;

/** @throws EcgError `not-found` when its recording has been deleted */
export async function insertAnalysis(
  database: Database,
  analysis: Insertable<Tables['analyses']>,
): Promise<void> {
  await database.insertInto('analyses').values(analysis).execute();
}

/** The one that counts. */
export async function newestAnalysis(
  database: Database,
  recordingId: string,
): Promise<AnalysisRow | undefined> {
  return analysesNewestFirst(database, recordingId).limit(1).executeTakeFirst();
}

/** Newest first. */
export async function analysesOfRecording(database: Database, recordingId: string): Promise<AnalysisRow[]> {
  return analysesNewestFirst(database, recordingId).execute();
}

function analysesNewestFirst(database: Database, recordingId: string) {
  return database
    .selectFrom('analyses')
    .selectAll()
    .where('recording_id', '=', recordingId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc');
}
