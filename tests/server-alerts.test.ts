import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Alert } from '../src/server/alerts/alert-hub.js';
import { describeOnBothDatabases, type TestStorage } from './both-databases.js';
import { type StreamServer, serveStreams, until } from './stream-server.js';

interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver of webhooks that answers what it is told to, one answer after another; then 204. */
async function receive(answers: number[]) {
  const got: Delivery[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => {
      body += piece;
    });
    request.on('end', () => {
      got.push({ headers: request.headers, body });
      const status = answers.shift() ?? 204;
      if (status === 0) request.socket.destroy();
      else response.writeHead(status, { location: '/elsewhere' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    got,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const QUICK = { firstRetryMs: 20, longestRetryMs: 100, timeoutMs: 500 };

describeOnBothDatabases('alerts', (place: () => TestStorage) => {
  let server: StreamServer;
  let hook: Awaited<ReturnType<typeof receive>>;
  beforeEach(async () => {
    for (const table of ['deliveries', 'webhooks', 'alerts'] as const)
      await place().storage.database.deleteFrom(table).execute();
    server = await serveStreams(place(), { delivery: QUICK });
    hook = await receive([]);
  });
  afterEach(async () => {
    await server.close();
    await hook.close();
  });

  const raise = (kind = 'asystole', sample = 500): Promise<Alert> =>
    server.context.alerts.raise({
      streamId: 's1',
      recordingId: null,
      device: 'bed-7',
      kind,
      sample,
      detail: { seconds: 4 },
    });
  const post = async (body: object) => {
    const response = await fetch(`${server.address}/v1/webhooks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as { id: string; secret: string } };
  };
  const deliveries = async (id: string) => {
    const response = await fetch(`${server.address}/v1/webhooks/${id}/deliveries`);
    return (
      (await response.json()) as { deliveries: { status: string; attempts: number; lastError: string }[] }
    ).deliveries;
  };

  it('are delivered until the receiver takes them, signed, each attempt with the same id', async () => {
    await hook.close();
    hook = await receive([500, 0, 302]);
    const { status, body: webhook } = await post({ url: hook.url });
    expect(status).toBe(201);
    const alert = await raise();
    await until('delivered', async () => (await deliveries(webhook.id))[0]?.status === 'done');
    expect(hook.got.length).toBe(4);
    expect(new Set(hook.got.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([`alert_${alert.id}`]),
    );
    for (const { headers, body } of hook.got) {
      // The key and the text to sign as the specification describes them.
      const key = Buffer.from(webhook.secret.slice('whsec_'.length), 'base64');
      const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
      const signature = createHmac('sha256', key).update(text).digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${signature}`);
      expect(JSON.parse(body)).toEqual({
        type: 'alert',
        timestamp: alert.at,
        data: {
          id: alert.id,
          kind: 'asystole',
          streamId: 's1',
          recordingId: null,
          device: 'bed-7',
          sample: 500,
        },
      });
    }
    expect(key32(webhook.secret)).toBe(32);
  });

  it('outlive the server: what waited is sent by the next one', async () => {
    const { body: webhook } = await post({ url: hook.url });
    await server.close();
    await hook.close();
    // Nobody listens: every attempt of this server fails.
    server = await serveStreams(place(), { delivery: { ...QUICK, firstRetryMs: 300 } });
    await raise();
    await until('tried', async () => (await deliveries(webhook.id))[0]?.attempts === 1);
    await server.close();
    hook = await receive([]);
    await place()
      .storage.database.updateTable('webhooks')
      .set({ url: hook.url })
      .where('id', '=', webhook.id)
      .execute();
    server = await serveStreams(place(), { delivery: QUICK });
    await until('delivered', () => hook.got.length > 0);
  });

  it('are given up after so many attempts, and say so; 410 switches a receiver off', async () => {
    await hook.close();
    hook = await receive([500, 500, 500, 410]);
    await server.close();
    server = await serveStreams(place(), { delivery: { ...QUICK, mostAttempts: 3 } });
    const { body: webhook } = await post({ url: hook.url });
    await raise();
    await until('given up', async () => (await deliveries(webhook.id))[0]?.status === 'failed');
    expect((await deliveries(webhook.id))[0].lastError).toContain('given up after 3 attempts');
    await raise();
    await until('given up', async () => (await deliveries(webhook.id))[0]?.status === 'failed');
    await raise();
    const list = (await (await fetch(`${server.address}/v1/webhooks`)).json()) as {
      webhooks: { active: boolean }[];
    };
    expect(list.webhooks[0].active).toBe(false);
    expect(JSON.stringify(list)).not.toContain('whsec_');
    expect((await deliveries(webhook.id)).length).toBe(2);
  });

  it('reach only the webhooks that want their kind, and none that was removed', async () => {
    const { body: webhook } = await post({ url: hook.url, kinds: ['pause'] });
    await raise('asystole');
    await raise('pause', 7);
    await until('delivered', () => hook.got.length > 0);
    expect(hook.got.map(({ body }) => (JSON.parse(body) as { data: { kind: string } }).data.kind)).toEqual([
      'pause',
    ]);
    const gone = await fetch(`${server.address}/v1/webhooks/${webhook.id}`, { method: 'DELETE' });
    expect(gone.status).toBe(204);
    expect((await fetch(`${server.address}/v1/webhooks/${webhook.id}/deliveries`)).status).toBe(404);
  });

  it('are listed page by page, and followed without a gap after a lost connection', async () => {
    const ids: number[] = [];
    for (let i = 0; i < 5; i++) ids.push((await raise('pause', i)).id);
    const listed: number[] = [];
    for (let before = ''; ; ) {
      const response = await fetch(`${server.address}/v1/alerts?limit=2${before}`);
      const { alerts, next } = (await response.json()) as { alerts: Alert[]; next: number | null };
      listed.push(...alerts.map(({ id }) => id));
      if (next === null) break;
      before = `&before=${next}`;
    }
    expect(listed).toEqual([...ids].reverse());

    const follow = async (last: number, count: number) => {
      const stop = new AbortController();
      const response = await fetch(`${server.address}/v1/alerts/events`, {
        headers: { 'last-event-id': String(last) },
        signal: stop.signal,
      });
      let text = '';
      const decoder = new TextDecoder();
      const seen = () => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
      for await (const piece of response.body!) {
        text += decoder.decode(piece, { stream: true });
        if (seen().length >= count) break;
      }
      stop.abort();
      return seen();
    };
    expect(await follow(ids[1], 3)).toEqual(ids.slice(2));
    const coming = follow(ids[4], 2);
    const later = [(await raise()).id, (await raise()).id];
    expect(await coming).toEqual(later);
  });
});

function key32(secret: string): number {
  return Buffer.from(secret.slice('whsec_'.length), 'base64').length;
}
