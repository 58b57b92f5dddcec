import type { Logger } from 'pino';
import type { AuditLog } from './access/audit-log.js';
import type { Authenticate } from './access/authenticate.js';
import type { AlertHub } from './alerts/alert-hub.js';
import type { ServerConfig } from './config.js';
import type { JobService } from './jobs/job-service.js';
import type { Metrics } from './observe/metrics.js';
import type { Traces } from './observe/traces.js';
import type { ModelHost } from './predict/model-host.js';
import type { FileBlobStore } from './storage/file-blobs.js';
import type { Database } from './storage/tables.js';
import type { StreamService } from './streams/stream-service.js';

/** What the parts of a running server share; `start.ts` makes it, tests make parts of it. */
export interface ServerContext {
  readonly config: ServerConfig;
  readonly database: Database;
  readonly blobs: FileBlobStore;
  readonly jobs: JobService;
  readonly models: ModelHost;
  readonly streams: StreamService;
  readonly alerts: AlertHub;
  readonly audit: AuditLog;
  /** Asked only when access is controlled. */
  readonly authenticate: Authenticate;
  readonly metrics: Metrics;
  /** Absent unless configured. */
  readonly traces?: Traces | undefined;
  readonly log: Logger;
  /** ms since 1970; tests set it. Leases and retries never trust it alone. */
  readonly now: () => number;
}
