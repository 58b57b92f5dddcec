import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { makeTestPlace, POSTGRES_ANSWERS, titleOn } from './both-databases.js';
import { asJson, correctBeat, deviceOf, recordOf, startOutageServer } from './outage-server.js';
import { until } from './stream-server.js';

const NATS_SERVER = process.env['ECTOPY_TEST_NATS_SERVER'] ?? 'nats-server';
const POSTGRES = process.env['ECTOPY_TEST_POSTGRES'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** What is closed after a test, the newest first. */
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

describe.skipIf(!POSTGRES_ANSWERS)(titleOn('a database that goes and comes back', 'postgres'), () => {
  it('is waited for: requests are told to come again, jobs and streams go on where they were', {
    timeout: 150_000,
  }, async () => {
    const place = await makeTestPlace('postgres');
    open.push(() => place.remove());
    const server = await startOutageServer(place.config);
    open.push(() => server.close());
    const name = new URL(place.config.database).pathname.slice(1);
    const { id } = (await server.upload(recordOf(30))).body;
    expect((await server.settled(id)).status).toBe('ready');

    // A job that will be in the middle, one that waits, and a stream.
    const { device, faults, wrong, length } = deviceOf(() => server.url, 60);
    await device.connect();
    device.sendUpTo(length / 2, 125);
    const long = (await server.upload(recordOf(3600, 2))).body.id;
    const waiting = (await server.upload(recordOf(30, 3))).body.id;
    const jobsOf = async (recording: string) =>
      (await server.ask(`/v1/recordings/${recording}/jobs`)).body['jobs'] as {
        kind: string;
        status: string;
        attempts: number;
      }[];
    await until('a job runs', async () =>
      (await jobsOf(long)).some(({ kind, status }) => kind === 'analyze' && status === 'running'),
    );
    await until('half is held', () => device.acknowledged >= length / 2);

    await administer(`alter database ${name} allow_connections false`);
    await administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    const refused = await Promise.all([
      server.ask(`/v1/recordings/${id}`),
      server.ask('/v1/recordings?search=heart'),
      server.upload(recordOf(30, 4)),
      correctBeat(server, id),
      server.ask(`/v1/recordings/${id}/analysis`),
      server.ask(`/v1/recordings/${id}/analyses`, asJson('POST', {})),
    ]);
    for (const { status, headers, body } of refused) {
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'unavailable' });
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await server.ask('/health')).status).toBe(200);
    // Samples need no database.
    device.sendUpTo((3 * length) / 4, 125);
    await until('more is held', () => device.acknowledged >= (3 * length) / 4);

    await administer(`alter database ${name} allow_connections true`);
    for (const recording of [long, waiting]) {
      expect((await server.settled(recording, 60_000)).status).toBe('ready');
      const jobs = await jobsOf(recording);
      expect(jobs.map(({ kind, status }) => `${kind} ${status}`).sort()).toEqual([
        'analyze done',
        'import done',
      ]);
    }
    expect((await correctBeat(server, id)).status).toBe(200);
    device.sendUpTo(length, 125);
    expect(await server.settled((await device.end()) ?? '')).toMatchObject({ status: 'ready', length });
    expect(faults).toEqual([]);
    expect(wrong).toEqual([]);
    // What was refused left nothing.
    const { recordings } = (await server.ask('/v1/recordings')).body as unknown as { recordings: unknown[] };
    expect(recordings).toHaveLength(4);
  });
});

describe('NATS', () => {
  it('may be gone, come, go and come back: every upload is imported and analysed, once', {
    timeout: 150_000,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ectopy-nats-'));
    open.push(() => rm(folder, { recursive: true, force: true }));
    const port = await freePort();
    const server = await startOutageServer({ data: join(folder, 'data'), nats: `nats://127.0.0.1:${port}` });
    open.push(() => server.close());
    const uploads: string[] = [];
    const upload = async () => {
      const { status, body } = await server.upload(recordOf(30, uploads.length));
      expect(status).toBe(202);
      uploads.push(body.id);
      expect((await server.settled(body.id)).status).toBe('ready');
    };
    await upload();
    const stop = await startNats(port, folder);
    await upload();
    await stop();
    await upload();
    await startNats(port, folder);
    await upload();
    for (const id of uploads) {
      const jobs = (await server.ask(`/v1/recordings/${id}/jobs`)).body['jobs'] as { attempts: number }[];
      expect(jobs.map(({ attempts }) => attempts)).toEqual([1, 1]);
    }
  });
});

/** Runs one statement as the administrator of the database server. */
async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: POSTGRES, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A NATS server of this test's own, with JetStream; what stops it. */
async function startNats(port: number, folder: string): Promise<() => Promise<void>> {
  const store = join(folder, randomUUID());
  const child = spawn(NATS_SERVER, ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', store], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = new Promise<void>((resolve, reject) => {
    child.once('exit', () => resolve());
    child.once('error', reject);
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await gone;
  };
  open.push(stop);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await until('NATS is ready', () => said.includes('Server is ready'));
  return stop;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
