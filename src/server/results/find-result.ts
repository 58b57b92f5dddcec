import type { BeatCorrection, Correction } from '../../core/index.js';
import type { ServerContext } from '../context.js';
import { newestAnalysis } from '../storage/analyses.js';
import { correctionsOfRecording } from '../storage/corrections.js';
import { getRecording, type RecordingRow } from '../storage/recordings.js';
import type { ResultSource } from './result-messages.js';
import { createResultReader, type ResultReader } from './result-reader.js';

/** The newest analysis of a recording with its corrections. */
export interface FoundResult {
  readonly recording: RecordingRow;
  readonly analysisId: string;
  /** How many corrections there are. */
  readonly revision: number;
  /** Tells this result from all others, as a header does. */
  readonly etag: string;
  readonly source: ResultSource;
}

/** Why there is no result, and whether one may come. */
export interface NoResult {
  readonly recording: RecordingRow;
  readonly reason: string;
  /** s after which to ask again; absent where nothing is under way. */
  readonly retryAfterS?: number;
}

const readers = new WeakMap<ServerContext, ResultReader>();

/** What reads the results of a server. */
export function resultReaderOf(context: ServerContext): ResultReader {
  const known = readers.get(context) ?? createResultReader();
  readers.set(context, known);
  return known;
}

/** @throws EcgError `not-found` without the recording */
export async function findResult(
  { database, blobs, jobs }: Pick<ServerContext, 'database' | 'blobs' | 'jobs'>,
  recordingId: string,
): Promise<FoundResult | NoResult> {
  const recording = await getRecording(database, recordingId);
  const analysis = await newestAnalysis(database, recordingId);
  if (analysis === undefined) {
    const [job] = await jobs.ofRecording(recordingId);
    return { recording, ...whyNot(recording, job) };
  }
  const corrections = (await correctionsOfRecording(database, recordingId)).map(correctionOf);
  const revision = corrections.at(-1)?.revision ?? 0;
  return {
    recording,
    analysisId: analysis.id,
    revision,
    etag: etagOf(analysis.id, revision),
    source: { path: blobs.path(analysis.sha256), sha256: analysis.sha256, corrections },
  };
}

/** A result's tag, for `ETag`, `If-Match` and `If-None-Match`. */
export function etagOf(analysisId: string, revision: number): string {
  return `"${analysisId}.${revision}"`;
}

function correctionOf(row: Awaited<ReturnType<typeof correctionsOfRecording>>[number]): Correction {
  return {
    revision: row.revision,
    at: row.at,
    by: row.actor,
    comment: row.comment,
    changes: JSON.parse(row.changes) as BeatCorrection[],
  };
}

type NewestJob = Awaited<ReturnType<ServerContext['jobs']['ofRecording']>>[number] | undefined;

function whyNot({ status, error_message }: RecordingRow, job: NewestJob): Omit<NoResult, 'recording'> {
  if (job !== undefined && (job.status === 'queued' || job.status === 'running')) {
    const done = job.status === 'queued' ? 'waits for its turn' : `is at ${Math.round(job.progress * 100)} %`;
    return {
      reason: `it is not analysed yet, its job ${job.id} ${done}; ask again`,
      retryAfterS: 2,
    };
  }
  if (status === 'failed') return { reason: `it could not be read: ${error_message ?? 'upload it again'}` };
  if (status === 'importing') return { reason: 'it is still being read; ask again', retryAfterS: 2 };
  if (job?.status === 'failed')
    return { reason: `its analysis failed: ${job.error?.message ?? 'analyse it again'}` };
  return { reason: 'it was not analysed: POST to its analyses' };
}
