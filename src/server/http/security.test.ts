import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { FastifyInstance, InjectOptions } from 'fastify';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import { contextOf } from '../../../tests/server-context.js';
import type { Actor } from '../access/actor.js';
import type { ServerConfigInput } from '../config.js';
import type { ServerContext } from '../context.js';
import type { Routes } from '../contract/route.js';
import { ServiceFault } from '../fault.js';
import { createLogger } from '../observe/logger.js';
import { buildApp } from './app.js';
import type { Handlers } from './handler.js';
import { resource } from './resources.js';
import { REPORT_POLICY } from './security-headers.js';

const ANSWERS = { 200: { description: 'Who asked', schema: v.unknown() } };
const ROUTES = {
  look: { method: 'GET', path: '/v1/look', tag: 'a', summary: '-', access: 'viewer', answers: ANSWERS },
  change: { method: 'POST', path: '/v1/change', tag: 'a', summary: '-', access: 'editor', answers: ANSWERS },
  rule: { method: 'GET', path: '/v1/rule', tag: 'b', summary: '-', access: 'admin', answers: ANSWERS },
  everybody: { method: 'GET', path: '/v1/open', tag: 'a', summary: '-', access: 'open', answers: ANSWERS },
  upload: {
    method: 'POST',
    path: '/v1/upload',
    tag: 'a',
    summary: '-',
    access: 'editor',
    accepts: ['application/octet-stream'],
    answers: ANSWERS,
  },
  leak: { method: 'GET', path: '/v1/leak/{id}', tag: 'a', summary: '-', access: 'viewer', answers: ANSWERS },
} as const satisfies Routes;

const HOSTILE = 'Jane Roe, born 1970\n{"level":"fatal"}\n    at patient (Roe.ts:1:1)';

function handlers({ log }: ServerContext): Handlers<typeof ROUTES> {
  const say = async ({ actor }: { readonly actor: Actor }) => ({ body: { id: actor.id, role: actor.role } });
  return {
    look: say,
    change: say,
    rule: say,
    everybody: say,
    upload: async (asked) => {
      for await (const _ of asked.request.raw);
      return say(asked);
    },
    leak: async () => {
      log.warn({ name: HOSTILE, recording: { name: HOSTILE, id: 'r1' }, files: [HOSTILE] }, 'import failed');
      throw new Error(HOSTILE, { cause: new TypeError(HOSTILE) });
    },
  };
}

const opened: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close();
});

async function build(config: ServerConfigInput = {}, parts: Partial<ServerContext> = {}) {
  const app = await buildApp(contextOf(parts, config), [resource(ROUTES, handlers)]);
  opened.push(app);
  return app;
}

const statusOf = async (app: FastifyInstance, request: InjectOptions) =>
  (await app.inject(request)).statusCode;

describe('the name a request calls the server by', () => {
  const asks = (app: FastifyInstance, host: string) => statusOf(app, { url: '/v1/look', headers: { host } });

  it.each(['localhost', 'localhost:5000', '127.0.0.1:1', '[::1]:5000', 'LOCALHOST'])(
    'may be %s',
    async (host) => {
      expect(await asks(await build(), host)).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'evil.example:5000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    'localhost@evil.example',
    '[::2]',
  ])('may not be %s: a stranger may have pointed it here', async (host) => {
    const app = await build();
    expect(await asks(app, host)).toBe(403);
    const open = await app.inject({ url: '/v1/open', headers: { host } });
    expect([open.statusCode, open.json().code]).toEqual([403, 'forbidden']);
  });

  it('is one of the list where there is one', async () => {
    const app = await build({ access: { hosts: ['ecg.example'] } });
    expect(await asks(app, 'ecg.example:443')).toBe(200);
    expect(await asks(app, 'localhost')).toBe(403);
  });

  it('may be any address in digits where it is bound to all, but no name', async () => {
    const app = await build(
      { host: '0.0.0.0', access: { mode: 'keys' } },
      { authenticate: async () => EDITOR },
    );
    expect(await asks(app, '10.1.2.3:5000')).toBe(200);
    expect(await asks(app, 'evil.example')).toBe(403);
  });
});

describe('pages of strangers', () => {
  const from = (app: FastifyInstance, method: 'GET' | 'POST', headers: Record<string, string>) =>
    statusOf(app, {
      method,
      url: method === 'GET' ? '/v1/look' : '/v1/change',
      headers: { host: 'localhost:5000', ...headers },
    });

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:3000' },
    { origin: 'http://localhost:5000.evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('send nothing: %j', async (headers) => {
    expect(await from(await build(), 'POST', headers)).toBe(403);
  });

  it.each([{}, { origin: 'http://localhost:5000' }, { 'sec-fetch-site': 'same-origin' }])(
    'are not meant by %j',
    async (headers) => {
      expect(await from(await build(), 'POST', headers)).toBe(200);
    },
  );

  it('read nothing: no answer tells a browser that they may', async () => {
    const app = await build();
    const answer = await app.inject({ url: '/v1/look', headers: { origin: 'https://evil.example' } });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  it('may both where the configuration lists their origin', async () => {
    const app = await build({ access: { origins: ['https://clinic.example'] } });
    const headers = { origin: 'https://clinic.example' };
    expect(await from(app, 'POST', headers)).toBe(200);
    expect(await from(app, 'POST', { origin: 'https://evil.example' })).toBe(403);
    const answer = await app.inject({ url: '/v1/look', headers });
    expect(answer.headers['access-control-allow-origin']).toBe('https://clinic.example');
    expect(answer.headers['vary']).toContain('Origin');
    const preflight = await app.inject({
      method: 'OPTIONS',
      url: '/v1/change',
      headers: { ...headers, 'access-control-request-method': 'POST' },
    });
    expect([preflight.statusCode, preflight.headers['access-control-allow-origin']]).toEqual([
      204,
      'https://clinic.example',
    ]);
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();
  });
});

const EDITOR: Actor = { id: 'key:e', kind: 'key', role: 'editor' };
const ACTORS: Readonly<Record<string, Actor>> = {
  'Bearer v': { id: 'key:v', kind: 'key', role: 'viewer' },
  'Bearer e': EDITOR,
  'Bearer a': { id: 'key:a', kind: 'key', role: 'admin' },
  'Bearer s': { id: 'key:s', kind: 'key', role: 'admin', scopes: ['a'] },
};
const authenticate: ServerContext['authenticate'] = async ({ authorization }) => {
  if (authorization === undefined) return null;
  const actor = ACTORS[authorization];
  if (actor === undefined) throw new ServiceFault('unauthorized', 'the key is not valid');
  return actor;
};

describe('access', () => {
  it.each([
    [undefined, [401, 401, 401, 200]],
    ['Bearer wrong', [401, 401, 401, 200]],
    ['Bearer v', [200, 403, 403, 200]],
    ['Bearer e', [200, 200, 403, 200]],
    ['Bearer a', [200, 200, 200, 200]],
    ['Bearer s', [200, 200, 403, 200]],
  ])('of %s', async (authorization, expected) => {
    const app = await build({ access: { mode: 'keys' } }, { authenticate });
    const headers = authorization === undefined ? {} : { authorization };
    const statuses = [
      await statusOf(app, { url: '/v1/look', headers }),
      await statusOf(app, { method: 'POST', url: '/v1/change', headers }),
      await statusOf(app, { url: '/v1/rule', headers }),
      await statusOf(app, { url: '/v1/open', headers }),
    ];
    expect(statuses).toEqual(expected);
  });

  it('that is missing says how to show it', async () => {
    const app = await build({ access: { mode: 'keys' } }, { authenticate });
    const answer = await app.inject({ url: '/v1/look' });
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="ectopy"');
  });

  it('is asked for before a body is read', async () => {
    const app = await build({ access: { mode: 'keys' } }, { authenticate });
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/upload',
      payload: '{',
      headers: { 'content-type': 'x/y' },
    });
    expect(answer.statusCode).toBe(401);
  });
});

describe('headers of answers', () => {
  it.each(['/v1/look', '/v1/nothing', '/v1/leak/1'])(
    'of %s let a page do nothing but its own',
    async (url) => {
      const { headers } = await (await build()).inject({ url });
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      });
      expect(headers['server'] ?? headers['x-powered-by']).toBeUndefined();
    },
  );

  it('of reports let their styles be seen and run nothing', () => {
    expect(REPORT_POLICY).toContain('sandbox');
    expect(REPORT_POLICY).not.toMatch(/script|allow-/);
    // A report has its styles inside and no script; were that to change, its policy would have to.
    const source = readFileSync(new URL('../../report/html.ts', import.meta.url), 'utf8');
    expect(source).toContain('<style>');
    expect(source).not.toContain('<script');
  });
});

describe('limits', () => {
  it('let nobody ask more often than they may', async () => {
    const app = await build({ access: { mode: 'keys' }, limits: { requestsPerMinute: 3 } }, { authenticate });
    const asks = async (authorization: string, count: number) => {
      const statuses: number[] = [];
      for (let i = 0; i < count; i++)
        statuses.push(await statusOf(app, { url: '/v1/look', headers: { authorization } }));
      return statuses;
    };
    expect(await asks('Bearer v', 5)).toEqual([200, 200, 200, 429, 429]);
    expect(await asks('Bearer e', 1)).toEqual([200]);
    // Wrong keys count together, whatever they are: guessing is what this is against.
    expect(await asks('Bearer x', 2)).toEqual([401, 401]);
    expect(await asks('Bearer y', 2)).toEqual([401, 429]);
    const answer = await app.inject({ url: '/v1/look', headers: { authorization: 'Bearer v' } });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
  });

  const talk = async (text: string): Promise<string> => {
    const app = await build();
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as { port: number };
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.setEncoding('utf8').on('data', (part) => {
        answer += part;
      });
      socket.on('close', () => resolve(answer)).on('error', reject);
    });
  };

  it('of headers are told, and the connection ends', async () => {
    const answer = await talk(`GET /v1/look HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(answer).toContain('HTTP/1.1 431 ');
    expect(JSON.parse(answer.split('\r\n\r\n')[1])).toMatchObject({ status: 431, code: 'too-large' });
  });

  it('of what is HTTP hold too', async () => {
    const answer = await talk('HELLO\r\n\r\n');
    expect(answer).toContain('HTTP/1.1 400 ');
    expect(JSON.parse(answer.split('\r\n\r\n')[1])).toMatchObject({ status: 400, code: 'bad-option' });
    // Two lengths for one body: what one program takes for its end another takes for the next request.
    const smuggled = await talk(
      'POST /v1/change HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    );
    expect(smuggled).toContain('HTTP/1.1 400 ');
    expect(await talk('GET /v1/look HTTP/1.1\r\nConnection: close\r\n\r\n')).toContain('400');
  });

  it('of time hold for headers that never end', async () => {
    const app = await build();
    expect(app.server.headersTimeout).toBeLessThanOrEqual(15_000);
    expect(app.server.headersTimeout).toBeGreaterThan(0);
  });

  it('end a refused upload instead of reading it all', async () => {
    const app = await build({ access: { mode: 'keys' } }, { authenticate });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as { port: number };
    const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
      const sent = httpRequest(
        {
          port,
          host: '127.0.0.1',
          method: 'POST',
          path: '/v1/upload',
          headers: { 'content-length': 2 ** 40 },
        },
        (answer) => {
          resolve({ status: answer.statusCode, connection: answer.headers.connection });
          sent.destroy();
        },
      );
      sent.on('error', reject);
      sent.write('x');
    });
    expect(headers).toEqual({ status: 401, connection: 'close' });
  });
});

describe('the log', () => {
  it('never holds what somebody called a recording, nor an address with its query', async () => {
    const lines: string[] = [];
    const log = createLogger('debug', { write: (line) => lines.push(line) });
    const app = await build({ log: 'debug' }, { log });
    const answer = await app.inject({
      url: '/v1/leak/Jane-Roe?name=Jane+Roe',
      headers: { authorization: 'Bearer Jane-Roe', cookie: 'a=Jane-Roe', 'user-agent': 'Jane-Roe' },
    });
    await app.inject({ url: '/v1/nothing/Jane-Roe' });
    expect(lines.join('')).not.toMatch(/Jane|Roe|1970/);
    const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told.map(({ level }) => level)).not.toContain('fatal');
    const bug = told.find(({ msg }) => msg === 'internal error');
    expect(answer.json().instance).toBe(`urn:uuid:${bug?.['id']}`);
    expect(bug).toMatchObject({ err: { kind: 'Error', cause: { kind: 'TypeError' } } });
    // The places in our own code are there: it can be found.
    expect(JSON.stringify(bug)).toContain('security.test.ts');
    expect(told.filter(({ msg }) => msg === 'request').map(({ route, status }) => [route, status])).toEqual([
      ['/v1/leak/{id}', 500],
      ['none', 404],
    ]);
    expect(told.find(({ msg }) => msg === 'import failed')).toMatchObject({ recording: { id: 'r1' } });
  });
});
