import type { Actor } from '../access/actor.js';
import type { Job, JobKind } from './job.js';

/** The jobs of this server. */
export interface JobService {
  /** Stores a job and announces it; it survives from here on. */
  submit(
    kind: JobKind,
    recordingId: string,
    actor: Actor,
    options?: Readonly<Record<string, unknown>>,
  ): Promise<Job>;
  /** @throws EcgError `not-found` */
  get(id: string): Promise<Job>;
  ofRecording(recordingId: string): Promise<Job[]>;
  /** The job once it is over, or after `timeoutMs`. */
  wait(id: string, timeoutMs: number, signal?: AbortSignal): Promise<Job>;
  /** Ends a queued or running job; of one that is over nothing changes. */
  cancel(id: string): Promise<Job>;
  /** Runs an analysis in a worker thread without storing anything. */
  analyzeOnce(
    files: readonly { readonly name: string; readonly path: string }[],
    options: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<import('../../core/index.js').Analysis>;
  close(): Promise<void>;
}
