import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '../../access/actor.js';
import type { ServerContext } from '../../context.js';
import type { Blob } from '../../storage/blobs.js';
import { insertRecordingFiles } from '../../storage/recording-files.js';
import { insertRecording } from '../../storage/recordings.js';
import { endStream, getStream } from '../../storage/streams.js';
import type { AnalysisPool } from '../analysis/analysis-pool.js';
import type { StreamIdentity } from '../stream-identity.js';

const SYSTEM: Actor = { id: 'system', kind: 'system', role: 'editor' };

/**
 * Makes a recording of a stream whose samples are all in its log: a WFDB record in the blob store, its rows and its
 * import job at once. Done again after a crash, it makes no second one.
 *
 * @returns  the recording, or null for a stream without samples
 */
export async function makeRecording(
  {
    database,
    blobs,
    jobs,
    now,
    config,
  }: Pick<ServerContext, 'database' | 'blobs' | 'jobs' | 'now' | 'config'>,
  pool: Pick<AnalysisPool, 'write'>,
  identity: StreamIdentity,
  folder: string,
  samples: number,
): Promise<string | null> {
  const { id, device, owner, format, startTime, startedAt } = identity;
  const at = new Date(now()).toISOString();
  if (samples === 0) {
    await endStream(database, id, at, null);
    return null;
  }
  const row = await getStream(database, id);
  if (row.ended_at !== null) {
    await removeSamples(folder);
    return row.recording_id;
  }
  const target = join(folder, 'record');
  await rm(target, { recursive: true, force: true });
  await pool.write({ folder, format, samples, startTime, target, name: id });
  const stored: (Blob & { readonly name: string })[] = [];
  for (const name of [`${id}.hea`, `${id}.dat`])
    stored.push({ name, ...(await blobs.adopt(join(target, name))) });
  const recordingId = randomUUID();
  const job = await database.transaction().execute(async (transaction) => {
    if (!(await endStream(transaction, id, at, recordingId))) return null;
    await insertRecording(transaction, {
      id: recordingId,
      created_at: at,
      // To the minute, as people tell a time.
      name: `${device}, ${(startTime ?? startedAt).slice(0, 16).replace('T', ' ')}`,
      status: 'importing',
      owner,
      pseudonymised: config.pseudonymise ? 1 : 0,
      revision: 0,
    });
    await insertRecordingFiles(
      transaction,
      stored.map(({ name, sha256, bytes }, position) => ({
        recording_id: recordingId,
        position,
        name,
        sha256,
        bytes,
      })),
    );
    return jobs.submit(
      'import',
      recordingId,
      { ...SYSTEM, id: owner },
      config.pseudonymise ? { pseudonymise: true } : {},
      transaction,
    );
  });
  if (job !== null) await jobs.announce(job);
  await removeSamples(folder);
  return (await getStream(database, id)).recording_id;
}

/** What the recording holds now; the events stay for a while. */
async function removeSamples(folder: string): Promise<void> {
  await rm(join(folder, 'record'), { recursive: true, force: true });
  for (const name of await readdir(folder))
    if (name.endsWith('.samples')) await rm(join(folder, name), { force: true });
}
