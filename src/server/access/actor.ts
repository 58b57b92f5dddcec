/** What an actor may do: look, correct and add, or administer; each includes those before it. */
export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** On whose behalf a request is answered. */
export interface Actor {
  /** Stable and free of personal data: `local`, `key:ID`, `oidc:SUBJECT-HASH`, `system`. */
  readonly id: string;
  readonly kind: 'local' | 'key' | 'oidc' | 'system';
  readonly role: Role;
  /** Tags of the routes they may use; all their role allows when absent. */
  readonly scopes?: readonly string[];
}

/** Whether a role includes another. */
export function includesRole(role: Role, wanted: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}
