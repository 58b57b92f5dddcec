import type { ErrorCode } from '../../core/index.js';
import type { ServiceCode } from '../fault.js';

/** What a job does to its recording. */
export const JOB_KINDS = ['import', 'analyze'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

export const JOB_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** A job as the interface shows it. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly recordingId: string;
  readonly status: JobState;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly attempts: number;
  readonly stage: string | null;
  /** 0…1. */
  readonly progress: number;
  readonly error: { readonly code: ErrorCode | ServiceCode | 'internal'; readonly message: string } | null;
}

/** Tells workers that there is work; the database decides who gets it and what counts. */
export interface WorkQueue {
  /** Announces a queued job. Losing the announcement loses no job: queued jobs are announced again. */
  announce(kind: JobKind, jobId: string): Promise<void>;
  /**
   * Hands announced jobs of a kind to `take`, at most `atOnce` at a time; `take` may be called twice for one job, also
   * at the same time by two processes. Called once for a kind.
   */
  listen(kind: JobKind, take: (jobId: string) => Promise<void>, atOnce: number): Promise<void>;
  /** Tells every worker that a job was cancelled. */
  announceCancel(jobId: string): Promise<void>;
  onCancel(heard: (jobId: string) => void): void;
  /** Hands out nothing more. What is being worked on is not waited for. */
  close(): Promise<void>;
}
