import type {} from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { contextOf } from '../../../tests/server-context.js';
import { EcgError } from '../../core/index.js';
import type { ServerConfigInput } from '../config.js';
import type { ServerContext } from '../context.js';
import { ProblemSchema } from '../contract/faults.js';
import type { Routes } from '../contract/route.js';
import { pathId, queryFlag, queryList, queryNumber } from '../contract/values.js';
import { ServiceFault } from '../fault.js';
import { buildApp } from './app.js';
import type { Handlers } from './handler.js';
import { resource } from './resources.js';

const JSON_ANSWER = { 200: { description: 'What was asked', schema: v.unknown() } };

const TRIAL_ROUTES = {
  echo: {
    method: 'POST',
    path: '/v1/echo/{id}',
    tag: 'trial',
    summary: 'Says what it was asked',
    access: 'editor',
    params: v.strictObject({ id: pathId('Anything') }),
    query: v.strictObject({
      from: v.optional(queryNumber({ min: 0, integer: true }), '0'),
      gain: v.optional(queryNumber({ max: 10 })),
      raw: v.optional(queryFlag()),
      lead: v.optional(queryList()),
    }),
    body: v.strictObject({ a: v.number(), b: v.optional(v.unknown()) }),
    answers: JSON_ANSWER,
  },
  bytes: {
    method: 'POST',
    path: '/v1/bytes',
    tag: 'trial',
    summary: 'Counts bytes',
    access: 'editor',
    accepts: ['application/octet-stream', 'image/*'],
    largestBody: 1000,
    answers: JSON_ANSWER,
  },
  fail: {
    method: 'GET',
    path: '/v1/fail/{id}',
    tag: 'trial',
    summary: 'Fails as it is told',
    access: 'viewer',
    params: v.strictObject({ id: v.string() }),
    answers: JSON_ANSWER,
  },
  slow: {
    method: 'GET',
    path: '/v1/slow',
    tag: 'trial',
    summary: 'Ends when its signal fires',
    access: 'viewer',
    deadlineS: 0.2,
    answers: JSON_ANSWER,
  },
  events: {
    method: 'GET',
    path: '/v1/events',
    tag: 'trial',
    summary: 'Answers by itself',
    access: 'viewer',
    deadlineS: null,
    answers: { 200: { description: 'Events', type: 'text/event-stream' } },
  },
  socket: {
    method: 'GET',
    path: '/v1/socket/{id}',
    tag: 'trial',
    summary: 'Says everything back',
    access: 'editor',
    socket: true,
    params: v.strictObject({ id: pathId('Anything') }),
    answers: { 101: { description: 'A WebSocket' } },
  },
} as const satisfies Routes;

const FAULTS: Readonly<Record<string, () => unknown>> = {
  ecg: () => new EcgError('too-short', 'trial: 1 s is too short, give 2 s'),
  service: () => new ServiceFault('unavailable', 'trial: busy', { retryAfterS: 1.2 }),
  bug: () => new TypeError('cannot read patient Jane Roe of undefined'),
  full: () => Object.assign(new Error('write'), { code: 'ENOSPC' }),
  text: () => 'a string',
};

/** What the handlers of the trial routes saw of their signals. */
const seen = { slow: 0, events: 0 };

function trialHandlers(_context: ServerContext): Handlers<typeof TRIAL_ROUTES> {
  return {
    echo: async ({ params, query, body, actor }) => ({ body: { params, query, body, actor } }),
    bytes: async ({ request }) => {
      let bytes = 0;
      for await (const chunk of request.raw) bytes += (chunk as Buffer).length;
      return { body: { bytes } };
    },
    fail: async ({ params }) => {
      throw FAULTS[params.id]?.();
    },
    slow: ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          seen.slow++;
          reject(new EcgError('cancelled', 'trial: cancelled'));
        });
      }),
    events: async ({ reply, signal }) => {
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
      reply.raw.write('data: 1\n\n');
      signal.addEventListener('abort', () => {
        seen.events++;
        reply.raw.end();
      });
      return undefined;
    },
    socket: ({ params, actor }, socket) => {
      socket.send(JSON.stringify({ params, actor: actor.id }));
      socket.on('message', (data) => socket.send(String(data)));
    },
  };
}

const opened: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close();
});

async function trial(config: ServerConfigInput = {}, parts: Partial<ServerContext> = {}) {
  const app = await buildApp(contextOf(parts, config), [resource(TRIAL_ROUTES, trialHandlers)]);
  opened.push(app);
  return app;
}

async function listening(config: ServerConfigInput = {}, parts: Partial<ServerContext> = {}) {
  const app = await trial(config, parts);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, url };
}

const echo = (app: FastifyInstance, url: string, payload: unknown, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url,
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    headers: { 'content-type': 'application/json', ...headers },
  });

describe('requests', () => {
  it('reach their handler converted', async () => {
    const answer = await echo(await trial(), '/v1/echo/x-1?gain=-2.5e-1&raw=true&lead=MLII,V1', { a: 1 });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      params: { id: 'x-1' },
      query: { from: 0, gain: -0.25, raw: true, lead: ['MLII', 'V1'] },
      body: { a: 1 },
      actor: { id: 'local', kind: 'local', role: 'admin' },
    });
  });

  it('are told all their faults at once', async () => {
    const answer = await echo(await trial(), '/v1/echo/x%2Fy?from=1.5&gain=11&more=1&raw=1', {
      a: 'b',
      c: 1,
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    const problem = v.parse(ProblemSchema, answer.json());
    expect(problem.code).toBe('bad-option');
    expect(problem.faults?.map((fault) => `${fault.in} ${fault.path}`).sort()).toEqual([
      'body a',
      'body c',
      'path id',
      'query from',
      'query gain',
      'query more',
      'query raw',
    ]);
  });

  it.each(['NaN', 'Infinity', '0x10', '', ' 1', '1e400', '1_0', '9007199254740993', '٣'])(
    'may not pass %j for a number',
    async (text) => {
      const answer = await echo(await trial(), `/v1/echo/x?from=${encodeURIComponent(text)}`, { a: 1 });
      expect(answer.statusCode).toBe(400);
    },
  );

  it.each([
    ['broken', '{"a":', 400, 'bad-option'],
    ['empty', '', 400, 'bad-option'],
    ['poisoned', '{"a":1,"__proto__":{"admin":true}}', 400, 'bad-option'],
    ['poisoned below', '{"a":1,"b":[{"constructor":{"prototype":{}}}]}', 400, 'bad-option'],
    ['nested too deep', `{"a":1,"b":${'['.repeat(200)}${']'.repeat(200)}}`, 400, 'bad-option'],
    ['nested beyond any stack', `${'['.repeat(20_000)}`, 400, 'bad-option'],
    ['of too many objects', `{"a":1,"b":[${'{},'.repeat(30_000)}{}]}`, 400, 'bad-option'],
    [
      'of too many keys',
      `{"a":1,"b":{${Array.from({ length: 30_000 }, (_, i) => `"${i}":1`)}}}`,
      400,
      'bad-option',
    ],
    ['too large', `{"a":1,"b":"${'x'.repeat(3000)}"}`, 413, 'too-large'],
  ])('with %s JSON are refused', async (_what, payload, status, code) => {
    const limits = payload.length > 10_000 ? {} : { limits: { json: 2000 } };
    const answer = await echo(await trial(limits), '/v1/echo/x', payload);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('may nest JSON as deep as anybody needs', async () => {
    const answer = await echo(await trial(), '/v1/echo/x', `{"a":1,"b":${'['.repeat(40)}${']'.repeat(40)}}`);
    expect(answer.statusCode).toBe(200);
  });

  it('with bytes that are no UTF-8 are refused', async () => {
    const answer = await (await trial()).inject({
      method: 'POST',
      url: '/v1/echo/x',
      payload: Buffer.concat([Buffer.from('{"a":1,"b":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.statusCode).toBe(400);
  });

  it('with a body of another media type are refused', async () => {
    const app = await trial();
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      '',
    ]) {
      const answer = await echo(app, '/v1/echo/x', { a: 1 }, { 'content-type': type });
      expect(answer.statusCode, type).toBe(415);
    }
  });

  it('stream their bytes up to the limit of the route', async () => {
    const app = await trial();
    const post = (bytes: number, type: string) =>
      app.inject({
        method: 'POST',
        url: '/v1/bytes',
        payload: Buffer.alloc(bytes),
        headers: { 'content-type': type },
      });
    expect((await post(1000, 'application/octet-stream')).json()).toEqual({ bytes: 1000 });
    expect((await post(10, 'image/png')).json()).toEqual({ bytes: 10 });
    expect((await post(10, 'text/plain')).statusCode).toBe(415);
    expect((await post(1001, 'image/png')).statusCode).toBe(413);
  });

  it('with a form need a boundary that the parser takes', async () => {
    const app = await buildApp(contextOf(), [
      resource(
        { form: { ...TRIAL_ROUTES.bytes, accepts: ['multipart/form-data'] } } as const satisfies Routes,
        () => ({
          form: async ({ request }) => {
            for await (const part of request.parts()) if (part.type === 'file') part.file.resume();
            return { body: {} };
          },
        }),
      ),
    ]);
    opened.push(app);
    const post = async (boundary: string, payload: string) =>
      (
        await app.inject({
          method: 'POST',
          url: '/v1/bytes',
          payload,
          headers: { 'content-type': `multipart/form-data${boundary}` },
        })
      ).statusCode;
    expect(
      await post('; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'),
    ).toBe(200);
    expect(await post('; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1')).toBe(400);
    expect(await post('; boundary=x', 'abc')).toBe(400);
    expect(await post('', 'abc')).toBe(400);
    expect(await post(`; boundary=${'b'.repeat(300)}`, 'abc')).toBe(400);
  });

  it('find no route: 404; no method: 405 with those there are', async () => {
    const app = await trial();
    expect((await app.inject({ url: '/v1/nothing' })).json().code).toBe('not-found');
    const answer = await app.inject({ method: 'DELETE', url: '/v1/echo/x' });
    expect([answer.statusCode, answer.headers['allow'], answer.json().code]).toEqual([
      405,
      'POST',
      'method-not-allowed',
    ]);
    expect((await app.inject({ url: '/v1/fail/%E0%A4%A' })).statusCode).toBe(400);
  });

  it('that last are given up, and the work is told', async () => {
    seen.slow = 0;
    const answer = await (await trial()).inject({ url: '/v1/slow' });
    expect([answer.statusCode, answer.json().code, seen.slow]).toEqual([408, 'timed-out', 1]);
  });

  it('end with their client', async () => {
    seen.events = 0;
    const { url } = await listening();
    const gone = new AbortController();
    const answer = await fetch(`${url}/v1/events`, { signal: gone.signal });
    await answer.body?.getReader().read();
    gone.abort();
    await expect.poll(() => seen.events).toBe(1);
  });

  it('that answer by themselves end when the server closes', async () => {
    const { app, url } = await listening();
    const answer = await fetch(`${url}/v1/events`);
    const text = answer.text();
    const began = performance.now();
    await app.close();
    expect(await text).toBe('data: 1\n\n');
    expect(performance.now() - began).toBeLessThan(3000);
  });
});

describe('faults', () => {
  it.each([
    ['ecg', 422, 'too-short', 'trial: 1 s is too short, give 2 s'],
    ['service', 503, 'unavailable', 'trial: busy'],
    ['full', 507, 'storage-full', 'the disk of the server is full'],
  ])('of kind %s tell what to do', async (kind, status, code, detail) => {
    const answer = await (await trial()).inject({ url: `/v1/fail/${kind}` });
    const problem = v.parse(ProblemSchema, answer.json());
    expect([answer.statusCode, problem.status, problem.code]).toEqual([status, status, code]);
    expect(problem.detail).toContain(detail);
    expect(answer.headers['retry-after']).toBe(kind === 'service' ? '2' : undefined);
  });

  it.each(['bug', 'text'])('that are bugs (%s) tell nothing but their number', async (kind) => {
    const answer = await (await trial()).inject({ url: `/v1/fail/${kind}` });
    const problem = v.parse(ProblemSchema, answer.json());
    expect([answer.statusCode, problem.code]).toEqual([500, 'internal']);
    expect(answer.body).not.toMatch(/Jane|a string|TypeError|\.ts/);
    expect(problem.instance).toBe(`urn:uuid:${answer.headers['x-request-id']}`);
  });
});

describe('WebSockets', () => {
  const opens = (url: string, headers: Record<string, string> = {}) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(url.replace('http', 'ws'), { headers });
      socket.on('message', (data) => {
        resolve(String(data));
        socket.close();
      });
      socket.on('error', (fault) => resolve(fault.message));
    });

  it('are given to the handler of their route', async () => {
    const { url } = await listening();
    expect(JSON.parse(await opens(`${url}/v1/socket/a`))).toEqual({ params: { id: 'a' }, actor: 'local' });
  });

  it('are refused before they open', async () => {
    const { url } = await listening();
    expect(await opens(`${url}/v1/socket/${'a'.repeat(80)}`)).toContain('400');
    expect(await opens(`${url}/v1/slow`)).toContain('400');
    expect(await opens(`${url}/v1/nothing`)).toContain('404');
    expect(await opens(`${url}/v1/socket/a`, { origin: 'https://stranger.example' })).toContain('403');
    const answer = await fetch(`${url}/v1/socket/a`);
    expect([answer.status, (await answer.json()).code]).toEqual([400, 'bad-option']);
  });
});
