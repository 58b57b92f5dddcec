import { sql } from 'kysely';
import { readCursor, writeCursor } from './cursor.js';
import { foldForSearch, type RecordingRow } from './recordings.js';
import type { Database } from './tables.js';

/** What a list of recordings may be narrowed by; all that is given must hold. */
export interface RecordingSearch {
  /** Part of the name, in any case. */
  readonly name?: string | undefined;
  /** A lead that it has, in any case: `V5`. */
  readonly lead?: string | undefined;
  readonly format?: string | undefined;
  readonly status?: string | undefined;
  readonly owner?: string | undefined;
  /** ISO 8601 in UTC: added at or after this, and before that. */
  readonly addedFrom?: string | undefined;
  readonly addedBefore?: string | undefined;
  /** ISO 8601: the recording itself began at or after this, and before that. */
  readonly startedFrom?: string | undefined;
  readonly startedBefore?: string | undefined;
}

export interface PageOptions {
  /** Rows of a page. */
  readonly limit: number;
  /** Of the page before; the first page without it. */
  readonly cursor?: string | undefined;
  /** `newest` when omitted: by the time it was added. */
  readonly order?: 'newest' | 'oldest' | undefined;
}

export interface RecordingPage {
  readonly recordings: RecordingRow[];
  /** For the next page; null on the last. */
  readonly next: string | null;
}

/**
 * A page of the recordings that match. Going from cursor to cursor gives each recording that stays once, whatever is
 * added or deleted meanwhile.
 *
 * @throws EcgError `bad-option` for a cursor that is not ours
 */
export async function listRecordings(
  database: Database,
  search: RecordingSearch,
  { limit, cursor, order = 'newest' }: PageOptions,
): Promise<RecordingPage> {
  const direction = order === 'newest' ? 'desc' : 'asc';
  let query = matching(database, search)
    .selectAll()
    .orderBy('created_at', direction)
    .orderBy('id', direction)
    // One more tells whether there is a next page.
    .limit(limit + 1);
  if (cursor !== undefined) {
    const { at, id } = readCursor(cursor);
    query = query.where(
      order === 'newest'
        ? sql<boolean>`(created_at, id) < (${at}, ${id})`
        : sql<boolean>`(created_at, id) > (${at}, ${id})`,
    );
  }
  const rows = await query.execute();
  const recordings = rows.slice(0, limit);
  const last = recordings.at(-1);
  return {
    recordings,
    next: rows.length > limit && last !== undefined ? writeCursor(last.created_at, last.id) : null,
  };
}

/** How many recordings match. */
export async function countRecordings(database: Database, search: RecordingSearch = {}): Promise<number> {
  const { n } = await matching(database, search)
    .select((row) => row.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return n;
}

function matching(database: Database, search: RecordingSearch) {
  let query = database.selectFrom('recordings');
  if (search.name !== undefined && search.name !== '') {
    query = query.where(contains('name_folded', foldForSearch(search.name)));
  }
  if (search.lead !== undefined) {
    query = query.where(contains('leads_folded', `\n${foldForSearch(search.lead)}\n`));
  }
  if (search.format !== undefined) query = query.where('format', '=', search.format);
  if (search.status !== undefined) query = query.where('status', '=', search.status);
  if (search.owner !== undefined) query = query.where('owner', '=', search.owner);
  if (search.addedFrom !== undefined) query = query.where('created_at', '>=', search.addedFrom);
  if (search.addedBefore !== undefined) query = query.where('created_at', '<', search.addedBefore);
  if (search.startedFrom !== undefined) query = query.where('start_time', '>=', search.startedFrom);
  if (search.startedBefore !== undefined) query = query.where('start_time', '<', search.startedBefore);
  return query;
}

/** That a column holds a text as it stands: `%` and `_` are letters like any other. */
function contains(column: 'name_folded' | 'leads_folded', text: string) {
  const pattern = `%${text.replace(/[\\%_]/g, (letter) => `\\${letter}`)}%`;
  return sql<boolean>`${sql.ref(column)} like ${pattern} escape '\\'`;
}
