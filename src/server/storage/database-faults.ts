import { EcgError } from '../../core/index.js';
import { ServiceFault } from '../fault.js';

/** Codes of PostgreSQL after which the same query works again once the database is back. */
const GONE = /^(08...|57P0[1-5]|53[0234]00|40001|40P01|55000|55P03|25006|57014|3D000|28...)$/;
const NO_CONNECTION =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT)$/;
const NO_CONNECTION_TEXT =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|Query read timeout|Cannot use a pool after calling end|driver has already been destroyed/;

/** Whether an error of PostgreSQL's client means that its connection is of no further use. */
export function lostConnection(error: unknown): boolean {
  const code = codeOf(error);
  return (
    NO_CONNECTION.test(code) || /^(08...|57P0[1-5])$/.test(code) || NO_CONNECTION_TEXT.test(textOf(error))
  );
}

/** Whether another process holds SQLite's file just now. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}

/**
 * What a fault of the database means to the caller: `unavailable` when it is gone or busy, `storage-full`, `conflict`
 * where such a row is there already, `not-found` where the row it belongs to is not; all others as they are. Messages
 * never carry values of rows.
 */
export function describeDatabaseFault(cause: unknown): unknown {
  const code = codeOf(cause);
  if (code === 'SQLITE_FULL' || code === '53100') {
    return new ServiceFault('storage-full', 'database: its disk is full, free some space', { cause });
  }
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === '23505') {
    return new ServiceFault('conflict', 'database: such an entry is there already', { cause });
  }
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY' || code === '23503') {
    return new EcgError('not-found', 'database: what this belongs to has been deleted', { cause });
  }
  if (/^22(003|021|P02|P05)$/.test(code)) {
    return new EcgError(
      'bad-option',
      'database: a text with a zero character, or a number beyond what it can hold, cannot be stored',
      { cause },
    );
  }
  if (isBusy(cause)) {
    return new ServiceFault('unavailable', 'database: another process holds it, try again', {
      retryAfterS: 1,
      cause,
    });
  }
  if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB') {
    return new ServiceFault('unavailable', 'database: its file is damaged, restore the last backup', {
      cause,
    });
  }
  if (/^SQLITE_(IOERR|CANTOPEN|READONLY|PROTOCOL)/.test(code)) {
    return new ServiceFault('unavailable', `database: its file cannot be used (${code})`, {
      retryAfterS: 5,
      cause,
    });
  }
  if (lostConnection(cause) || GONE.test(code)) {
    return new ServiceFault(
      'unavailable',
      `database: PostgreSQL does not answer${code === '' ? '' : ` (${code})`}, try again`,
      { retryAfterS: 2, cause },
    );
  }
  return cause;
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
