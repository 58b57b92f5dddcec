import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ServerProcess, startServer } from '../benchmarks/server-kills/server-process.js';
import { clientOf, deviceOf, recordOf, startOutageServer } from './outage-server.js';
import { until } from './stream-server.js';

/** What is closed after a test, the newest first. */
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** ms that anything may take on a busy machine. */
const PATIENCE = 90_000;

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ectopy-endings-'));
  open.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The built `ectopy serve` in a process of its own. */
async function serve(data: string): Promise<ServerProcess & ReturnType<typeof clientOf>> {
  const server = await startServer(data);
  open.push(() => server.kill());
  return { ...server, ...clientOf(server.url) };
}

interface JobView {
  readonly kind: string;
  readonly status: string;
  readonly progress: number;
  readonly attempts: number;
}
async function jobsOf({ ask }: Pick<ReturnType<typeof clientOf>, 'ask'>, id: string): Promise<JobView[]> {
  return ((await ask(`/v1/recordings/${id}/jobs`)).body['jobs'] ?? []) as JobView[];
}
const analysing = async (server: Pick<ReturnType<typeof clientOf>, 'ask'>, id: string) =>
  (await jobsOf(server, id)).some(
    ({ kind, status, progress }) => kind === 'analyze' && status === 'running' && progress > 0,
  );
const filesOf = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());

describe.skipIf(process.platform !== 'linux')('a server', { timeout: 3 * PATIENCE }, () => {
  it('survives what it works with: processes that die are replaced, and their jobs done again', async () => {
    const server = await serve(join(await newFolder(), 'data'));
    const { id } = (await server.upload(recordOf(2 * 3600))).body;
    await until('it is analysed', () => analysing(server, id), PATIENCE);
    const children = childrenOf(server.pid);
    expect(children.length).toBeGreaterThan(0);
    for (const child of children) process.kill(child, 'SIGKILL');
    expect((await server.settled(id, PATIENCE)).status).toBe('ready');
    const jobs = await jobsOf(server, id);
    expect(jobs.map(({ kind, status }) => `${kind} ${status}`).sort()).toEqual([
      'analyze done',
      'import done',
    ]);
    expect(jobs.find(({ kind }) => kind === 'analyze')?.attempts).toBe(2);
    expect((await server.ask('/health')).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  it('hears a stream to its end although the thread that hears it dies', async () => {
    const threads = new Set<Worker>();
    const post = vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (
      this: Worker,
      ...message
    ) {
      threads.add(this);
      return original.apply(this, message);
    });
    open.push(async () => post.mockRestore());
    const server = await startOutageServer({ data: join(await newFolder(), 'data') });
    open.push(() => server.close());
    const { device, faults, wrong, length } = deviceOf(() => server.url, 60);
    await device.connect();
    for (const part of [0.4, 0.8]) {
      device.sendUpTo(length * part, 125);
      const before = device.lastEvent;
      await until('more was seen', () => device.lastEvent > before + 5, PATIENCE);
      expect(threads.size).toBeGreaterThan(0);
      // A thread that is ended in the middle of a network ends the process: it is left to finish what it has.
      for (let seen = -1; seen !== device.lastEvent; ) {
        seen = device.lastEvent;
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
      const dying = [...threads];
      threads.clear();
      for (const thread of dying) await thread.terminate();
    }
    device.sendUpTo(length, 125);
    const recording = await device.end();
    expect(await server.settled(recording ?? '')).toMatchObject({ status: 'ready', length });
    expect(faults).toEqual([]);
    expect(wrong).toEqual([]);
    // 70 beats a minute and what else there was.
    expect(device.lastEvent).toBeGreaterThan(65);
  });

  it('keeps neither descriptors nor bytes of what was deleted', async () => {
    const data = join(await newFolder(), 'data');
    const server = await serve(data);
    const once = async (seed: number, analyze: boolean, when: 'read' | 'at once' = 'read') => {
      const { status, body } = await server.upload(recordOf(10, seed), `?analyze=${analyze}`);
      expect(status).toBe(202);
      if (when === 'read')
        await until(
          'it is read',
          async () => {
            const view = (await server.ask(`/v1/recordings/${body.id}`)).body;
            return view['status'] === 'ready' && (!analyze || view['analysis'] !== null);
          },
          PATIENCE,
        );
      const deleted = await server.ask(`/v1/recordings/${body.id}`, { method: 'DELETE' });
      expect(deleted.status).toBe(204);
    };
    const open = () => readdirSync(`/proc/${server.pid}/fd`).length;
    for (let i = 0; i < 3; i++) await once(i, i === 1);
    expect(await filesOf(join(data, 'blobs'))).toEqual([]);
    const before = open();
    for (let i = 0; i < 30; i++) await once(100 + i, i % 10 === 0);
    expect(await filesOf(join(data, 'blobs'))).toEqual([]);
    await until('none stay open', () => open() <= before + 5);
    // What a job makes of a recording that is deleted meanwhile goes at the next sweep, that of the start at the latest.
    for (let i = 0; i < 4; i++) await once(200 + i, true, 'at once');
    expect(await server.stop()).toBe(0);
    const again = await serve(data);
    expect(await filesOf(join(data, 'blobs'))).toEqual([]);
    expect(await filesOf(join(data, 'tmp'))).toEqual([]);
    expect(await again.stop()).toBe(0);
  });

  it('ends when it is told to, in the middle of everything, and goes on at its next start', async () => {
    const data = join(await newFolder(), 'data');
    const first = await serve(data);
    let { url } = first;
    const { id } = (await first.upload(recordOf(2 * 3600))).body;
    await until('it is analysed', () => analysing(first, id), PATIENCE);
    const { device, wrong, length } = deviceOf(() => url, 60);
    await device.connect();
    device.sendUpTo(length / 2, 125);
    await until('some is held', () => device.acknowledged > 0);
    // An upload whose bytes never end.
    const upload = request(`${first.url}/v1/recordings?name=endless.dat`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
    });
    const broken = new Promise<void>((resolve) => {
      upload.on('response', (answer) => answer.resume().on('close', resolve));
      upload.on('error', () => resolve());
    });
    upload.write(new Uint8Array(100_000));
    await until('it is under way', async () => (await filesOf(join(data, 'tmp'))).length > 0);

    const acknowledged = device.acknowledged;
    const begun = performance.now();
    expect(await first.stop()).toBe(0);
    expect(performance.now() - begun).toBeLessThan(10_000);
    await broken;

    const second = await serve(data);
    ({ url } = second);
    expect(await filesOf(join(data, 'tmp'))).toEqual([]);
    await device.connect();
    expect(device.acknowledged).toBeGreaterThanOrEqual(acknowledged);
    device.sendUpTo(length, 125);
    expect(await second.settled((await device.end()) ?? '', PATIENCE)).toMatchObject({ length });
    expect(wrong).toEqual([]);
    expect((await second.settled(id, PATIENCE)).status).toBe('ready');
    const analyses = (await jobsOf(second, id)).filter(({ kind }) => kind === 'analyze');
    expect(analyses).toMatchObject([{ status: 'done', attempts: 1 }]);
    const { recordings } = (await second.ask('/v1/recordings')).body as unknown as { recordings: unknown[] };
    expect(recordings).toHaveLength(2);
    expect(await second.stop()).toBe(0);
  });
});

const original = Worker.prototype.postMessage;

/** The processes that a process has started. */
function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  );
}
