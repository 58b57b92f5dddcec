import { type SelectQueryBuilder, sql } from 'kysely';
import { breatheWhenDue } from '../../core/index.js';
import { readCursor, writeCursor } from './cursor.js';
import { foldForSearch, type RecordingRow } from './recordings.js';
import type { Database, Tables } from './tables.js';

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
  readonly order?: Order | undefined;
}

export interface RecordingPage {
  readonly recordings: RecordingRow[];
  /** For the next page; null on the last. */
  readonly next: string | null;
}

/** Recordings whose texts are compared in one go: some ms of the thread on SQLite. */
const SLICE = 4_000;

type Order = 'newest' | 'oldest';
type Place = ReturnType<typeof readCursor>;

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
  // One more tells whether there is a next page.
  const wanted = limit + 1;
  const comparesTexts = search.name !== undefined || search.lead !== undefined;
  const rows: RecordingRow[] = [];
  let after = cursor === undefined ? undefined : readCursor(cursor);
  for (;;) {
    const upTo = comparesTexts ? await placeAhead(database, after, order) : undefined;
    rows.push(...(await matchesBetween(database, search, after, upTo, order, wanted - rows.length)));
    if (rows.length === wanted || upTo === undefined) break;
    after = upTo;
    await breatheWhenDue();
  }
  const recordings = rows.slice(0, limit);
  const last = recordings.at(-1);
  return {
    recordings,
    next: rows.length > limit && last !== undefined ? writeCursor(last.created_at, last.id) : null,
  };
}

/** Matches beyond one place and up to another, that one included. */
async function matchesBetween(
  database: Database,
  search: RecordingSearch,
  after: Place | undefined,
  upTo: Place | undefined,
  order: Order,
  limit: number,
): Promise<RecordingRow[]> {
  let query = inOrder(matching(database, search), order).selectAll().limit(limit);
  if (after !== undefined) query = query.where(beyond(after, order));
  if (upTo !== undefined) query = query.where(notBeyond(upTo, order));
  return query.execute();
}

/** The end of the slice that begins at a place, or undefined when the rest is no more than one. */
async function placeAhead(
  database: Database,
  after: Place | undefined,
  order: Order,
): Promise<Place | undefined> {
  let query = inOrder(database.selectFrom('recordings'), order).select(['created_at', 'id']);
  if (after !== undefined) query = query.where(beyond(after, order));
  const row = await query
    .limit(1)
    .offset(SLICE - 1)
    .executeTakeFirst();
  return row === undefined ? undefined : { at: row.created_at, id: row.id };
}

function inOrder<O>(query: SelectQueryBuilder<Tables, 'recordings', O>, order: Order) {
  const direction = order === 'newest' ? 'desc' : 'asc';
  return query.orderBy('created_at', direction).orderBy('id', direction);
}

function beyond({ at, id }: Place, order: Order) {
  return order === 'newest'
    ? sql<boolean>`(created_at, id) < (${at}, ${id})`
    : sql<boolean>`(created_at, id) > (${at}, ${id})`;
}

function notBeyond({ at, id }: Place, order: Order) {
  return order === 'newest'
    ? sql<boolean>`(created_at, id) >= (${at}, ${id})`
    : sql<boolean>`(created_at, id) <= (${at}, ${id})`;
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
