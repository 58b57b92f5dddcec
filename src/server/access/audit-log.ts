import { appendAudit } from '../storage/audit.js';
import type { Database } from '../storage/tables.js';
import type { Actor } from './actor.js';

/** Who saw or changed what: append-only, each row carrying the hash of the one before. */
export interface AuditLog {
  /**
   * @param action  noun and verb: `recording.read`, `beats.correct`, `key.create`
   * @param target  an id, never a name
   * @param detail  plain data without patient data
   */
  append(
    actor: Actor,
    action: string,
    target: string,
    detail?: Readonly<Record<string, unknown>>,
  ): Promise<void>;
}

/**
 * The log of a database. Who asks waits until it is written: what is not in the log has not been shown.
 *
 * @param now  ms since 1970
 */
export function createAuditLog(database: Database, now: () => number): AuditLog {
  return {
    append: async ({ id }, action, target, detail = {}) =>
      appendAudit(database, [
        {
          at: new Date(now()).toISOString(),
          actor: id,
          action,
          target,
          detail: JSON.stringify(detail),
        },
      ]),
  };
}
