import { type Kysely, sql } from 'kysely';
import { COLUMN_TYPES } from './column-types.js';
import type { Step } from './step.js';

/** The first tables. A step that was released is never edited again: a change is a step of its own. */
export const tables: Step = async (database, dialect) => {
  const { text, whole, real, counter } = COLUMN_TYPES[dialect];
  const { schema } = database;

  await schema
    .createTable('recordings')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('created_at', text, (c) => c.notNull())
    .addColumn('name', text, (c) => c.notNull())
    .addColumn('name_folded', text, (c) => c.notNull())
    .addColumn('status', text, (c) => c.notNull())
    .addColumn('owner', text, (c) => c.notNull())
    .addColumn('pseudonymised', whole, (c) => c.notNull())
    .addColumn('format', text)
    .addColumn('fs', real)
    .addColumn('length', whole)
    .addColumn('duration_s', real)
    .addColumn('start_time', text)
    .addColumn('leads', text)
    .addColumn('leads_folded', text)
    .addColumn('info_sha256', text)
    .addColumn('pyramid_sha256', text)
    .addColumn('error_code', text)
    .addColumn('error_message', text)
    .addColumn('revision', whole, (c) => c.notNull())
    .execute();
  await index(database, 'recordings', ['created_at', 'id']);
  await index(database, 'recordings', ['status', 'created_at', 'id']);
  await index(database, 'recordings', ['info_sha256']);
  await index(database, 'recordings', ['pyramid_sha256']);

  await schema
    .createTable('recording_files')
    .addColumn('recording_id', text, (c) => c.notNull().references('recordings.id').onDelete('cascade'))
    .addColumn('position', whole, (c) => c.notNull())
    .addColumn('name', text, (c) => c.notNull())
    .addColumn('sha256', text, (c) => c.notNull())
    .addColumn('bytes', whole, (c) => c.notNull())
    .addPrimaryKeyConstraint('recording_files_key', ['recording_id', 'position'])
    .execute();
  await index(database, 'recording_files', ['sha256']);

  await schema
    .createTable('analyses')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('recording_id', text, (c) => c.notNull().references('recordings.id').onDelete('cascade'))
    .addColumn('job_id', text, (c) => c.notNull())
    .addColumn('created_at', text, (c) => c.notNull())
    .addColumn('sha256', text, (c) => c.notNull())
    .execute();
  await index(database, 'analyses', ['recording_id', 'created_at', 'id']);
  await index(database, 'analyses', ['sha256']);

  await schema
    .createTable('corrections')
    .addColumn('recording_id', text, (c) => c.notNull().references('recordings.id').onDelete('cascade'))
    .addColumn('revision', whole, (c) => c.notNull())
    .addColumn('at', text, (c) => c.notNull())
    .addColumn('actor', text, (c) => c.notNull())
    .addColumn('changes', text, (c) => c.notNull())
    .addColumn('comment', text)
    .addPrimaryKeyConstraint('corrections_key', ['recording_id', 'revision'])
    .execute();

  await schema
    .createTable('jobs')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('recording_id', text, (c) => c.notNull().references('recordings.id').onDelete('cascade'))
    .addColumn('owner', text, (c) => c.notNull())
    .addColumn('status', text, (c) => c.notNull())
    .addColumn('options', text, (c) => c.notNull())
    .addColumn('created_at', text, (c) => c.notNull())
    .addColumn('started_at', text)
    .addColumn('finished_at', text)
    .addColumn('attempts', whole, (c) => c.notNull())
    .addColumn('worker', text)
    .addColumn('lease_until', text)
    .addColumn('stage', text)
    .addColumn('progress', real, (c) => c.notNull())
    .addColumn('error_code', text)
    .addColumn('error_message', text)
    .execute();
  await index(database, 'jobs', ['status', 'created_at', 'id']);
  await index(database, 'jobs', ['recording_id', 'created_at', 'id']);

  await schema
    .createTable('streams')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('device', text, (c) => c.notNull())
    .addColumn('owner', text, (c) => c.notNull())
    .addColumn('started_at', text, (c) => c.notNull())
    .addColumn('ended_at', text)
    .addColumn('fs', real, (c) => c.notNull())
    .addColumn('leads', text, (c) => c.notNull())
    .addColumn('recording_id', text)
    .execute();
  await index(database, 'streams', ['device', 'started_at', 'id']);
  await index(database, 'streams', ['ended_at']);
  await index(database, 'streams', ['recording_id']);

  await schema
    .createTable('alerts')
    .addColumn('id', counter)
    .addColumn('at', text, (c) => c.notNull())
    .addColumn('stream_id', text)
    .addColumn('recording_id', text)
    .addColumn('device', text)
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('sample', whole, (c) => c.notNull())
    .addColumn('detail', text, (c) => c.notNull())
    .execute();
  await index(database, 'alerts', ['stream_id']);
  await index(database, 'alerts', ['recording_id']);

  await schema
    .createTable('webhooks')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('created_at', text, (c) => c.notNull())
    .addColumn('url', text, (c) => c.notNull())
    .addColumn('secret', text, (c) => c.notNull())
    .addColumn('kinds', text)
    .addColumn('active', whole, (c) => c.notNull())
    .execute();

  await schema
    .createTable('deliveries')
    .addColumn('webhook_id', text, (c) => c.notNull().references('webhooks.id').onDelete('cascade'))
    .addColumn('alert_id', whole, (c) => c.notNull().references('alerts.id').onDelete('cascade'))
    .addColumn('status', text, (c) => c.notNull())
    .addColumn('attempts', whole, (c) => c.notNull())
    .addColumn('next_at', text, (c) => c.notNull())
    .addColumn('last_error', text)
    .addPrimaryKeyConstraint('deliveries_key', ['webhook_id', 'alert_id'])
    .execute();
  await index(database, 'deliveries', ['status', 'next_at']);
  await index(database, 'deliveries', ['alert_id']);

  await schema
    .createTable('api_keys')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('name', text, (c) => c.notNull())
    .addColumn('hash', text, (c) => c.notNull().unique())
    .addColumn('role', text, (c) => c.notNull())
    .addColumn('scopes', text)
    .addColumn('created_at', text, (c) => c.notNull())
    .addColumn('expires_at', text)
    .addColumn('revoked_at', text)
    .execute();

  await schema
    .createTable('audit')
    .addColumn('seq', whole, (c) => c.primaryKey())
    .addColumn('at', text, (c) => c.notNull())
    .addColumn('actor', text, (c) => c.notNull())
    .addColumn('action', text, (c) => c.notNull())
    .addColumn('target', text, (c) => c.notNull())
    .addColumn('detail', text, (c) => c.notNull())
    .addColumn('previous', text, (c) => c.notNull())
    .addColumn('hash', text, (c) => c.notNull())
    .execute();
  await index(database, 'audit', ['target', 'seq']);
  // A hash follows once: two chains out of one row cannot both be stored.
  await sql`create unique index audit_previous on audit (previous)`.execute(database);
};

async function index(database: Kysely<unknown>, table: string, columns: readonly string[]): Promise<void> {
  await database.schema
    .createIndex(`${table}_by_${columns.join('_')}`)
    .on(table)
    .columns([...columns])
    .execute();
}
