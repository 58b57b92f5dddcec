import { pino } from 'pino';
import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../../../tests/both-databases.js';
import { ACTOR, addUpload, jobsOn } from '../../../tests/server-installation.js';
import { ServiceFault } from '../fault.js';
import { getRecording } from '../storage/recordings.js';
import { failExhausted, MOST_BEGINNINGS } from './job-lease.js';
import { createJobRunner } from './job-runner.js';
import type { Perform } from './perform.js';
import { WorkerDied } from './worker-died.js';

describeOnBothDatabases('a runner of jobs', (place) => {
  let claims = 0;
  const runner = (perform: Perform) =>
    createJobRunner({
      database: place().storage.database,
      performers: { import: perform, analyze: perform },
      nameClaim: () => `claim-${claims++}`,
      leaseMs: 10_000,
      log: pino({ level: 'silent' }),
      now: Date.now,
      onEnded: () => {},
      onQueued: () => {},
    });
  const queued = async () => {
    const { storage } = place();
    const front = jobsOn(storage, { settings: { workers: 0 }, sweepMs: 60_000 });
    const recordingId = await addUpload(storage, new Map([['a.csv', new Uint8Array(3)]]));
    const { id } = await front.submit('import', recordingId, ACTOR);
    await front.close();
    return { id, recordingId };
  };
  const row = (id: string) =>
    place().storage.database.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

  it('tries again what a dying worker left, three times in all', async () => {
    const { id, recordingId } = await queued();
    let tries = 0;
    const dying = runner(async () => {
      tries++;
      throw new WorkerDied('the process ended (SIGSEGV)');
    });
    for (const attempts of [1, 2]) {
      await dying.take(id);
      expect(await row(id)).toMatchObject({ status: 'queued', attempts });
    }
    await dying.take(id);
    expect(await row(id)).toMatchObject({ status: 'failed', attempts: 3, error_code: 'internal' });
    expect((await row(id)).error_message).toMatch(/SIGSEGV.*3 attempts/);
    expect(await getRecording(place().storage.database, recordingId)).toMatchObject({ status: 'failed' });
    await dying.take(id);
    expect(tries).toBe(3);
  });

  it('does not try again what the recording causes', async () => {
    const { id } = await queued();
    await runner(async () => {
      throw new ServiceFault('timed-out', 'import: too long');
    }).take(id);
    expect(await row(id)).toMatchObject({ status: 'failed', attempts: 1, error_message: 'import: too long' });
  });

  it('tells nothing of an unexpected fault that may quote a recording', async () => {
    const { id } = await queued();
    await runner(async () => {
      throw new TypeError('cannot read Jane Doe');
    }).take(id);
    expect(await row(id)).toMatchObject({ status: 'failed', error_code: 'internal' });
    expect((await row(id)).error_message).not.toContain('Jane');
  });

  it('does a job once when it is taken many times at once, and stores all of its result or nothing', async () => {
    const { id, recordingId } = await queued();
    let begun = 0;
    const perform: Perform = async () => {
      begun++;
      return {
        async commit(transaction) {
          await transaction
            .updateTable('recordings')
            .set({ name: 'changed' })
            .where('id', '=', recordingId)
            .execute();
          throw new ServiceFault('conflict', 'database: no');
        },
      };
    };
    const all = [1, 2, 3, 4].map(() => runner(perform));
    await Promise.all(all.map((each) => each.take(id)));
    expect(begun).toBe(1);
    // What could not be stored is not half there, and the job says so.
    expect(await getRecording(place().storage.database, recordingId)).toMatchObject({ name: 'one' });
    expect(await row(id)).toMatchObject({ status: 'failed', error_code: 'conflict' });
  });

  it('waits for a full disk: to work on it costs no attempt, to store the result is tried until it fits', async () => {
    const { id } = await queued();
    let full = true;
    const perform: Perform = async () => {
      if (full) throw new ServiceFault('storage-full', 'storage: full');
      full = true;
      return {
        async commit() {
          full = !full;
          if (!full) throw new ServiceFault('storage-full', 'database: full');
        },
      };
    };
    await runner(perform).take(id);
    expect(await row(id)).toMatchObject({ status: 'queued', attempts: 0 });
    full = false;
    await runner(perform).take(id);
    expect(await row(id)).toMatchObject({ status: 'done', attempts: 1 });
  });

  it('fails what was begun too often, each once', async () => {
    const { id } = await queued();
    const { database } = place().storage;
    await database.updateTable('jobs').set({ attempts: MOST_BEGINNINGS }).where('id', '=', id).execute();
    const time = new Date().toISOString();
    const both = await Promise.all([failExhausted(database, time), failExhausted(database, time)]);
    expect(both.flat().filter((job) => job.id === id)).toHaveLength(1);
  });
});
