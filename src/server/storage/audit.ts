import { createHash } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { dialectOf } from './database.js';
import type { Database, Tables } from './tables.js';

export type AuditRow = Selectable<Tables['audit']>;
/** What happened; its place in the chain is given to it. */
export type AuditEntry = Omit<AuditRow, 'seq' | 'previous' | 'hash'>;

/** What the first row of a chain names as the one before it. */
export const CHAIN_START = '0'.repeat(64);

/** Any fixed number: writers of the chain take turns on it. */
const CHAIN_LOCK = 0x0ec70b9;

/**
 * SHA-256 in hexadecimal of a row's JSON list `[seq, at, actor, action, target, detail, previous]`: changing, dropping
 * or moving a row breaks every hash after it.
 */
export function auditHash({
  seq,
  at,
  actor,
  action,
  target,
  detail,
  previous,
}: Omit<AuditRow, 'hash'>): string {
  return createHash('sha256')
    .update(JSON.stringify([seq, at, actor, action, target, detail, previous]))
    .digest('hex');
}

/** Appends entries to the chain, all or none, in their order; several processes cannot fork it. */
export async function appendAudit(database: Database, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await database.transaction().execute(async (transaction) => {
    // On SQLite a writing transaction is alone from its beginning.
    if (dialectOf(transaction) === 'postgres') {
      await sql`select pg_advisory_xact_lock(${CHAIN_LOCK})`.execute(transaction);
    }
    const last = await newestAudit(transaction);
    let seq = last?.seq ?? 0;
    let previous = last?.hash ?? CHAIN_START;
    const rows = entries.map((entry) => {
      const row = { ...entry, seq: ++seq, previous };
      previous = auditHash(row);
      return { ...row, hash: previous };
    });
    await transaction.insertInto('audit').values(rows).execute();
  });
}

/** The end of the chain. */
export async function newestAudit(database: Database): Promise<AuditRow | undefined> {
  return database.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst();
}

/** Rows after a place in the chain, in its order. */
export async function auditAfter(database: Database, seq: number, limit: number): Promise<AuditRow[]> {
  return database
    .selectFrom('audit')
    .selectAll()
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
}

/** What happened to a target, newest first. */
export async function auditOfTarget(database: Database, target: string, limit: number): Promise<AuditRow[]> {
  return database
    .selectFrom('audit')
    .selectAll()
    .where('target', '=', target)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
}
