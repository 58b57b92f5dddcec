import type { Insertable, Selectable } from 'kysely';
import { EcgError } from '../../core/index.js';
import type { Database, Tables } from './tables.js';

export type StreamRow = Selectable<Tables['streams']>;

export async function insertStream(database: Database, stream: Insertable<Tables['streams']>): Promise<void> {
  await database.insertInto('streams').values(stream).execute();
}

/** @throws EcgError `not-found` */
export async function getStream(database: Database, id: string): Promise<StreamRow> {
  const row = await database.selectFrom('streams').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) {
    throw new EcgError('not-found', `stream: there is none with the id "${id.slice(0, 64)}"`);
  }
  return row;
}

/** Streams that were begun and not ended, oldest first. */
export async function openStreams(database: Database): Promise<StreamRow[]> {
  return database
    .selectFrom('streams')
    .selectAll()
    .where('ended_at', 'is', null)
    .orderBy('started_at')
    .orderBy('id')
    .execute();
}

/** Newest first. */
export async function streamsOfDevice(
  database: Database,
  device: string,
  limit: number,
): Promise<StreamRow[]> {
  return database
    .selectFrom('streams')
    .selectAll()
    .where('device', '=', device)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/**
 * Ends a stream, and says which recording it became; ending it again changes nothing.
 * @returns     whether it was open
 */
export async function endStream(
  database: Database,
  id: string,
  endedAt: string,
  recordingId: string | null,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('streams')
    .set({ ended_at: endedAt, recording_id: recordingId })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
