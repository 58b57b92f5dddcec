import * as v from 'valibot';
import type { Routes } from './route.js';

/** That the server answers, in the shape the `cardiospike` client looks for. */
const HealthSchema = v.object({
  status: v.literal('ok'),
  version: v.string(),
  statement: v.pipe(v.string(), v.description('What the server may be used for')),
});

/** How the server is doing. */
const StatusSchema = v.object({
  version: v.string(),
  node: v.string(),
  startedAt: v.string(),
  database: v.picklist(['sqlite', 'postgres']),
  queue: v.object({
    kind: v.picklist(['in-process', 'nats']),
    queued: v.pipe(v.number(), v.integer()),
    running: v.pipe(v.number(), v.integer()),
    failed: v.pipe(v.number(), v.integer()),
  }),
  storage: v.object({
    recordings: v.pipe(v.number(), v.integer()),
    bytes: v.pipe(v.number(), v.description('Of the files people added')),
    freeBytes: v.pipe(v.number(), v.description('Left on the disk of the data folder')),
  }),
  streams: v.pipe(v.number(), v.integer()),
  models: v.array(v.object({ name: v.string(), version: v.string() })),
});

export const SYSTEM_ROUTES = {
  health: {
    method: 'GET',
    path: '/health',
    tag: 'system',
    summary: 'Whether the server answers',
    access: 'open',
    answers: { 200: { description: 'It does', schema: HealthSchema } },
  },
  status: {
    method: 'GET',
    path: '/v1/status',
    tag: 'system',
    summary: 'Versions, queue, storage and streams',
    access: 'admin',
    answers: { 200: { description: 'How the server is doing', schema: StatusSchema } },
  },
  metrics: {
    method: 'GET',
    path: '/metrics',
    tag: 'system',
    summary: 'What the server counts, for Prometheus',
    access: 'admin',
    answers: { 200: { description: 'Metrics in the text format of Prometheus', type: 'text/plain' } },
  },
  openapi: {
    method: 'GET',
    path: '/openapi.json',
    tag: 'system',
    summary: 'This interface, as an OpenAPI 3.1 document',
    access: 'open',
    answers: { 200: { description: 'The document', schema: v.record(v.string(), v.unknown()) } },
  },
} as const satisfies Routes;
