import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { EcgError } from '../../core/index.js';
import { ServiceFault } from '../fault.js';
import { AnalysisOptionsSchema, ImportOptionsSchema } from '../imports/import-options.js';
import type { Importer } from '../imports/importer.js';
import { INFO_FILE, PYRAMID_FILE } from '../imports/write-stored.js';
import { insertAnalysis } from '../storage/analyses.js';
import type { FileBlobStore } from '../storage/file-blobs.js';
import { insertJob, type JobRow } from '../storage/jobs.js';
import { isBlobNamed } from '../storage/named-blobs.js';
import { filesOfRecording } from '../storage/recording-files.js';
import { getRecording, updateRecording } from '../storage/recordings.js';
import type { Database } from '../storage/tables.js';
import type { AnalysisPool } from './analysis-pool.js';
import type { JobKind } from './job.js';

interface PerformOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (stage: string, done: number) => void;
}

/** What a job made, before anybody can see it. */
export interface Made {
  /** Stores it, in the transaction that ends the job. */
  commit(transaction: Database, now: string): Promise<void>;
  /** Of a job that was stored with it. */
  readonly next?: { readonly id: string; readonly kind: JobKind };
  /** What is left to do once it is stored; leaving it out harms nothing for ever. */
  tidy?(): Promise<void>;
}

/** Does a job, whoever else may be doing it: only what is committed counts. */
export type Perform = (job: JobRow, options: PerformOptions) => Promise<Made>;

export interface PerformContext {
  readonly database: Database;
  readonly blobs: FileBlobStore;
  readonly importer: Importer;
  readonly analyses: AnalysisPool;
  /** Removes names from every recording, asked or not. */
  readonly pseudonymise: boolean;
}

/** What each kind of job does. */
export function createPerformers(context: PerformContext): Readonly<Record<JobKind, Perform>> {
  return {
    import: (job, options) =>
      inFolder(context.blobs, (folder) => performImport(context, job, folder, options)),
    analyze: (job, options) =>
      inFolder(context.blobs, (folder) => performAnalysis(context, job, folder, options)),
  };
}

async function performImport(
  { database, blobs, importer, pseudonymise }: PerformContext,
  job: JobRow,
  folder: string,
  { signal, onProgress }: PerformOptions,
): Promise<Made> {
  const { analyze, pseudonymise: asked, ...options } = v.parse(ImportOptionsSchema, JSON.parse(job.options));
  const recording = await getRecording(database, job.recording_id);
  const files = await filesOfRecording(database, job.recording_id);
  const hide = asked || pseudonymise || recording.pseudonymised === 1;
  const summary = await importer.run(
    {
      files: files.map(({ name, sha256 }) => ({ name, path: blobs.path(sha256) })),
      folder,
      options: given(options),
      pseudonymise: hide,
      recordingId: recording.id,
    },
    { signal, onProgress: (done) => onProgress('read', done) },
  );
  const info = await blobs.adopt(join(folder, INFO_FILE));
  const pyramid = await blobs.adopt(join(folder, PYRAMID_FILE));
  const next = analyze === false ? undefined : { id: randomUUID(), kind: 'analyze' as const };
  return {
    ...(next === undefined ? {} : { next }),
    async commit(transaction, now) {
      await updateRecording(transaction, recording.id, {
        status: 'ready',
        pseudonymised: hide ? 1 : 0,
        format: summary.format,
        fs: summary.fs,
        length: summary.length,
        duration_s: summary.length / summary.fs,
        start_time: summary.startTime ?? null,
        leads: JSON.stringify(summary.signals.map(({ lead, unit, fs }) => ({ lead, unit, fs }))),
        info_sha256: info.sha256,
        pyramid_sha256: pyramid.sha256,
        error_code: null,
        error_message: null,
      });
      // The files name the patient; what was read from them is all that is needed.
      if (hide)
        await transaction.deleteFrom('recording_files').where('recording_id', '=', recording.id).execute();
      if (next !== undefined)
        await insertJob(transaction, {
          ...next,
          recording_id: recording.id,
          owner: job.owner,
          status: 'queued',
          options: JSON.stringify(analyze === true ? {} : analyze),
          created_at: now,
          attempts: 0,
          progress: 0,
        });
    },
    async tidy() {
      if (!hide) return;
      const since = Date.parse(job.started_at ?? job.created_at);
      for (const { sha256 } of files)
        await blobs.removeUnnamed(sha256, since, (name) => isBlobNamed(database, name));
    },
  };
}

async function performAnalysis(
  { database, blobs, analyses }: PerformContext,
  job: JobRow,
  folder: string,
  options: PerformOptions,
): Promise<Made> {
  const recording = await getRecording(database, job.recording_id);
  if (recording.info_sha256 === null || recording.pyramid_sha256 === null)
    throw new ServiceFault(
      'conflict',
      `analyze: the recording is ${recording.status === 'failed' ? 'not readable' : 'not imported yet'}, import it first`,
    );
  const out = join(folder, 'analysis.json');
  await analyses.run(
    {
      info: blobs.path(recording.info_sha256),
      pyramid: blobs.path(recording.pyramid_sha256),
      out,
      options: v.parse(AnalysisOptionsSchema, JSON.parse(job.options)),
    },
    options,
  );
  const { sha256 } = await blobs.adopt(out);
  return {
    commit: (transaction, now) =>
      insertAnalysis(transaction, {
        id: randomUUID(),
        recording_id: recording.id,
        job_id: job.id,
        created_at: now,
        sha256,
      }),
  };
}

/** A folder for a while. */
async function inFolder<T>(
  { making }: Pick<FileBlobStore, 'making'>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(making, 'job-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Options that were given; those that were left out are not there at all. */
export function given<T extends Record<string, unknown>>(
  options: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/**
 * Options of a job as they are stored: checked, so that a worker need not doubt them.
 * @throws EcgError `bad-option` that lists all faults
 */
export function parseJobOptions(kind: JobKind, options: Readonly<Record<string, unknown>>): string {
  const schema = kind === 'import' ? ImportOptionsSchema : AnalysisOptionsSchema;
  return JSON.stringify(parseOptions(schema, options, kind));
}

export function parseOptions<S extends v.GenericSchema>(
  schema: S,
  options: unknown,
  where: string,
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, options);
  if (parsed.success) return parsed.output;
  const faults = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'options'}: ${issue.message}`);
  throw new EcgError('bad-option', `${where}: ${faults.join('; ')}`);
}
