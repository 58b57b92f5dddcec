import type { Kysely } from 'kysely';
import type { DatabaseDialect } from '../database.js';

/** One change of the tables, made once, within a transaction. */
export type Step = (database: Kysely<unknown>, dialect: DatabaseDialect) => Promise<void>;
