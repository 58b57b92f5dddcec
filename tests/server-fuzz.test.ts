import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../scripts/openapi/document.js';
import type { Document } from './server-fuzz/document.js';
import { fuzzFiles } from './server-fuzz/files.js';
import { fuzzRequest } from './server-fuzz/requests.js';
import { type FuzzRun, runFuzz } from './server-fuzz/run.js';
import { startServerProcess } from './server-process.js';

// `npx tsx scripts/fuzz-server.ts` sends 20,000 of these.
const REQUESTS = 1000;

describe('any request', () => {
  it('is answered by a real server as its description says', { timeout: 120_000 }, async () => {
    const server = await startServerProcess();
    const failures: string[] = [];
    try {
      const tally = await runFuzz({
        host: server.host,
        port: server.port,
        seed: 5,
        requests: REQUESTS,
        atOnce: 6,
        // The first report and the first sample start threads that begin as TypeScript: seconds on busy processors,
        // 0.3 s as compiled. What hangs is found all the same: no route takes as long as this.
        hangMs: 40_000,
        files: await fuzzFiles(),
        onFailure: (index, { method, target, kind }, what) =>
          failures.push(`request ${index} (${kind}) ${method} ${target.slice(0, 200)}: ${what}`),
      });
      expect(failures).toEqual([]);
      expect(tally.requests).toBe(REQUESTS);
      // Requests that all failed, or never did, would test nothing.
      expect(tally.succeeded.size).toBeGreaterThan(15);
      expect(tally.statuses.get('400')).toBeGreaterThan(REQUESTS / 10);
      expect(server.child.exitCode).toBeNull();
    } finally {
      expect(await server.stop(), server.output()).toBe(0);
    }
  });

  it('is the same for the same seed', () => {
    const document = openApiDocument() as unknown as Document;
    const known = { ids: {}, files: [] };
    for (let index = 0; index < 200; index++)
      expect(fuzzRequest(document, 1, index, known)).toEqual(fuzzRequest(document, 1, index, known));
  });

  it.each([
    ['a bug', 500, 'application/problem+json', '{}', 'status 500'],
    ['another status', 418, 'application/problem+json', '{}', 'not documented'],
    ['a fault that is no problem', 400, 'text/plain', 'no', 'no problem+json'],
    ['a problem that is none', 400, 'application/problem+json', '{"status":400}', 'not as documented'],
    ['another body', 200, 'application/json', '{"status":"fine"}', 'not as documented'],
    ['broken JSON', 200, 'application/json', '{', 'no JSON'],
  ])('fails when it is answered with %s', async (_what, status, type, body, expected) => {
    const { failures } = await fuzzStub((response) =>
      response.writeHead(status, { 'content-type': type }).end(body),
    );
    expect(failures.join('\n')).toContain(expected);
  });

  it('fails when it is not answered', async () => {
    const { failures } = await fuzzStub((response) => response.destroy());
    expect(failures.join('\n')).toContain('no answer: closed');
  });

  it('does not fail when it is answered as documented', async () => {
    const { failures } = await fuzzStub((response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"status":"ok","version":"1","statement":"-"}'),
    );
    expect(failures).toEqual([]);
  });
});

/** A few requests to a server that describes one operation and answers everything alike. */
async function fuzzStub(answer: (response: import('node:http').ServerResponse) => void) {
  const { paths, components, ...rest } = openApiDocument() as unknown as Document;
  const document = JSON.stringify({ ...rest, components, paths: { '/health': paths['/health'] } });
  const server = createServer((request, response) => {
    if (request.url === '/openapi.json') response.end(document);
    else if (request.url === '/metrics') response.end('');
    else answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const failures: string[] = [];
  try {
    const { port } = server.address() as AddressInfo;
    const run: FuzzRun = {
      host: '127.0.0.1',
      port,
      seed: VALID_SEED,
      requests: 1,
      atOnce: 1,
      hangMs: 5000,
      files: [],
      onFailure: (_index, _request, what) => failures.push(what),
    };
    await runFuzz(run);
  } finally {
    server.close();
  }
  return { failures };
}

/** A seed whose first request is a valid one. */
const VALID_SEED = 9;
