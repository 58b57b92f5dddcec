import { type AuditRow, auditAfter, auditHash, CHAIN_START } from '../storage/audit.js';
import type { Database } from '../storage/tables.js';

/** Where a log stands. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** What an inspection of the log found. */
export interface ChainReport {
  readonly rows: number;
  readonly head: ChainHead;
  /** The first row that is not what was written, with what is wrong; null when all is well. */
  readonly fault: { readonly seq: number; readonly message: string } | null;
}

/**
 * Whether a log is the one that was written: each row carries the hash of the one before it, so that who changes, adds or
 * takes out a row has to change all that follow, and then the last hash is another than the one noted elsewhere.
 *
 * Source: the linked list of time stamps of Haber & Stornetta, J. Cryptology 3:99–111, 1991, doi:10.1007/BF00196791.
 *
 * @param rows      all rows, ascending in `seq`
 * @param expected  a head that was noted earlier; the only way to notice rows cut off at the end
 */
export async function verifyChain(rows: AsyncIterable<AuditRow>, expected?: ChainHead): Promise<ChainReport> {
  let head: ChainHead = { seq: 0, hash: CHAIN_START };
  let count = 0;
  let met = expected === undefined || (expected.seq === 0 && expected.hash === CHAIN_START);
  const report = (message: string, seq: number): ChainReport => ({
    rows: count,
    head,
    fault: { seq, message },
  });
  for await (const row of rows) {
    if (row.seq !== head.seq + 1)
      return report(`row ${head.seq + 1} is missing: row ${row.seq} stands in its place`, head.seq + 1);
    if (row.previous !== head.hash) return report('it does not follow from the row before it', row.seq);
    if (auditHash(row) !== row.hash) return report('it was changed after it was written', row.seq);
    head = { seq: row.seq, hash: row.hash };
    count++;
    if (row.seq === expected?.seq) {
      if (row.hash !== expected.hash) return report('it is not the row that was noted', row.seq);
      met = true;
    }
  }
  return met
    ? { rows: count, head, fault: null }
    : report(`rows up to ${expected?.seq} were noted`, head.seq + 1);
}

/** Rows fetched at a time. */
const PAGE = 1000;

/** The whole log, page by page. */
export async function* auditRows(database: Database): AsyncGenerator<AuditRow> {
  for (let seq = 0; ; ) {
    const rows = await auditAfter(database, seq, PAGE);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    seq = last.seq;
  }
}
