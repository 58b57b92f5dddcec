import { sql } from 'kysely';
import type { Database } from './tables.js';

/** Whether any row names a blob. */
export async function isBlobNamed(database: Database, sha256: string): Promise<boolean> {
  return (await namedBlobs(database, [sha256])).has(sha256);
}

/** Those of some blobs that rows name; at most a few hundred are asked for at once. */
export async function namedBlobs(database: Database, sha256s: readonly string[]): Promise<Set<string>> {
  if (sha256s.length === 0) return new Set();
  const wanted = sql.join(sha256s.map((name) => sql`${name}`));
  const { rows } = await sql<{ sha256: string }>`
    select sha256 from recording_files where sha256 in (${wanted})
    union select sha256 from analyses where sha256 in (${wanted})
    union select info_sha256 from recordings where info_sha256 in (${wanted})
    union select pyramid_sha256 from recordings where pyramid_sha256 in (${wanted})
  `.execute(database);
  return new Set(rows.map((row) => row.sha256));
}
