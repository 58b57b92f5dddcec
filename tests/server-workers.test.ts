import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createNatsQueue } from '../src/server/jobs/nats-queue.js';
import { analysesOfRecording } from '../src/server/storage/analyses.js';
import { makeTestStorage, POSTGRES_ANSWERS, type TestStorage, titleOn } from './both-databases.js';
import { ACTOR, addUpload, jobsOn, until, wfdbFiles } from './server-installation.js';

const NATS = process.env['ECTOPY_TEST_NATS'] ?? 'nats://127.0.0.1:4222';
const NATS_SERVER = process.env['ECTOPY_TEST_NATS_SERVER'] ?? 'nats-server';
const natsAnswers = await connect({ servers: NATS, timeout: 2000, reconnect: false }).then(
  async (connection) => {
    await connection.close();
    return true;
  },
  () => false,
);
const log = pino({ level: 'silent' });
const LONG = wfdbFiles(1800);
const SHORT = wfdbFiles(30);

const title = titleOn(`workers${natsAnswers ? '' : ' (no NATS answers: set ECTOPY_TEST_NATS)'}`, 'postgres');

// Processes that start from sources take their time on a busy machine.
describe.skipIf(!POSTGRES_ANSWERS || !natsAnswers)(title, { timeout: 150_000 }, () => {
  let place: TestStorage;
  let folder: string;
  const processes: ChildProcess[] = [];
  const open: { close(): Promise<unknown> }[] = [];
  beforeAll(async () => {
    place = await makeTestStorage('postgres');
    folder = await mkdtemp(join(tmpdir(), 'ectopy-workers-'));
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
    for (const child of processes.splice(0)) await ended(child, 'SIGKILL');
    await place.storage.database.deleteFrom('recordings').execute();
  });
  afterAll(async () => {
    await place?.remove();
    await rm(folder, { recursive: true, force: true });
  });
  const keep = <T extends { close(): Promise<unknown> }>(part: T): T => {
    open.push(part);
    return part;
  };
  const run = (command: string, args: readonly string[]): ChildProcess => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    processes.push(child);
    return child;
  };
  /** `ectopy worker`, from its sources. */
  const worker = (...args: string[]): ChildProcess => {
    const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
    const { data, database } = place.config;
    return run(process.execPath, [
      ...['--import', 'tsx', main, 'worker', '--data', data, '--database', database],
      ...args,
    ]);
  };
  const jobRow = (id: string) =>
    place.storage.database.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const analysesOf = (id: string) => analysesOfRecording(place.storage.database, id);
  /** Queue of its own on the NATS that all tests share. */
  const queueOn = (servers = NATS, prefix = `test-${randomUUID().slice(0, 8)}`) => {
    const queue = createNatsQueue(servers, { log, prefix });
    open.unshift({
      close: async () => {
        const connection = await connect({ servers, timeout: 1000, reconnect: false });
        await (await jetstreamManager(connection)).streams.delete(`${prefix}-jobs`).catch(() => {});
        await connection.close();
      },
    });
    return { queue, prefix };
  };

  it('a killed worker’s job is done by another, with one result', async () => {
    const front = keep(jobsOn(place.storage, { settings: { workers: 0 } }));
    const first = worker();
    const id = await addUpload(place.storage, LONG);
    const imported = await front.submit('import', id, ACTOR, { analyze: false });
    expect(await front.wait(imported.id, 30_000)).toMatchObject({ status: 'done' });
    const job = await front.submit('analyze', id, ACTOR);
    await until(async () => (await jobRow(job.id)).progress > 0.05, 30_000);
    await ended(first, 'SIGKILL');
    expect(await analysesOf(id)).toEqual([]);
    const second = worker();
    expect(await front.wait(job.id, 50_000)).toMatchObject({ status: 'done', attempts: 2 });
    expect(await analysesOf(id)).toHaveLength(1);
    // Told to end, it ends, and well.
    expect(await ended(second, 'SIGTERM')).toBe(0);
  });

  it('a worker that is told to end gives its job back', async () => {
    const front = keep(jobsOn(place.storage, { settings: { workers: 0 } }));
    const child = worker();
    const id = await addUpload(place.storage, LONG);
    await front.wait((await front.submit('import', id, ACTOR, { analyze: false })).id, 30_000);
    const job = await front.submit('analyze', id, ACTOR);
    await until(async () => (await jobRow(job.id)).progress > 0.05, 30_000);
    expect(await ended(child, 'SIGTERM')).toBe(0);
    expect(await jobRow(job.id)).toMatchObject({ status: 'queued', attempts: 0 });
  });

  it('JetStream hands each job to one of many, holds it until it has ended, and keeps none', async () => {
    const { queue, prefix } = queueOn();
    const front = keep(jobsOn(place.storage, { settings: { workers: 0 }, queue, sweepMs: 60_000 }));
    const workers = [1, 2].map(() =>
      keep(jobsOn(place.storage, { queue: createNatsQueue(NATS, { log, prefix }), sweepMs: 60_000 })),
    );
    await until(() => queue.connected());
    const ids = await Promise.all([1, 2, 3, 4].map(() => addUpload(place.storage, SHORT)));
    const jobs = await Promise.all(ids.map((id) => front.submit('import', id, ACTOR)));
    for (const job of jobs) expect(await front.wait(job.id, 20_000)).toMatchObject({ status: 'done' });
    // The analyses were announced by the workers, on JetStream too.
    await until(
      async () => (await Promise.all(ids.map(analysesOf))).every((rows) => rows.length === 1),
      30_000,
    );
    const connection = keep(await connect({ servers: NATS }));
    const manager = await jetstreamManager(connection);
    await until(async () => (await manager.streams.info(`${prefix}-jobs`)).state.messages === 0);
    expect(workers).toHaveLength(2);
    // Announced again and again, a job waits once.
    await front.close();
    for (const each of workers) await each.close();
    const other = createNatsQueue(NATS, { log, prefix });
    keep(other);
    await until(() => other.connected());
    for (let i = 0; i < 5; i++) await other.announce('import', 'same');
    expect((await manager.streams.info(`${prefix}-jobs`)).state.messages).toBe(1);
  });

  it('cancels what another process runs, by NATS at once', async () => {
    const { queue, prefix } = queueOn();
    const front = keep(jobsOn(place.storage, { settings: { workers: 0 }, queue }));
    const far = keep(
      // Its own look at the database would take a quarter of a lease.
      jobsOn(place.storage, { queue: createNatsQueue(NATS, { log, prefix }), leaseMs: 600_000 }),
    );
    await until(() => queue.connected());
    const id = await addUpload(place.storage, LONG);
    await front.wait((await front.submit('import', id, ACTOR, { analyze: false })).id, 30_000);
    const job = await front.submit('analyze', id, ACTOR);
    await until(() => far.running() === 1);
    await front.cancel(job.id);
    await until(() => far.running() === 0, 5000);
    expect(await analysesOf(id)).toEqual([]);
  });

  it('works without NATS, takes it up when it comes, and goes on when it is gone again', async () => {
    const port = await freePort();
    const servers = `nats://127.0.0.1:${port}`;
    const prefix = 'late';
    const queue = createNatsQueue(servers, { log, prefix });
    const jobs = keep(jobsOn(place.storage, { queue }));
    const done = async (): Promise<void> => {
      const id = await addUpload(place.storage, SHORT);
      const job = await jobs.submit('import', id, ACTOR, { analyze: false });
      expect(await jobs.wait(job.id, 15_000)).toMatchObject({ status: 'done' });
    };
    await done();
    expect(queue.connected()).toBe(false);
    const start = () => run(NATS_SERVER, ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder]);
    const first = start();
    await until(() => queue.connected());
    await done();
    await ended(first, 'SIGKILL');
    await until(() => !queue.connected());
    await done();
    start();
    await until(() => queue.connected());
    await done();
  });
});

/** Ends a process; how it ended. */
async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return exit;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
