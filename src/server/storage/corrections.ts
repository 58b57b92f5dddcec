import type { Selectable } from 'kysely';
import { ServiceFault } from '../fault.js';
import { recordingNotFound } from './recordings.js';
import type { Database, Tables } from './tables.js';

export type CorrectionRow = Selectable<Tables['corrections']>;

/**
 * Appends a correction to the revision it was made on; two made on the same one do not both pass.
 *
 * @param correction.revision  the one it was made on, 0 before the first
 * @returns     the new revision
 * @throws EcgError `not-found`; ServiceFault `conflict` when the recording has another revision by now
 */
export async function appendCorrection(
  database: Database,
  correction: CorrectionRow,
): Promise<{ readonly revision: number }> {
  const { recording_id: id, revision: madeOn } = correction;
  return database.transaction().execute(async (transaction) => {
    // The compare-and-set takes the row's lock: whoever comes second finds the revision moved on.
    const moved = await transaction
      .updateTable('recordings')
      .set({ revision: madeOn + 1 })
      .where('id', '=', id)
      .where('revision', '=', madeOn)
      .returning('revision')
      .executeTakeFirst();
    if (moved === undefined) {
      const now = await transaction
        .selectFrom('recordings')
        .select('revision')
        .where('id', '=', id)
        .executeTakeFirst();
      if (now === undefined) throw recordingNotFound(id);
      throw new ServiceFault(
        'conflict',
        `corrections: made on revision ${madeOn} while the recording is at ${now.revision}, ` +
          'read it again and correct that',
      );
    }
    await transaction
      .insertInto('corrections')
      .values({ ...correction, revision: moved.revision })
      .execute();
    return moved;
  });
}

/** In the order in which they were made. */
export async function correctionsOfRecording(
  database: Database,
  recordingId: string,
  { afterRevision = 0, limit = 100_000 }: { readonly afterRevision?: number; readonly limit?: number } = {},
): Promise<CorrectionRow[]> {
  return database
    .selectFrom('corrections')
    .selectAll()
    .where('recording_id', '=', recordingId)
    .where('revision', '>', afterRevision)
    .orderBy('revision')
    .limit(limit)
    .execute();
}
