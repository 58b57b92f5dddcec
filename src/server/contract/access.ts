import * as v from 'valibot';
import { ROLES } from '../access/actor.js';
import type { Routes } from './route.js';
import { queryNumber } from './values.js';

const time = v.pipe(v.string(), v.isoTimestamp());

const KeySchema = v.object({
  id: v.string(),
  name: v.string(),
  role: v.picklist(ROLES),
  scopes: v.pipe(
    v.nullable(v.array(v.string())),
    v.description('Tags of the routes it may use; null for all its role allows.'),
  ),
  createdAt: time,
  expiresAt: v.nullable(time),
  revokedAt: v.nullable(time),
});
export type ApiKey = v.InferOutput<typeof KeySchema>;

const NewKeySchema = v.strictObject({
  name: v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(200),
    v.description('What it is for; no patient’s name.'),
  ),
  role: v.picklist(ROLES),
  scopes: v.optional(
    v.nullable(v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1), v.maxLength(20))),
    null,
  ),
  expiresAt: v.optional(v.nullable(time), null),
});

const AuditEntrySchema = v.object({
  seq: v.number(),
  at: time,
  actor: v.string(),
  action: v.string(),
  target: v.string(),
  detail: v.record(v.string(), v.unknown()),
  hash: v.string(),
});

const page = {
  after: v.optional(queryNumber({ min: 0, integer: true }), '0'),
  limit: v.optional(queryNumber({ min: 1, max: 1000, integer: true }), '100'),
};

/** Who may use the server, and who did. */
export const ACCESS_ROUTES = {
  describeAccess: {
    method: 'GET',
    path: '/v1/access',
    tag: 'access',
    summary: 'How to show who you are, and who the server takes you for',
    access: 'open',
    answers: {
      200: {
        description: 'The ways in',
        schema: v.object({
          mode: v.picklist(['none', 'keys', 'oidc', 'keys+oidc']),
          issuer: v.nullable(v.string()),
          audience: v.nullable(v.string()),
          actor: v.nullable(v.object({ id: v.string(), role: v.picklist(ROLES) })),
        }),
      },
    },
  },
  openSession: {
    method: 'POST',
    path: '/v1/session',
    tag: 'access',
    summary: 'Keep a key or token in a cookie that pages cannot read',
    access: 'open',
    body: v.strictObject({
      token: v.pipe(v.string(), v.minLength(1), v.maxLength(8192), v.regex(/^[\x21-\x7e]+$/)),
    }),
    answers: { 204: { description: 'The cookie is set' } },
  },
  closeSession: {
    method: 'DELETE',
    path: '/v1/session',
    tag: 'access',
    summary: 'Forget the cookie',
    access: 'open',
    answers: { 204: { description: 'The cookie is gone' } },
  },
  listKeys: {
    method: 'GET',
    path: '/v1/keys',
    tag: 'access',
    summary: 'All API keys, without their secrets',
    access: 'admin',
    answers: { 200: { description: 'The keys', schema: v.object({ keys: v.array(KeySchema) }) } },
  },
  createKey: {
    method: 'POST',
    path: '/v1/keys',
    tag: 'access',
    summary: 'A new API key; its token is shown this once',
    access: 'admin',
    body: NewKeySchema,
    answers: {
      201: { description: 'The key', schema: v.object({ ...KeySchema.entries, token: v.string() }) },
    },
  },
  revokeKey: {
    method: 'DELETE',
    path: '/v1/keys/{id}',
    tag: 'access',
    summary: 'Make a key useless at once',
    access: 'admin',
    params: v.strictObject({ id: v.pipe(v.string(), v.regex(/^[a-z0-9]{16}$/)) }),
    answers: { 200: { description: 'The revoked key', schema: KeySchema } },
  },
  readAudit: {
    method: 'GET',
    path: '/v1/audit',
    tag: 'access',
    summary: 'Who saw or changed what, oldest first',
    access: 'admin',
    query: v.strictObject(page),
    answers: {
      200: { description: 'Rows after `after`', schema: v.object({ entries: v.array(AuditEntrySchema) }) },
    },
  },
} as const satisfies Routes;
