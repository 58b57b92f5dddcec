import { readdirSync } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../../../tests/both-databases.js';
import { addWholeRecording, everything, sha256Of, someBytes } from '../../../tests/full-storage.js';
import { claimQueued } from '../jobs/job-lease.js';
import { deleteRecording } from './delete-recording.js';
import { getJob, insertJob, jobsOfRecording } from './jobs.js';
import { insertRecordingFiles } from './recording-files.js';
import { findRecording, getRecording, insertRecording } from './recordings.js';
import { repairStorage } from './repair.js';
import { deleteOldRecordings } from './retention.js';
import { sweep } from './sweep.js';
import { startUpkeep } from './upkeep.js';

const HOUR = 3_600_000;
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

describeOnBothDatabases('whole deletion and repair', (place) => {
  const blobFiles = () =>
    readdirSync(join(place().config.data, 'blobs'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
      .sort();
  const half = async (id: string, createdAt: string, files = 1) => {
    const { database, blobs } = place().storage;
    const blob = await blobs.put(someBytes(`half ${id}`, 50));
    await insertRecording(database, {
      id,
      created_at: createdAt,
      name: id,
      status: 'importing',
      owner: 'key:7',
      pseudonymised: 0,
      revision: 0,
    });
    await insertRecordingFiles(
      database,
      Array.from({ length: files }, (_, position) => ({ recording_id: id, position, name: 'a', ...blob })),
    );
  };
  const importJob = (id: string, recordingId: string) => ({
    id,
    kind: 'import',
    recording_id: recordingId,
    owner: 'local',
    status: 'queued',
    options: '{}',
    created_at: ago(0),
    attempts: 0,
    progress: 0,
  });

  it('deletes every row and every blob of a recording at once, and nothing of another', async () => {
    const { storage } = place();
    const { database, blobs } = storage;
    const shared = someBytes('of both', 100);
    await addWholeRecording(storage, 'stays', shared);
    const before = await everything(database);
    const blobsBefore = blobFiles();
    const own = await addWholeRecording(storage, 'goes', shared);
    expect(blobFiles()).toHaveLength(blobsBefore.length + own.length);

    expect(await deleteRecording(database, blobs, 'goes')).toEqual({ streams: ['stream-goes'] });
    const after = await everything(database);
    // What belongs to no recording stays: keys, webhooks, and what the audit log tells.
    for (const table of [
      'recordings',
      'recording_files',
      'analyses',
      'corrections',
      'jobs',
      'streams',
      'alerts',
    ]) {
      expect(after[table], table).toEqual(before[table]);
    }
    expect(
      after['deliveries']!.every((row) =>
        before['alerts']!.some(
          (alert) =>
            (JSON.parse(String(alert)) as { id: number }).id ===
            (JSON.parse(String(row)) as { alert_id: number }).alert_id,
        ),
      ),
    ).toBe(true);
    expect(blobFiles()).toEqual(blobsBefore);
    await expect(deleteRecording(database, blobs, 'goes')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('leaves a blob that somebody is just uploading again, and the sweep takes it when nobody names it', async () => {
    const { storage } = place();
    const { database, blobs } = storage;
    await addWholeRecording(storage, 'again');
    const bytes = someBytes('own again', 3000);
    const sha256 = sha256Of(bytes);
    const uploading = await blobs.put(bytes);
    // A moment later than the recording by every clock.
    await utimes(blobs.path(sha256), new Date(), new Date(Date.now() + 1000));
    await deleteRecording(database, blobs, 'again');
    expect(await blobs.has(uploading.sha256)).toBe(true);
    await sweep(database, blobs, { untouchedSince: Date.now() - HOUR });
    expect(await blobs.has(uploading.sha256)).toBe(true);
    await utimes(blobs.path(sha256), 1, 1);
    expect(await sweep(database, blobs, { untouchedSince: Date.now() - HOUR })).toMatchObject({ blobs: 1 });
    expect(await blobs.has(uploading.sha256)).toBe(false);
  });

  it('many deletions and additions of the same bytes at once never lose a named blob', async () => {
    const { storage } = place();
    const { database, blobs } = storage;
    const shared = someBytes('contested', 100);
    const ids = Array.from({ length: 6 }, (_, i) => `crowd${i}`);
    for (const id of ids.slice(0, 3)) await addWholeRecording(storage, id, shared);
    await Promise.all([
      ...ids.slice(0, 3).map((id) => deleteRecording(database, blobs, id)),
      ...ids.slice(3).map((id) => addWholeRecording(storage, id, shared)),
      sweep(database, blobs, { untouchedSince: Date.now() - HOUR }),
    ]);
    expect(await blobs.has(sha256Of(shared))).toBe(true);
    for (const id of ids.slice(3)) await deleteRecording(database, blobs, id);
  });

  it('a crash after the rows went is finished by the repair, twice is the same as once', async () => {
    const { storage, config } = place();
    const { database, blobs } = storage;
    const own = await addWholeRecording(storage, 'crashed');
    // As a crash leaves it: rows gone, blobs there, a temporary file, an old hold.
    await database.deleteFrom('recordings').where('id', '=', 'crashed').execute();
    await writeFile(join(config.data, 'tmp', 'half-uploaded'), 'x');
    await mkdir(join(config.data, 'holding', 'dead'));
    await utimes(join(config.data, 'holding', 'dead'), 1, 1);
    for (const sha256 of own) expect(await blobs.has(sha256)).toBe(true);
    // Beside others, what is young may be theirs.
    expect(await repairStorage(storage, { now: Date.now(), alone: false })).toMatchObject({
      blobs: 0,
      temporaryFiles: 0,
    });
    const report = await repairStorage(storage, { now: Date.now(), alone: true });
    expect(report).toMatchObject({ temporaryFiles: 1, failed: 0, resumed: 0, requeued: 0 });
    expect(report.blobs).toBeGreaterThanOrEqual(own.length);
    for (const sha256 of own) expect(await blobs.has(sha256)).toBe(false);
    expect(readdirSync(join(config.data, 'holding'))).toEqual([]);
    expect(await repairStorage(storage, { now: Date.now(), alone: true })).toEqual({
      requeued: 0,
      resumed: 0,
      failed: 0,
      blobs: 0,
      temporaryFiles: 0,
    });
  });

  it('half imports get a job or an error, running jobs a new turn', async () => {
    const { storage } = place();
    const { database } = storage;
    const now = Date.now();
    const lease = { now: ago(0), leaseUntil: ago(-HOUR) };
    await half('no job', ago(2 * HOUR));
    await half('no files', ago(2 * HOUR), 0);
    await half('young', ago(1000));
    await half('running', ago(2 * HOUR));
    await insertJob(database, importJob('running', 'running'));
    await claimQueued(database, { id: 'running', worker: 'w' }, lease);
    await half('failed', ago(2 * HOUR));
    await insertJob(database, importJob('failed', 'failed'));
    // As the worker's process leaves it that dies before it has told the recording.
    await database
      .updateTable('jobs')
      .set({ status: 'failed', error_code: 'bad-format', error_message: 'm', finished_at: ago(0) })
      .where('id', '=', 'failed')
      .execute();

    // Beside others: leases that run and what is young are theirs. Two at once do it once.
    const reports = await Promise.all([1, 2].map(() => repairStorage(storage, { now, alone: false })));
    expect(reports.reduce((sum, { resumed }) => sum + resumed, 0)).toBe(1);
    expect(reports.reduce((sum, { failed }) => sum + failed, 0)).toBe(2);
    expect(reports.every(({ requeued }) => requeued === 0)).toBe(true);
    expect(await jobsOfRecording(database, 'no job')).toMatchObject([
      { kind: 'import', status: 'queued', owner: 'key:7' },
    ]);
    expect(await getRecording(database, 'no files')).toMatchObject({
      status: 'failed',
      error_code: 'cancelled',
    });
    expect(await getRecording(database, 'failed')).toMatchObject({
      status: 'failed',
      error_code: 'bad-format',
      error_message: 'm',
    });
    expect(await getRecording(database, 'young')).toMatchObject({ status: 'importing' });
    expect(await getJob(database, 'running')).toMatchObject({ status: 'running' });

    expect(await repairStorage(storage, { now, alone: true })).toMatchObject({
      requeued: 1,
      resumed: 1,
      failed: 0,
    });
    expect(await getJob(database, 'running')).toMatchObject({ status: 'queued', worker: null, attempts: 1 });
    // A time in a row says nothing about another's clock.
    const past = { now: ago(0), leaseUntil: ago(1000) };
    await claimQueued(database, { id: 'running', worker: 'w' }, past);
    expect(await repairStorage(storage, { now, alone: false })).toMatchObject({ requeued: 0 });
    expect(await getJob(database, 'running')).toMatchObject({ status: 'running', worker: 'w' });
  });

  it('retention deletes what is older, whole, and tells of it', async () => {
    const { storage } = place();
    await half('old', ago(31 * 24 * HOUR));
    await half('new', ago(29 * 24 * HOUR));
    const told: string[] = [];
    const options = {
      days: 30,
      now: Date.now(),
      onDeleted: async (id: string) => {
        told.push(id);
      },
    };
    expect(await deleteOldRecordings(storage, { ...options, signal: AbortSignal.timeout(60_000) })).toBe(1);
    expect(told).toEqual(['old']);
    expect(await findRecording(storage.database, 'old')).toBeUndefined();
    expect(await findRecording(storage.database, 'new')).toBeDefined();
    expect(await deleteOldRecordings(storage, { ...options, days: 1e12 })).toBe(0);
    await expect(
      deleteOldRecordings(storage, { ...options, days: 1, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    // The same by the clock of a running server.
    const faults: unknown[] = [];
    const upkeep = startUpkeep(storage, {
      retentionDays: 28,
      now: Date.now,
      everyMs: 10,
      onFault: (fault) => faults.push(fault),
    });
    await expect.poll(() => findRecording(storage.database, 'new')).toBeUndefined();
    await upkeep.close();
    expect(faults).toEqual([]);
  });
});
