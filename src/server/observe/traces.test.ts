import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { contextOf } from '../../../tests/server-context.js';
import { buildApp } from '../http/app.js';
import { openTraces } from './traces.js';

interface Received {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly { readonly key: string; readonly value: object }[] };
    readonly scopeSpans: readonly { readonly spans: readonly Record<string, unknown>[] }[];
  }[];
}

describe('traces', () => {
  it('go to a collector: a span a request, a part of its caller’s trace, without its address', async () => {
    const received: { path: string | undefined; body: Received }[] = [];
    const collector = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({ path: request.url, body: JSON.parse(Buffer.concat(chunks).toString()) as Received });
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = collector.address() as AddressInfo;
      const traces = await openTraces(`http://127.0.0.1:${port}/`, '1.2.3');
      const app = await buildApp(contextOf({ traces }));
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      await app.inject({ url: '/health?patient=Jane', headers: { traceparent } });
      await app.inject({ url: '/v1/patients/Jane' });
      await app.close();
      await traces.close();
      const [resource] = received.flatMap(({ body }) => body.resourceSpans);
      const spans = received.flatMap(({ body }) =>
        body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
      );
      expect(received.map(({ path }) => path)).toContain('/v1/traces');
      expect(resource?.resource.attributes).toContainEqual({
        key: 'service.name',
        value: { stringValue: 'ectopy' },
      });
      expect(spans.map(({ name }) => name)).toEqual(['GET /health', 'any none']);
      expect(spans[0]).toMatchObject({
        traceId: '0af7651916cd43dd8448eb211c80319c',
        parentSpanId: 'b7ad6b7169203331',
        attributes: [
          { key: 'http.request.method', value: { stringValue: 'GET' } },
          { key: 'http.route', value: { stringValue: '/health' } },
          { key: 'http.response.status_code', value: { intValue: 200 } },
        ],
      });
      expect(JSON.stringify(received)).not.toContain('Jane');
    } finally {
      collector.close();
    }
  });

  it('hold nobody up when the collector is away', async () => {
    const traces = await openTraces('http://127.0.0.1:1', '1.2.3');
    const app = await buildApp(contextOf({ traces }));
    expect((await app.inject({ url: '/health' })).statusCode).toBe(200);
    await app.close();
    const began = performance.now();
    await traces.close();
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
