import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { ErrorCode } from '../../core/index.js';
import type { ServerConfig } from '../config.js';
import type { ServiceCode } from '../fault.js';
import { createImporter, type Importer } from '../imports/importer.js';
import type { Metrics } from '../observe/metrics.js';
import type { FileBlobStore } from '../storage/file-blobs.js';
import { getJob, insertJob, type JobRow, jobsOfRecording } from '../storage/jobs.js';
import { getRecording } from '../storage/recordings.js';
import type { Database } from '../storage/tables.js';
import { type AnalysisPool, createAnalysisPool } from './analysis-pool.js';
import { createAnalyzeOnce } from './analyze-once.js';
import { createEndings } from './endings.js';
import { JOB_KINDS, JOB_STATES, type Job, type JobKind, type WorkQueue } from './job.js';
import { cancelJob } from './job-lease.js';
import { createJobRunner } from './job-runner.js';
import type { JobService } from './job-service.js';
import { createMemoryQueue } from './memory-queue.js';
import { createNatsQueue } from './nats-queue.js';
import { createPerformers, parseJobOptions } from './perform.js';
import { startQueuedJobs } from './queued-jobs.js';
import { createWorkerIdentity } from './worker-identity.js';

/** ms of silence after which a worker of another machine counts as gone. */
const LEASE_MS = 20_000;
/** ms between two looks at the database for jobs that no queue remembers. */
const SWEEP_MS = 2000;
/** Imports at once of a process that works: one that is slow must not hold up all others. */
const IMPORTS = 2;
/** MiB of objects that an analysis may hold: ten days of beats take a tenth. */
const HEAP_MEGABYTES = 2048;

/** ms between two looks at a job that somebody waits for: shorter at first, as most end soon or late. */
const FIRST_LOOK_MS = 50;
const LONGEST_LOOK_MS = 1000;

export interface Engines {
  readonly importer: Importer;
  readonly analyses: AnalysisPool;
}

export interface JobsOptions {
  readonly config: Pick<ServerConfig, 'nats' | 'workers' | 'limits' | 'pseudonymise'>;
  readonly database: Database;
  readonly blobs: FileBlobStore;
  readonly log: Logger;
  readonly metrics?: Pick<Metrics, 'jobs' | 'queued'>;
  /** ms since 1970. */
  readonly now?: () => number;
  /** Instead of what `config.nats` says. */
  readonly queue?: WorkQueue;
  /** What reads and analyses, where several parts of a process share it; it is not closed with the jobs. */
  readonly engines?: Engines;
  readonly leaseMs?: number;
  readonly sweepMs?: number;
}

/** The jobs of a process: submits them, and runs them where `config.workers` is above 0. */
export function createJobs(options: JobsOptions): JobService & {
  /** Jobs that run in this process. */
  running(): number;
} {
  const { config, database, blobs, log, metrics, now = Date.now, leaseMs = LEASE_MS } = options;
  const { workers } = config;
  const queue =
    options.queue ?? (config.nats === null ? createMemoryQueue() : createNatsQueue(config.nats, { log }));
  const identity = createWorkerIdentity();
  const endings = createEndings();
  const engines = options.engines ?? createEngines(config);
  const { importer, analyses } = engines;
  const ended = (job: JobRow, status: string) => {
    metrics?.jobs.inc({ kind: job.kind, status });
    endings.tell(job.id);
  };
  const runner = createJobRunner({
    database,
    performers: createPerformers({
      database,
      blobs,
      importer,
      analyses,
      pseudonymise: config.pseudonymise,
    }),
    nameClaim: identity.claim,
    leaseMs,
    log,
    now,
    onEnded: ended,
    onQueued: (job) => void announce(job),
  });
  queue.onCancel((id) => {
    runner.stop(id);
    endings.tell(id);
  });
  const atOnce: Readonly<Record<JobKind, number>> = { import: IMPORTS, analyze: workers };
  const listening =
    workers === 0 ? [] : JOB_KINDS.map((kind) => queue.listen(kind, (id) => runner.take(id), atOnce[kind]));
  const queued = startQueuedJobs({
    database,
    queue,
    leaseMs,
    everyMs: options.sweepMs ?? SWEEP_MS,
    hasEnded: identity.hasEnded,
    now,
    onFailed: (job) => ended(job, 'failed'),
    onCount: (count) => metrics?.queued.set(count),
    onFault: (error) => log.warn({ error }, 'the database could not be looked through for jobs'),
  });
  const announce = async (job: Pick<Job, 'id' | 'kind'>): Promise<void> => {
    await Promise.all(listening);
    await queued.announce(job);
  };
  const analyzeOnceJson = createAnalyzeOnce({
    importer,
    analyses,
    making: blobs.making,
    workers,
    pseudonymise: config.pseudonymise,
  });

  return {
    async submit(kind, recordingId, actor, asked = {}, transaction) {
      const job = {
        id: randomUUID(),
        kind,
        recording_id: recordingId,
        owner: actor.id,
        status: 'queued',
        options: parseJobOptions(kind, asked),
        created_at: new Date(now()).toISOString(),
        attempts: 0,
        progress: 0,
      };
      if (transaction === undefined) await getRecording(database, recordingId);
      await insertJob(transaction ?? database, job);
      if (transaction === undefined) await announce(job);
      return jobOf({ ...NOT_BEGUN, ...job });
    },
    announce,
    get: async (id) => jobOf(await getJob(database, id)),
    ofRecording: async (recordingId) => (await jobsOfRecording(database, recordingId)).map(jobOf),
    async wait(id, timeoutMs, signal) {
      const until = performance.now() + timeoutMs;
      let look = FIRST_LOOK_MS;
      for (;;) {
        const next = endings.next(id);
        try {
          const job = jobOf(await getJob(database, id));
          const left = until - performance.now();
          if (isOver(job) || left <= 0 || signal?.aborted) return job;
          await next.within(Math.min(left, look), signal);
          look = Math.min(LONGEST_LOOK_MS, 1.3 * look);
        } finally {
          next.forget();
        }
      }
    },
    async cancel(id) {
      const cancelled = await cancelJob(database, id, new Date(now()).toISOString());
      if (cancelled === undefined) return jobOf(await getJob(database, id));
      ended(cancelled, 'cancelled');
      await queue.announceCancel(id);
      return jobOf(cancelled);
    },
    analyzeOnceJson,
    running: runner.running,
    async close() {
      await queued.close();
      await runner.close();
      await queue.close();
      if (options.engines === undefined) await closeEngines(engines);
    },
  };
}

/** The processes that read and analyse; none is started before it is needed. */
export function createEngines({ limits, workers }: Pick<ServerConfig, 'limits' | 'workers'>): Engines {
  return {
    importer: createImporter({
      seconds: limits.importSeconds,
      megabytes: limits.importMegabytes,
      atOnce: IMPORTS,
    }),
    analyses: createAnalysisPool({
      atOnce: workers,
      seconds: limits.analysisSeconds,
      heapMegabytes: HEAP_MEGABYTES,
    }),
  };
}

export async function closeEngines({ importer, analyses }: Engines): Promise<void> {
  importer.close();
  await analyses.close();
}

const NOT_BEGUN = {
  started_at: null,
  finished_at: null,
  worker: null,
  lease_until: null,
  stage: null,
  error_code: null,
  error_message: null,
};

function isOver({ status }: Job): boolean {
  return status !== 'queued' && status !== 'running';
}

function jobOf(row: JobRow): Job {
  return {
    id: row.id,
    kind: JOB_KINDS.find((kind) => kind === row.kind) ?? 'analyze',
    recordingId: row.recording_id,
    status: JOB_STATES.find((state) => state === row.status) ?? 'failed',
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    attempts: row.attempts,
    stage: row.stage,
    progress: row.progress,
    error:
      row.error_code === null
        ? null
        : { code: row.error_code as ErrorCode | ServiceCode | 'internal', message: row.error_message ?? '' },
  };
}
