import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { parseConfig, startServer } from '../src/server/index.js';
import { startServerProcess } from './server-process.js';

const folder = mkdtempSync(join(tmpdir(), 'ectopy-serve-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const serve = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), main, 'serve', ...args], {
    encoding: 'utf8',
    timeout: 30_000,
  });
const configOf = (name: string, flags: Record<string, unknown> = {}) =>
  parseConfig({ flags: { port: 0, log: 'silent', data: join(folder, name), ...flags } });

describe('ectopy serve', () => {
  it('says where it is, answers, and closes at once although somebody listens', async () => {
    const server = await startServerProcess();
    expect(server.output()).toMatch(/^Ectopy answers at http:\/\/127\.0\.0\.1:\d+\nData are kept in \//);
    expect(server.output()).toContain('Research use only: not a medical device.');
    const health = await fetch(`${server.url}/health`);
    expect(await health.json()).toMatchObject({ status: 'ok' });
    const status = await (await fetch(`${server.url}/v1/status`)).json();
    expect(status).toMatchObject({ database: 'sqlite', queue: { kind: 'in-process', queued: 0 } });
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/ectopy_request_seconds_count\{route="\/health",method="GET",status="200"\} 1\n/);

    const events = await fetch(`${server.url}/v1/alerts/events`);
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/v1/streams/bedside-1`);
    await new Promise((resolve) => socket.once('open', resolve));
    const gone = new Promise((resolve) => socket.once('close', resolve));
    const began = performance.now();
    expect(await server.stop(), server.output()).toBe(0);
    expect(performance.now() - began).toBeLessThan(8000);
    await gone;
    await events.body?.cancel().catch(() => undefined);
    expect(server.output()).not.toMatch(/"level":"(error|fatal)"/);
  });

  it('refuses to be reached by others without access control', () => {
    const { status, stderr } = serve('--host', '0.0.0.0', '--data', join(folder, 'refused'));
    expect(status).toBe(2);
    expect(stderr).toContain('set access.mode to keys');
  });

  it('tells of wrong flags and files', () => {
    expect(serve('--port', 'many').stderr).toContain('--port: ');
    expect(serve('--config', join(folder, 'none.json')).status).toBe(3);
  });
});

describe('a server', () => {
  it('says that its port is taken, and leaves nothing open', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      await expect(startServer(configOf('taken', { port }))).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining(`port ${port} is taken`),
      });
    } finally {
      other.close();
    }
    // Its folder is free again, so it was closed.
    await (await startServer(configOf('taken'))).close();
  });

  it('has its folder for itself', async () => {
    const server = await startServer(configOf('locked'));
    try {
      await expect(startServer(configOf('locked'))).rejects.toMatchObject({ code: 'conflict' });
      expect((await fetch(`${server.url}/health`)).status).toBe(200);
    } finally {
      await server.close();
    }
  });

  it('closes once, however often it is asked', async () => {
    const server = await startServer(configOf('twice'));
    await Promise.all([server.close(), server.close()]);
    await expect(fetch(`${server.url}/health`)).rejects.toThrow();
  });

  it('says so when its address is not of this machine', async () => {
    const config = configOf('elsewhere', { host: '192.0.2.1', 'access.mode': 'keys' });
    await expect(startServer(config)).rejects.toMatchObject({ code: 'bad-option' });
  });
});
