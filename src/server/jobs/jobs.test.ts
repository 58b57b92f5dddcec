import * as v from 'valibot';
import { afterAll, afterEach, expect, it } from 'vitest';
import { describeOnBothDatabases } from '../../../tests/both-databases.js';
import { ACTOR, addUpload, jobsOn, until, wfdbFiles } from '../../../tests/server-installation.js';
import { ServerConfigSchema } from '../config.js';
import { analysesOfRecording } from '../storage/analyses.js';
import { getRecording } from '../storage/recordings.js';
import { closeEngines, createEngines } from './create-jobs.js';
import { MOST_BEGINNINGS } from './job-lease.js';

const SHORT = wfdbFiles(30);
const LONG = wfdbFiles(900);

describeOnBothDatabases('jobs', (place) => {
  const storage = () => place().storage;
  const open: { close(): Promise<void> }[] = [];
  // Starting processes and loading networks is most of the time of a short job: here all share them.
  const engines = createEngines(v.parse(ServerConfigSchema, { workers: 2 }));
  afterAll(() => closeEngines(engines));
  const start: typeof jobsOn = (on, given) => {
    const jobs = jobsOn(on, { engines, ...given });
    open.push(jobs);
    return jobs;
  };
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
    await storage().database.deleteFrom('recordings').execute();
  });
  const jobOf = async (id: string) =>
    storage().database.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

  it('imports a recording, then analyses it by a job that was stored with the import', async () => {
    const jobs = start(storage());
    const id = await addUpload(storage(), SHORT);
    const submitted = await jobs.submit('import', id, ACTOR);
    expect(submitted).toMatchObject({ kind: 'import', status: 'queued', attempts: 0, error: null });
    const imported = await jobs.wait(submitted.id, 20_000);
    expect(imported).toMatchObject({ status: 'done', attempts: 1, progress: 1 });
    expect(await getRecording(storage().database, id)).toMatchObject({
      status: 'ready',
      format: 'wfdb',
      fs: 250,
      length: 7500,
      duration_s: 30,
    });
    const [analyze] = (await jobs.ofRecording(id)).filter(({ kind }) => kind === 'analyze');
    expect(await jobs.wait(analyze.id, 30_000)).toMatchObject({ status: 'done', attempts: 1 });
    const [row, ...others] = await analysesOfRecording(storage().database, id);
    expect(others).toEqual([]);
    const analysis = JSON.parse(new TextDecoder().decode(await storage().blobs.read(row.sha256)));
    // 70 a minute over half a minute.
    expect(Math.abs(analysis.beats.count - 35)).toBeLessThanOrEqual(1);
  });

  it('one result of a job that many processes are told of', async () => {
    const services = [0, 1].map(() => start(storage()));
    const ids = await Promise.all([1, 2].map(() => addUpload(storage(), SHORT)));
    const submitted = await Promise.all(
      ids.map((id) => services[0].submit('import', id, ACTOR, { analyze: false })),
    );
    await Promise.all(submitted.flatMap((job) => services.map((jobs) => jobs.announce(job))));
    for (const job of submitted)
      expect(await services[1].wait(job.id, 20_000)).toMatchObject({ status: 'done', attempts: 1 });
    const analyses = await Promise.all(ids.map((id) => services[0].submit('analyze', id, ACTOR)));
    await Promise.all(analyses.flatMap((job) => services.map((jobs) => jobs.announce(job))));
    for (const job of analyses) await services[1].wait(job.id, 30_000);
    for (const id of ids) expect(await analysesOfRecording(storage().database, id)).toHaveLength(1);
  });

  it('a worker that lost its job stores nothing, even when it finishes later', async () => {
    const jobs = start(storage(), { sweepMs: 60_000 });
    const id = await addUpload(storage(), LONG);
    const imported = await jobs.submit('import', id, ACTOR, { analyze: false });
    await jobs.wait(imported.id, 20_000);
    const job = await jobs.submit('analyze', id, ACTOR);
    await until(async () => (await jobOf(job.id)).status === 'running');
    // Somebody takes it over and is done at once.
    await storage()
      .database.updateTable('jobs')
      .set({ status: 'done', worker: null, lease_until: null })
      .where('id', '=', job.id)
      .execute();
    await until(() => jobs.running() === 0);
    expect(await analysesOfRecording(storage().database, id)).toEqual([]);
  });

  it('cancels queued and running jobs; a recording whose import was cancelled says so', async () => {
    const front = start(storage(), { settings: { workers: 0 } });
    const id = await addUpload(storage(), SHORT);
    const queued = await front.submit('import', id, ACTOR);
    expect(await front.cancel(queued.id)).toMatchObject({ status: 'cancelled' });
    expect(await getRecording(storage().database, id)).toMatchObject({
      status: 'failed',
      error_code: 'cancelled',
    });
    const jobs = start(storage());
    const long = await addUpload(storage(), LONG);
    await jobs.wait((await jobs.submit('import', long, ACTOR, { analyze: false })).id, 20_000);
    const running = await jobs.submit('analyze', long, ACTOR);
    await until(async () => (await jobOf(running.id)).progress > 0);
    // By another process, of which the one that works is not told: it finds out.
    expect(await front.cancel(running.id)).toMatchObject({ status: 'cancelled' });
    await until(() => jobs.running() === 0, 8000);
    expect(await front.cancel(running.id)).toMatchObject({ status: 'cancelled' });
    expect(await analysesOfRecording(storage().database, long)).toEqual([]);
    // The process goes on with what comes next.
    const short = await addUpload(storage(), SHORT);
    await jobs.wait((await jobs.submit('import', short, ACTOR, { analyze: false })).id, 20_000);
    const next = await jobs.submit('analyze', short, ACTOR);
    expect(await jobs.wait(next.id, 20_000)).toMatchObject({ status: 'done' });
  });

  it('tells why an import failed, once, and analyses nothing that could not be imported', async () => {
    const jobs = start(storage());
    const id = await addUpload(storage(), new Map([['a.bin', new Uint8Array(100)]]));
    const job = await jobs.submit('import', id, ACTOR);
    expect(await jobs.wait(job.id, 20_000)).toMatchObject({
      status: 'failed',
      attempts: 1,
      error: { code: 'unsupported', message: expect.stringContaining('a.bin') },
    });
    expect(await getRecording(storage().database, id)).toMatchObject({ status: 'failed' });
    const analyze = await jobs.submit('analyze', id, ACTOR);
    expect(await jobs.wait(analyze.id, 20_000)).toMatchObject({ error: { code: 'conflict' } });
    await expect(jobs.submit('analyze', id, ACTOR, { pauseS: 99 })).rejects.toMatchObject({
      code: 'bad-option',
    });
    await expect(jobs.submit('analyze', id, ACTOR, { wrong: 1 })).rejects.toMatchObject({
      code: 'bad-option',
    });
    await expect(jobs.submit('analyze', 'nobody', ACTOR)).rejects.toMatchObject({ code: 'not-found' });
    await expect(jobs.get('nobody')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('removes the files of a recording without names, and keeps what was read from them', async () => {
    const jobs = start(storage());
    const id = await addUpload(storage(), wfdbFiles(30, 77));
    const blobs = await storage().database.selectFrom('recording_files').select('sha256').execute();
    const job = await jobs.submit('import', id, ACTOR, { pseudonymise: true, analyze: false });
    expect(await jobs.wait(job.id, 20_000)).toMatchObject({ status: 'done' });
    expect(await storage().database.selectFrom('recording_files').selectAll().execute()).toEqual([]);
    await until(async () => !(await storage().blobs.has(blobs[0].sha256)));
    const { info_sha256: info } = await getRecording(storage().database, id);
    expect(JSON.parse(new TextDecoder().decode(await storage().blobs.read(info ?? '')))).toMatchObject({
      id,
    });
  });

  it('takes up what a closed process left, and gives back what it was doing without counting it', async () => {
    const first = start(storage());
    const id = await addUpload(storage(), LONG);
    await first.wait((await first.submit('import', id, ACTOR, { analyze: false })).id, 20_000);
    const job = await first.submit('analyze', id, ACTOR);
    await until(async () => (await jobOf(job.id)).status === 'running');
    await first.close();
    expect(await jobOf(job.id)).toMatchObject({ status: 'queued', attempts: 0, worker: null });
    const second = start(storage());
    await until(async () => (await jobOf(job.id)).status === 'running');
    expect((await second.cancel(job.id)).attempts).toBe(1);
  });

  it('gives up a job whose worker was gone too often', async () => {
    const id = await addUpload(storage(), SHORT);
    const front = start(storage(), { settings: { workers: 0 } });
    const job = await front.submit('import', id, ACTOR);
    // A worker of another machine that is not heard of any more.
    await storage()
      .database.updateTable('jobs')
      .set({ status: 'running', worker: 'elsewhere:1:1:x', lease_until: 'x', attempts: MOST_BEGINNINGS })
      .where('id', '=', job.id)
      .execute();
    const watcher = start(storage(), { settings: { workers: 0 }, leaseMs: 300 });
    expect(await watcher.wait(job.id, 10_000)).toMatchObject({
      status: 'failed',
      error: {
        code: 'internal',
        message: expect.stringMatching(new RegExp(`^import: .*${MOST_BEGINNINGS} times`)),
      },
    });
    expect(await getRecording(storage().database, id)).toMatchObject({
      status: 'failed',
      error_code: 'internal',
    });
  });

  it('keeps a lease while the clocks of all processes jump or stand', async () => {
    let jump = 0;
    const holder = start(storage(), { leaseMs: 600, now: () => 1_000_000_000_000 + jump });
    const others = [-1, 0, 1].map((days) =>
      start(storage(), { leaseMs: 600, now: () => Date.now() + days * 86_400_000 }),
    );
    const id = await addUpload(storage(), LONG);
    await holder.wait((await holder.submit('import', id, ACTOR, { analyze: false })).id, 20_000);
    const job = await holder.submit('analyze', id, ACTOR);
    for (const hours of [1, -30, 500]) {
      await until(async () => (await jobOf(job.id)).progress > 0 || (await jobOf(job.id)).status === 'done');
      jump = hours * 3_600_000;
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
    expect(await others[0].wait(job.id, 30_000)).toMatchObject({ status: 'done', attempts: 1 });
    expect(await analysesOfRecording(storage().database, id)).toHaveLength(1);
  });
});
