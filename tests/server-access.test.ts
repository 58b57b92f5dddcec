import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditRows, verifyChain } from '../src/server/access/audit-chain.js';
import { createAuditLog } from '../src/server/access/audit-log.js';
import { createAuthenticate } from '../src/server/access/authenticate.js';
import { issueKey } from '../src/server/access/issue-key.js';
import type { ServerConfigInput } from '../src/server/config.js';
import { ACCESS_ROUTES } from '../src/server/contract/access.js';
import { RECORDINGS_ROUTES } from '../src/server/contract/recordings.js';
import { buildApp } from '../src/server/http/app.js';
import { resource } from '../src/server/http/resources.js';
import { accessHandlers } from '../src/server/routes/access.js';
import { recordingsHandlers } from '../src/server/routes/recordings.js';
import { listApiKeys } from '../src/server/storage/api-keys.js';
import type { Database } from '../src/server/storage/tables.js';
import { describeOnBothDatabases } from './both-databases.js';
import { contextOf } from './server-context.js';

const HOST = { host: 'localhost' };
const DAY = 86_400_000;

async function appOn(database: Database, access: ServerConfigInput['access'], clock = { now: Date.now() }) {
  const now = () => clock.now;
  const plain = contextOf({}, { access });
  const context = contextOf(
    {
      database,
      now,
      audit: createAuditLog(database, now),
      authenticate: createAuthenticate(plain.config, database, now),
    },
    { access },
  );
  return buildApp(context, [resource(ACCESS_ROUTES, accessHandlers)]);
}

describeOnBothDatabases('API keys', (place) => {
  const bearer = (token: string) => ({ ...HOST, authorization: `Bearer ${token}` });

  it('open what their role and scopes allow, until they expire or are revoked', async () => {
    const { database } = place().storage;
    const clock = { now: Date.parse('2026-06-01T00:00:00Z') };
    const app = await appOn(database, { mode: 'keys' }, clock);
    const order = { name: 'test', scopes: null, expiresAt: null } as const;
    const admin = await issueKey(database, { ...order, role: 'admin' }, clock.now);
    const viewer = await issueKey(database, { ...order, role: 'viewer' }, clock.now);
    const get = async (token: string) => app.inject({ url: '/v1/keys', headers: bearer(token) });

    const nobody = await app.inject({ url: '/v1/keys', headers: HOST });
    expect([nobody.statusCode, nobody.headers['www-authenticate']]).toEqual([401, 'Bearer realm="ectopy"']);
    expect((await get(admin.token)).statusCode).toBe(200);
    expect((await get(viewer.token)).json()).toMatchObject({ status: 403, code: 'forbidden' });
    for (const wrong of [
      `${admin.token.slice(0, -1)}${admin.token.endsWith('A') ? 'B' : 'A'}`,
      'x',
      `ectopy_${'0'.repeat(16)}_${'a'.repeat(43)}`,
    ])
      expect((await get(wrong)).statusCode).toBe(401);

    const made = await app.inject({
      method: 'POST',
      url: '/v1/keys',
      headers: bearer(admin.token),
      payload: { name: 'ward 3', role: 'admin', scopes: ['recordings'], expiresAt: '2026-06-02T00:00:00Z' },
    });
    expect(made.statusCode).toBe(201);
    const { id, token } = made.json<{ id: string; token: string }>();
    // An administrator's key that is for recordings only.
    expect((await get(token)).json().detail).toContain('recordings only');
    clock.now += DAY;
    expect((await get(token)).statusCode).toBe(401);
    clock.now -= DAY;
    expect((await get(token)).statusCode).toBe(403);
    const gone = await app.inject({ method: 'DELETE', url: `/v1/keys/${id}`, headers: bearer(admin.token) });
    expect(gone.json().revokedAt).toBe('2026-06-01T00:00:00.000Z');
    expect((await get(token)).statusCode).toBe(401);
    await app.close();
  });

  it('let editors change recordings, and only administrators delete them', async () => {
    const { database } = place().storage;
    const access = { mode: 'keys' } as const;
    const authenticate = createAuthenticate(contextOf({}, { access }).config, database, Date.now);
    const recordings = resource(RECORDINGS_ROUTES, recordingsHandlers);
    const app = await buildApp(contextOf({ database, authenticate }, { access }), [recordings]);
    const status = async (role: 'viewer' | 'editor' | 'admin', method: 'PATCH' | 'DELETE') => {
      const { token } = await issueKey(
        database,
        { name: role, role, scopes: null, expiresAt: null },
        Date.now(),
      );
      const answer = await app.inject({
        method,
        url: '/v1/recordings/none',
        headers: bearer(token),
        ...(method === 'PATCH' ? { payload: { name: 'new' } } : {}),
      });
      return answer.statusCode;
    };
    // Who may is told that there is no such recording.
    expect([await status('viewer', 'PATCH'), await status('editor', 'PATCH')]).toEqual([403, 404]);
    expect([await status('editor', 'DELETE'), await status('admin', 'DELETE')]).toEqual([403, 404]);
    await app.close();
  });

  it('are kept as hashes, shown once, and refused when they are over from the beginning', async () => {
    const { database } = place().storage;
    const app = await appOn(database, { mode: 'keys' });
    const { token } = await issueKey(
      database,
      { name: 'a', role: 'admin', scopes: null, expiresAt: null },
      Date.now(),
    );
    const stored = JSON.stringify(await listApiKeys(database));
    expect(stored).not.toContain(token.slice('ectopy_'.length + 17));
    expect((await app.inject({ url: '/v1/keys', headers: bearer(token) })).body).not.toMatch(/hash|token/);
    const late = { name: 'late', role: 'viewer', expiresAt: '2020-01-01T00:00:00Z' };
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/keys',
      headers: bearer(token),
      payload: late,
    });
    expect(answer.json()).toMatchObject({ status: 400, code: 'bad-option' });
    await app.close();
  });

  it('live in a cookie that pages cannot read', async () => {
    const { database } = place().storage;
    const app = await appOn(database, { mode: 'keys' });
    const { token } = await issueKey(
      database,
      { name: 'a', role: 'admin', scopes: null, expiresAt: null },
      Date.now(),
    );
    const wrong = await app.inject({
      method: 'POST',
      url: '/v1/session',
      headers: HOST,
      payload: { token: 'nonsense' },
    });
    expect([wrong.statusCode, wrong.headers['set-cookie']]).toEqual([401, undefined]);
    const right = await app.inject({ method: 'POST', url: '/v1/session', headers: HOST, payload: { token } });
    const cookie = String(right.headers['set-cookie']);
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict$/);
    const headers = { ...HOST, cookie: cookie.split(';')[0] ?? '' };
    expect((await app.inject({ url: '/v1/keys', headers })).statusCode).toBe(200);
    const described = await app.inject({ url: '/v1/access', headers });
    expect(described.json()).toMatchObject({ mode: 'keys', actor: { role: 'admin' } });
    await app.close();
  });

  it('leave a chain of what was done, that shows a change', async () => {
    const { database } = place().storage;
    const app = await appOn(database, { mode: 'keys' });
    const { token } = await issueKey(
      database,
      { name: 'a', role: 'admin', scopes: null, expiresAt: null },
      Date.now(),
    );
    const payload = { name: 'Mrs Miller', role: 'viewer' };
    for (let i = 0; i < 3; i++)
      await app.inject({ method: 'POST', url: '/v1/keys', headers: bearer(token), payload });
    const log = (await app.inject({ url: '/v1/audit?limit=1000', headers: bearer(token) })).json();
    expect(log.entries.at(-1)).toMatchObject({ actor: `key:${token.split('_')[1]}`, action: 'key.create' });
    expect(JSON.stringify(log)).not.toContain('Miller');
    expect((await verifyChain(auditRows(database))).fault).toBeNull();
    await database.updateTable('audit').set({ actor: 'key:other' }).where('seq', '=', 2).execute();
    expect((await verifyChain(auditRows(database))).fault?.seq).toBe(2);
    await app.close();
  });
});

describeOnBothDatabases('OpenID Connect', (place) => {
  const AUDIENCE = 'https://ectopy.test';
  let issuerServer: Server;
  let issuer = '';

  beforeAll(async () => {
    issuerServer = createServer();
    await new Promise<void>((resolve) => issuerServer.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(issuerServer.address() as AddressInfo).port}`;
    const client = (id: string) => ({
      client_id: id,
      client_secret: 'secret',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    });
    const provider = new Provider(issuer, {
      clients: ['doctor', 'stranger'].map(client),
      extraTokenClaims: (_, token) => ({
        realm_access: { roles: token.clientId === 'doctor' ? ['clinician', 'other'] : ['visitor'] },
      }),
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: (_, resource) => ({
            scope: '',
            audience: resource,
            accessTokenFormat: 'jwt' as const,
            accessTokenTTL: 3600,
          }),
        },
      },
    });
    issuerServer.on('request', provider.callback());
  });
  afterAll(() => new Promise((resolve) => issuerServer.close(resolve)));

  async function tokenOf(client: string, audience = AUDIENCE): Promise<string> {
    const answer = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${client}:secret`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: audience }),
    });
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  const access = () =>
    ({
      mode: 'oidc',
      oidc: {
        issuer,
        audience: AUDIENCE,
        roleClaim: 'realm_access.roles',
        roles: { viewer: 'reader', editor: 'clinician', admin: 'chief' },
      },
    }) as const;

  it('takes a token of its issuer, with the role of its claim and a subject that tells nobody’s name', async () => {
    const app = await appOn(place().storage.database, access());
    const ask = async (token: string, url = '/v1/access') =>
      app.inject({ url, headers: { ...HOST, authorization: `Bearer ${token}` } });
    const doctor = await tokenOf('doctor');
    const { actor } = (await ask(doctor)).json();
    expect(actor.role).toBe('editor');
    expect(actor.id).toMatch(/^oidc:[0-9a-f]{32}$/);
    expect((await ask(doctor, '/v1/keys')).json()).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await ask(await tokenOf('stranger'), '/v1/keys')).json().detail).toContain(
      'names none of the roles',
    );
    await app.close();
  });

  it('refuses a token for somebody else, an expired, a changed, an unsigned one', async () => {
    const clock = { now: Date.now() };
    const app = await appOn(place().storage.database, access(), clock);
    const status = async (token: string) =>
      (await app.inject({ url: '/v1/keys', headers: { ...HOST, authorization: `Bearer ${token}` } }))
        .statusCode;
    const good = await tokenOf('doctor');
    // The role does not reach, but the token is taken.
    expect(await status(good)).toBe(403);
    expect(await status(await tokenOf('doctor', 'https://other.test'))).toBe(401);
    const [head = '', body = '', signature = ''] = good.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
    const chief = Buffer.from(JSON.stringify({ ...claims, realm_access: { roles: ['chief'] } })).toString(
      'base64url',
    );
    expect(await status(`${head}.${chief}.${signature}`)).toBe(401);
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
    expect(await status(`${none}.${chief}.`)).toBe(401);
    clock.now += 3_600_000 + 61_000;
    expect(await status(good)).toBe(401);
    await app.close();
  });

  it('says that the issuer does not answer, and asks again', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const app = await appOn(place().storage.database, {
      ...access(),
      oidc: { ...access().oidc, issuer: `http://127.0.0.1:${port}` },
    });
    const token = await tokenOf('doctor');
    const headers = { ...HOST, authorization: `Bearer ${token}` };
    const answer = await app.inject({ url: '/v1/keys', headers });
    expect(answer.json()).toMatchObject({ status: 503, code: 'unavailable' });
    expect(answer.headers['retry-after']).toBe('5');
    await app.close();
  });
});

describe('no access control', () => {
  it('takes everybody on this machine for its administrator', async () => {
    const authenticate = createAuthenticate(contextOf().config, undefined as unknown as Database, Date.now);
    expect(await authenticate({})).toMatchObject({ id: 'local', role: 'admin' });
  });
});
