import type { Role } from '../access/actor.js';
import { SESSION_COOKIE } from '../access/authenticate.js';
import { issueKey } from '../access/issue-key.js';
import type { ServerContext } from '../context.js';
import type { ACCESS_ROUTES, ApiKey } from '../contract/access.js';
import type { Handlers } from '../http/handler.js';
import { listApiKeys, revokeApiKey } from '../storage/api-keys.js';
import { auditAfter } from '../storage/audit.js';
import type { Tables } from '../storage/tables.js';

/** Keys, sessions and the audit log. */
export function accessHandlers(context: ServerContext): Handlers<typeof ACCESS_ROUTES> {
  const { config, database, audit, authenticate, now } = context;
  return {
    describeAccess: async ({ request }) => {
      // Who shows something that is not valid asks here what would be.
      const actor = await authenticate(request.headers).catch(() => null);
      return {
        body: {
          mode: config.access.mode,
          issuer: config.access.oidc?.issuer ?? null,
          audience: config.access.oidc?.audience ?? null,
          actor: actor && { id: actor.id, role: actor.role },
        },
      };
    },
    openSession: async ({ body, request }) => {
      const actor = await authenticate({ authorization: `Bearer ${body.token}` });
      if (actor !== null) await audit.append(actor, 'session.open', actor.id);
      const secure = request.headers['x-forwarded-proto'] === 'https' ? '; Secure' : '';
      return {
        status: 204,
        headers: {
          'set-cookie': `${SESSION_COOKIE}=${body.token}; Path=/; HttpOnly; SameSite=Strict${secure}`,
        },
      };
    },
    closeSession: async () => ({
      status: 204,
      headers: { 'set-cookie': `${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0` },
    }),
    listKeys: async ({ actor }) => {
      const rows = await listApiKeys(database);
      await audit.append(actor, 'key.list', 'keys', { shown: rows.length });
      return { body: { keys: rows.map(shown) } };
    },
    createKey: async ({ body, actor }) => {
      const { row, token } = await issueKey(database, body, now());
      await audit.append(actor, 'key.create', row.id, { role: body.role, scopes: body.scopes });
      return { status: 201, body: { ...shown(row), token } };
    },
    revokeKey: async ({ params, actor }) => {
      const row = await revokeApiKey(database, params.id, new Date(now()).toISOString());
      await audit.append(actor, 'key.revoke', params.id);
      return { body: shown(row) };
    },
    readAudit: async ({ query, actor }) => {
      const rows = await auditAfter(database, query.after, query.limit);
      const entries = rows.map(({ seq, at, actor, action, target, detail, hash }) => ({
        seq,
        at,
        actor,
        action,
        target,
        detail: JSON.parse(detail) as Record<string, unknown>,
        hash,
      }));
      await audit.append(actor, 'audit.read', 'audit', { after: query.after, shown: entries.length });
      return { body: { entries } };
    },
  };
}

function shown(row: Tables['api_keys']): ApiKey {
  return {
    id: row.id,
    name: row.name,
    role: row.role as Role,
    scopes: row.scopes === null ? null : (JSON.parse(row.scopes) as string[]),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}
