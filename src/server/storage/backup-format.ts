import * as v from 'valibot';
import type { Tables } from './tables.js';

/**
 * A backup is one tar: `ectopy-backup.json` first; `tables/NAME/000001.ndjson`, a row a line, in the order of TABLES;
 * `blobs/SHA-256`; `manifest.json` with a hash of all that, and `manifest.sha256` with the manifest's own.
 */
export const BACKUP_VERSION = 1;

/** Every table, with the columns that order its rows; those that others refer to come before them. */
export const TABLES: { readonly [K in keyof Tables]: readonly (keyof Tables[K] & string)[] } = {
  recordings: ['id'],
  recording_files: ['recording_id', 'position'],
  analyses: ['id'],
  corrections: ['recording_id', 'revision'],
  jobs: ['id'],
  streams: ['id'],
  alerts: ['id'],
  webhooks: ['id'],
  deliveries: ['webhook_id', 'alert_id'],
  api_keys: ['id'],
  audit: ['seq'],
};
export const TABLE_NAMES = Object.keys(TABLES) as readonly (keyof Tables)[];

/** Columns that name blobs. */
export const BLOB_COLUMNS: Partial<Record<keyof Tables, readonly string[]>> = {
  recordings: ['info_sha256', 'pyramid_sha256'],
  recording_files: ['sha256'],
  analyses: ['sha256'],
};

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

export const HeaderSchema = v.strictObject({
  format: v.literal('ectopy-backup'),
  version: v.literal(BACKUP_VERSION),
  /** Version of the program, for people. */
  ectopy: v.string(),
  createdAt: v.string(),
  /** The changes that its tables have seen. */
  schema: v.array(v.string()),
  /** Rows of each table. */
  rows: v.strictObject(v.entriesFromList(TABLE_NAMES, whole)),
});
export type BackupHeader = v.InferOutput<typeof HeaderSchema>;

export const ManifestSchema = v.strictObject({
  /** All but the blobs, in their order. */
  entries: v.array(v.strictObject({ name: v.string(), sha256: v.string() })),
  blobs: v.strictObject({
    count: whole,
    bytes: whole,
    /** Of their names in the order of the archive, a line each. */
    sha256: v.string(),
  }),
});
export type BackupManifest = v.InferOutput<typeof ManifestSchema>;

export const HEADER = 'ectopy-backup.json';
export const MANIFEST = 'manifest.json';
export const SEAL = 'manifest.sha256';

export function tablePart(table: keyof Tables, number: number): string {
  return `tables/${table}/${String(number).padStart(6, '0')}.ndjson`;
}

/** Which table a part belongs to, or undefined when the name is none of a part. */
export function tableOfPart(name: string): keyof Tables | undefined {
  const table = /^tables\/([a-z_]+)\/\d{6,}\.ndjson$/.exec(name)?.[1];
  return TABLE_NAMES.find((known) => known === table);
}
