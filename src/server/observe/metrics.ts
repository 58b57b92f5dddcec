import type { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the server counts; each name is documented in `docs/server.md`. */
export interface Metrics {
  readonly registry: Registry;
  /** s a request took, by route (never by address), method and status. */
  readonly requests: Histogram<'route' | 'method' | 'status'>;
  readonly jobs: Counter<'kind' | 'status'>;
  readonly queued: Gauge;
  readonly streams: Gauge;
  readonly streamSamples: Counter;
  readonly alerts: Counter<'kind'>;
  readonly batch: Histogram<'model'>;
}
