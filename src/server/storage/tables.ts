import type { Generated, Kysely } from 'kysely';

/**
 * The tables, alike on SQLite and PostgreSQL: text, integers (0 or 1 for booleans) and double precision only; times are
 * ISO 8601 in UTC, nested data is JSON text. Everything large is a blob, named here by its SHA-256.
 */
export interface Tables {
  recordings: {
    id: string;
    created_at: string;
    /** What people call it; a pseudonym where identifiers were to be removed. */
    name: string;
    /** The name as search compares it; storage fills it. */
    name_folded: string;
    /** `importing`, `ready` or `failed`. */
    status: string;
    /** Actor who added it. */
    owner: string;
    /** 1 when identifiers were removed on import. */
    pseudonymised: number;
    format: string | null;
    fs: number | null;
    /** Samples. */
    length: number | null;
    duration_s: number | null;
    start_time: string | null;
    /** JSON: `[{ lead, unit, fs }]`. */
    leads: string | null;
    /** Names of the leads as search compares them, each on a line of its own; storage fills it. */
    leads_folded: string | null;
    /** Blobs: the whole `RecordingInfo` as JSON, and the min–max pyramid. */
    info_sha256: string | null;
    pyramid_sha256: string | null;
    error_code: string | null;
    error_message: string | null;
    /** Counts corrections; the ETag of beats and analysis. */
    revision: number;
  };
  recording_files: {
    recording_id: string;
    position: number;
    /** File name without a folder, as formats look for their siblings. */
    name: string;
    sha256: string;
    bytes: number;
  };
  /** Results of jobs; the newest of a recording counts. Corrections are applied to it, never written into it. */
  analyses: {
    id: string;
    recording_id: string;
    job_id: string;
    created_at: string;
    sha256: string;
  };
  /** Append-only. */
  corrections: {
    recording_id: string;
    /** 1, 2, …: the revision it made. */
    revision: number;
    at: string;
    actor: string;
    /** JSON: a list of `BeatCorrection`. */
    changes: string;
    comment: string | null;
  };
  jobs: {
    id: string;
    /** `import` or `analyze`. */
    kind: string;
    recording_id: string;
    owner: string;
    /** `queued`, `running`, `done`, `failed`, `cancelled`. */
    status: string;
    /** JSON. */
    options: string;
    created_at: string;
    started_at: string | null;
    finished_at: string | null;
    attempts: number;
    /** Who runs it, and until when nobody else may. */
    worker: string | null;
    lease_until: string | null;
    stage: string | null;
    /** 0…1. */
    progress: number;
    error_code: string | null;
    error_message: string | null;
  };
  streams: {
    id: string;
    device: string;
    owner: string;
    started_at: string;
    ended_at: string | null;
    fs: number;
    /** JSON: names. */
    leads: string;
    /** The recording it became. */
    recording_id: string | null;
  };
  alerts: {
    id: Generated<number>;
    at: string;
    stream_id: string | null;
    recording_id: string | null;
    device: string | null;
    kind: string;
    /** Sample of the stream or recording. */
    sample: number;
    /** JSON. */
    detail: string;
  };
  webhooks: {
    id: string;
    created_at: string;
    url: string;
    /** Signs deliveries; never shown again. */
    secret: string;
    /** JSON: kinds of alerts, or null for all. */
    kinds: string | null;
    active: number;
  };
  deliveries: {
    webhook_id: string;
    alert_id: number;
    /** `waiting`, `done`, `failed`. */
    status: string;
    attempts: number;
    next_at: string;
    last_error: string | null;
  };
  api_keys: {
    id: string;
    name: string;
    /** Of the secret. */
    hash: string;
    role: string;
    /** JSON: tags of the routes it may use, or null for all its role allows. */
    scopes: string | null;
    created_at: string;
    expires_at: string | null;
    revoked_at: string | null;
  };
  audit: {
    /** 1, 2, … without a gap. */
    seq: number;
    at: string;
    actor: string;
    action: string;
    target: string;
    /** JSON without patient data. */
    detail: string;
    previous: string;
    hash: string;
  };
}

/** The database, whichever it is. */
export type Database = Kysely<Tables>;
