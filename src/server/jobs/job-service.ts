import type { Readable } from 'node:stream';
import type { Actor } from '../access/actor.js';
import type { Database } from '../storage/tables.js';
import type { Job, JobKind } from './job.js';

/** A file of a recording and where its bytes are. */
export interface NamedFile {
  /** Without a folder, as formats look for their siblings. */
  readonly name: string;
  readonly path: string;
}

/** The jobs of this server. */
export interface JobService {
  /**
   * Stores a job and announces it; it survives from here on.
   *
   * @param options      `ImportOptions` or `AnalysisOptions`
   * @param transaction  where given, the job is stored in it and nobody is told: call `announce` once it is committed
   * @throws EcgError `bad-option` for options that are none; `not-found` without the recording
   */
  submit(
    kind: JobKind,
    recordingId: string,
    actor: Actor,
    options?: Readonly<Record<string, unknown>>,
    transaction?: Database,
  ): Promise<Job>;
  /** Tells workers of a stored job. Left out or lost, they find it by themselves some seconds later. */
  announce(job: Pick<Job, 'id' | 'kind'>): Promise<void>;
  /** @throws EcgError `not-found` */
  get(id: string): Promise<Job>;
  ofRecording(recordingId: string): Promise<Job[]>;
  /** The job once it is over, or after `timeoutMs`. */
  wait(id: string, timeoutMs: number, signal?: AbortSignal): Promise<Job>;
  /** Ends a queued or running job; of one that is over nothing changes. */
  cancel(id: string): Promise<Job>;
  /**
   * The analysis of uploaded files as JSON text; nothing stays.
   *
   * @param options  `ImportOptions` and `AnalysisOptions` together
   * @throws EcgError what opening and analysing throw; `cancelled`
   * @throws ServiceFault `unavailable` with a time to wait when others are being analysed or this server runs no
   *   analyses; `too-large`, `timed-out` beyond the limits of an import or an analysis
   */
  analyzeOnceJson(
    files: readonly NamedFile[],
    options: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<Readable>;
  /** Stops taking jobs; those that run are given back to the queue. */
  close(): Promise<void>;
}
