import { createHash } from 'node:crypto';
import { claimQueued, endJob } from '../src/server/jobs/job-lease.js';
import { insertAlert } from '../src/server/storage/alerts.js';
import { insertAnalysis } from '../src/server/storage/analyses.js';
import { insertApiKey } from '../src/server/storage/api-keys.js';
import { appendAudit } from '../src/server/storage/audit.js';
import { TABLE_NAMES } from '../src/server/storage/backup-format.js';
import { appendCorrection } from '../src/server/storage/corrections.js';
import { insertJob } from '../src/server/storage/jobs.js';
import type { Storage } from '../src/server/storage/open-storage.js';
import { insertRecordingFiles } from '../src/server/storage/recording-files.js';
import { insertRecording, updateRecording } from '../src/server/storage/recordings.js';
import { endStream, insertStream } from '../src/server/storage/streams.js';
import type { Tables } from '../src/server/storage/tables.js';
import { insertWebhook } from '../src/server/storage/webhooks.js';

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes that differ by seed and do not repeat. */
export function someBytes(seed: string | number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let block = createHash('sha256').update(String(seed)).digest();
  for (let at = 0; at < length; at += block.length) {
    bytes.set(block.subarray(0, length - at), at);
    block = createHash('sha256').update(block).digest();
  }
  return bytes;
}

const soon = () => new Date().toISOString();
const later = () => new Date(Date.now() + 60_000).toISOString();

/**
 * A recording with everything that a recording can have: two files (one of them `shared`), an import, an analysis, a
 * correction, the stream it was, an alert and its delivery. Returns the blobs that are its own.
 */
export async function addWholeRecording(
  { database, blobs }: Pick<Storage, 'database' | 'blobs'>,
  id: string,
  shared: Uint8Array = someBytes(`shared ${id}`, 1000),
): Promise<string[]> {
  const own = await blobs.put(someBytes(`own ${id}`, 3000));
  const common = await blobs.put(shared);
  await insertRecording(database, {
    id,
    created_at: soon(),
    name: `Name ${id} Ü`,
    status: 'importing',
    owner: 'local',
    pseudonymised: 0,
    revision: 0,
  });
  await insertRecordingFiles(
    database,
    [own, common].map(({ sha256, bytes }, position) => ({
      recording_id: id,
      position,
      name: `${position}.dat`,
      sha256,
      bytes,
    })),
  );
  const run = async (
    kind: string,
    make: (transaction: Storage['database'], jobId: string) => Promise<unknown>,
  ) => {
    const jobId = `${kind}-${id}`;
    await insertJob(database, {
      id: jobId,
      kind,
      recording_id: id,
      owner: 'local',
      status: 'queued',
      options: '{"a":[1,2]}',
      created_at: soon(),
      attempts: 0,
      progress: 0,
    });
    const claim = { id: jobId, worker: 'test' };
    const taken = await claimQueued(database, claim, { now: soon(), leaseUntil: later() });
    if (taken === undefined) throw new Error('the job was not to be had');
    await endJob(database, claim, { status: 'done' }, soon(), async (transaction) => {
      await make(transaction, jobId);
    });
  };
  const info = await blobs.put(someBytes(`info ${id}`, 500));
  const pyramid = await blobs.put(someBytes(`pyramid ${id}`, 700));
  await run('import', (transaction) =>
    updateRecording(transaction, id, {
      status: 'ready',
      format: 'wfdb',
      fs: 250.5,
      length: 5_000_000_000,
      duration_s: 0.1,
      start_time: '1999-12-31T23:59:59.000Z',
      leads: '[{"lead":"II","unit":"mV","fs":250.5}]',
      info_sha256: info.sha256,
      pyramid_sha256: pyramid.sha256,
    }),
  );
  const analysis = await blobs.put(someBytes(`analysis ${id}`, 900));
  await run('analyze', (transaction, jobId) =>
    insertAnalysis(transaction, {
      id: `analysis-${id}`,
      recording_id: id,
      job_id: jobId,
      created_at: soon(),
      sha256: analysis.sha256,
    }),
  );
  await appendCorrection(database, {
    recording_id: id,
    revision: 0,
    at: soon(),
    actor: 'key:1',
    changes: '[{"sample":1}]',
    comment: null,
  });
  await insertWebhook(database, {
    id: `webhook-${id}`,
    created_at: soon(),
    url: 'https://example.org/',
    secret: 's',
    kinds: null,
    active: 1,
  });
  await insertStream(database, {
    id: `stream-${id}`,
    device: 'd',
    owner: 'local',
    started_at: soon(),
    fs: 250,
    leads: '["II"]',
  });
  await endStream(database, `stream-${id}`, soon(), id);
  const alert = { at: soon(), device: 'd', kind: 'pause', sample: 7, detail: '{}' };
  await insertAlert(database, { ...alert, stream_id: `stream-${id}`, recording_id: null });
  await insertAlert(database, { ...alert, stream_id: null, recording_id: id });
  await insertApiKey(database, { id: `key-${id}`, name: 'k', hash: id, role: 'viewer', created_at: soon() });
  await appendAudit(database, [
    { at: soon(), actor: 'local', action: 'recording.add', target: id, detail: '{}' },
    { at: soon(), actor: 'local', action: 'recording.read', target: id, detail: '{"x":1}' },
  ]);
  return [own, info, pyramid, analysis].map(({ sha256 }) => sha256);
}

/** Every row of every table, in an order of its own. */
export async function everything(database: Storage['database']): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  for (const table of TABLE_NAMES as readonly (keyof Tables)[]) {
    const all = await database.selectFrom(table).selectAll().execute();
    rows[table] = all.map((row) => JSON.stringify(row, Object.keys(row).sort())).sort();
  }
  return rows;
}
