import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../../../tests/both-databases.js';
import { analysesOfRecording, insertAnalysis, newestAnalysis } from '../storage/analyses.js';
import { openDatabase } from '../storage/database.js';
import { getJob, insertJob } from '../storage/jobs.js';
import { getRecording, insertRecording, updateRecording } from '../storage/recordings.js';
import type { Database } from '../storage/tables.js';
import { cancelJob, claimQueued, endJob, giveBack, renewLease, takeBack } from './job-lease.js';

/** ISO time of a second of a day. */
const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
const lease = (now: number) => ({ now: at(now), leaseUntil: at(now + 30) });
const DONE = { status: 'done' } as const;

async function add(database: Database, id: string, kind: 'import' | 'analyze' = 'analyze'): Promise<void> {
  await insertRecording(database, {
    id,
    created_at: at(0),
    name: id,
    status: kind === 'import' ? 'importing' : 'ready',
    owner: 'local',
    pseudonymised: 0,
    revision: 0,
  });
  await insertJob(database, {
    id,
    kind,
    recording_id: id,
    owner: 'local',
    status: 'queued',
    options: '{}',
    created_at: at(0),
    attempts: 0,
    progress: 0,
  });
}

describeOnBothDatabases('a job', (place) => {
  const make = (id: string) => async (transaction: Database) => {
    await insertAnalysis(transaction, {
      id: `analysis ${id}`,
      recording_id: id,
      job_id: id,
      created_at: at(51),
      sha256: 'a'.repeat(64),
    });
    await updateRecording(transaction, id, { format: 'edf' });
  };

  it('is claimed by one of many, and ended by nobody but who holds it', async () => {
    const { storage, config } = place();
    const { database } = storage;
    const other = openDatabase(config.database, config.data);
    try {
      await add(database, 'j');
      const tries = await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          claimQueued(i % 2 === 0 ? database : other.database, { id: 'j', worker: `w${i}` }, lease(1)),
        ),
      );
      const winners = tries.filter((one) => one !== undefined);
      expect(winners).toHaveLength(1);
      const [taken] = winners;
      expect(taken).toMatchObject({ status: 'running', attempts: 1, started_at: at(1) });
      const first = { id: 'j', worker: taken?.worker ?? '' };
      const beat = { leaseUntil: at(40), stage: 'detect', progress: 0.25 };
      expect(await renewLease(database, first, beat)).toBe(true);
      expect(await getJob(database, 'j')).toMatchObject({ stage: 'detect', progress: 0.25 });
      const second = { id: 'j', worker: 'second' };
      expect(await claimQueued(database, second, lease(40))).toBeUndefined();

      // Its lease as it was seen before is no reason to take it away; as it is now, it is.
      const seen = { id: 'j', worker: first.worker, lease_until: at(31) };
      expect(await takeBack(database, seen)).toBe(false);
      expect(await takeBack(database, { ...seen, lease_until: at(40) })).toBe(true);
      expect(await claimQueued(database, second, lease(41))).toMatchObject({
        attempts: 2,
        started_at: at(1),
      });

      // The first may do nothing any more, and of what it made nothing stays.
      expect(await renewLease(database, first, beat)).toBe(false);
      expect(await endJob(database, first, DONE, at(50), make('j'))).toBe(false);
      expect(await analysesOfRecording(database, 'j')).toEqual([]);
      expect((await getRecording(database, 'j')).format).toBeNull();
      expect(await endJob(database, second, DONE, at(51), make('j'))).toBe(true);
      expect(await endJob(database, second, DONE, at(52), make('j'))).toBe(false);
      expect(await newestAnalysis(database, 'j')).toMatchObject({ id: 'analysis j', job_id: 'j' });
      expect((await getRecording(database, 'j')).format).toBe('edf');
      expect(await getJob(database, 'j')).toMatchObject({
        status: 'done',
        progress: 1,
        worker: null,
        lease_until: null,
        finished_at: at(51),
      });
    } finally {
      await other.close();
    }
  });

  it('is given back, as an attempt or not', async () => {
    const { database } = place().storage;
    await add(database, 'b');
    const claim = { id: 'b', worker: 'w' };
    await claimQueued(database, claim, lease(1));
    await giveBack(database, claim, true);
    expect(await getJob(database, 'b')).toMatchObject({ status: 'queued', worker: null, attempts: 1 });
    await claimQueued(database, claim, lease(2));
    await giveBack(database, claim, false);
    expect(await getJob(database, 'b')).toMatchObject({ status: 'queued', attempts: 1 });
  });

  it('is cancelled or fails once, and its recording says why it could not be imported', async () => {
    const { database } = place().storage;
    await add(database, 'c', 'import');
    const claim = { id: 'c', worker: 'w' };
    await claimQueued(database, claim, lease(1));
    expect(await cancelJob(database, 'c', at(5))).toMatchObject({ status: 'cancelled', finished_at: at(5) });
    expect(await cancelJob(database, 'c', at(9))).toBeUndefined();
    expect(await endJob(database, claim, DONE, at(6))).toBe(false);
    expect(await getRecording(database, 'c')).toMatchObject({ status: 'failed', error_code: 'cancelled' });

    await add(database, 'f', 'import');
    await claimQueued(database, { id: 'f', worker: 'w' }, lease(1));
    const outcome = { status: 'failed', code: 'too-short', message: 'm' } as const;
    expect(await endJob(database, { id: 'f', worker: 'w' }, outcome, at(7))).toBe(true);
    const said = { status: 'failed', error_code: 'too-short', error_message: 'm' };
    expect(await getJob(database, 'f')).toMatchObject(said);
    expect(await getRecording(database, 'f')).toMatchObject(said);
  });

  it('of a recording that is deleted meanwhile ends nowhere', async () => {
    const { database } = place().storage;
    await add(database, 'gone');
    const claim = { id: 'gone', worker: 'w' };
    await claimQueued(database, claim, lease(1));
    await database.deleteFrom('recordings').where('id', '=', 'gone').execute();
    expect(await endJob(database, claim, DONE, at(2), make('gone'))).toBe(false);
  });
});
