import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from './metrics.js';

/** s; from a health check to an analysis that somebody waits for. */
const REQUEST_SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Counters of one server, with those of its process: processor, memory, event loop delay, garbage collection. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'ectopy_' });
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: 'ectopy_request_seconds',
      help: 'Time to the end of an answer, by pattern of the route',
      labelNames: ['route', 'method', 'status'],
      buckets: REQUEST_SECONDS,
      registers,
    }),
    jobs: new Counter({
      name: 'ectopy_jobs_total',
      help: 'Jobs that are over',
      labelNames: ['kind', 'status'],
      registers,
    }),
    queued: new Gauge({ name: 'ectopy_jobs_queued', help: 'Jobs that wait for a worker', registers }),
    streams: new Gauge({ name: 'ectopy_streams_open', help: 'Live streams', registers }),
    streamSamples: new Counter({
      name: 'ectopy_stream_samples_total',
      help: 'Samples of live streams, a lead each',
      registers,
    }),
    alerts: new Counter({
      name: 'ectopy_alerts_total',
      help: 'Alerts raised',
      labelNames: ['kind'],
      registers,
    }),
    batch: new Histogram({
      name: 'ectopy_batch_size',
      help: 'Requests that one run of a network answered',
      labelNames: ['model'],
      buckets: [1, 2, 4, 8, 16, 32, 64, 128],
      registers,
    }),
  };
}
