import type { Insertable, Selectable, Updateable } from 'kysely';
import { EcgError } from '../../core/index.js';
import type { Database, Tables } from './tables.js';

export type RecordingRow = Selectable<Tables['recordings']>;
/** What a new recording is told with; what search compares follows from it. */
export type NewRecording = Omit<Insertable<Tables['recordings']>, Derived>;
/** What may change of a recording. */
export type RecordingChange = Omit<
  Updateable<Tables['recordings']>,
  Derived | 'id' | 'created_at' | 'revision'
>;
type Derived = 'name_folded' | 'leads_folded';

/** @throws ServiceFault `conflict` when the id is taken */
export async function insertRecording(database: Database, recording: NewRecording): Promise<void> {
  await database
    .insertInto('recordings')
    .values({
      ...recording,
      name_folded: foldForSearch(recording.name),
      leads_folded: foldLeads(recording.leads ?? null),
    })
    .execute();
}

/** @throws EcgError `not-found` */
export async function getRecording(database: Database, id: string): Promise<RecordingRow> {
  const row = await findRecording(database, id);
  if (row === undefined) throw recordingNotFound(id);
  return row;
}

export async function findRecording(database: Database, id: string): Promise<RecordingRow | undefined> {
  return database.selectFrom('recordings').selectAll().where('id', '=', id).executeTakeFirst();
}

/**
 * Changes what is given and returns the recording as it is then.
 * @throws EcgError `not-found`
 */
export async function updateRecording(
  database: Database,
  id: string,
  change: RecordingChange,
): Promise<RecordingRow> {
  if (Object.keys(change).length === 0) return getRecording(database, id);
  const row = await database
    .updateTable('recordings')
    .set({
      ...change,
      ...(change.name === undefined ? {} : { name_folded: foldForSearch(change.name) }),
      ...(change.leads === undefined ? {} : { leads_folded: foldLeads(change.leads) }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw recordingNotFound(id);
  return row;
}

export function recordingNotFound(id: string): EcgError {
  return new EcgError('not-found', `recording: there is none with the id "${id.slice(0, 64)}"`);
}

/** A text as search compares it: case, width and composition of its letters do not count. */
export function foldForSearch(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Each name between two line ends, so that a name is found as a whole: `V1` is not `V10`. */
function foldLeads(leads: string | null): string | null {
  if (leads === null) return null;
  const names = (JSON.parse(leads) as readonly { readonly lead: string }[]).map(({ lead }) =>
    foldForSearch(lead).replaceAll('\n', ' '),
  );
  return `\n${names.join('\n')}\n`;
}
