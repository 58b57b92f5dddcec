import type { Actor } from './actor.js';

/** Who saw or changed what: append-only, each row carrying the hash of the one before. */
export interface AuditLog {
  /**
   * @param action  verb and noun: `recording.read`, `beats.correct`, `key.create`
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
