import { createHash, randomUUID } from 'node:crypto';
import type { Actor } from '../access/actor.js';
import type { ServerContext } from '../context.js';
import type { ImportOptions } from '../contract/import-options.js';
import { ServiceFault } from '../fault.js';
import type { Job } from '../jobs/job.js';
import { nameOfFiles } from '../receive/file-name.js';
import { openOptionsOf } from '../receive/open-options.js';
import { insertRecordingFiles } from '../storage/recording-files.js';
import { insertRecording } from '../storage/recordings.js';

/** A file whose bytes are stored already. */
export interface StoredFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** The id of a recording: by chance, or by the key under which its actor adds it, so that a second time finds it. */
export function recordingId(actor: Actor, idempotencyKey: string | undefined): string {
  if (idempotencyKey === undefined) return randomUUID();
  const hash = createHash('sha256').update(`${actor.id}\n${idempotencyKey}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 16)}-${hash.slice(16, 20)}-${hash.slice(20, 32)}`;
}

/**
 * Adds a recording of stored files and the job that imports it, both or none; on return both survive a crash.
 *
 * @throws ServiceFault `conflict` when the id is taken, `unavailable` when a file lay unnamed for so long that it is gone
 */
export async function addRecording(
  { database, blobs, jobs, audit, config, now }: ServerContext,
  actor: Actor,
  id: string,
  files: readonly StoredFile[],
  options: ImportOptions,
): Promise<void> {
  const pseudonymise = config.pseudonymise || options.pseudonymise === true;
  const insertWithJob = () =>
    database.transaction().execute(async (transaction) => {
      await insertRecording(transaction, {
        id,
        created_at: new Date(now()).toISOString(),
        // The names of files often are names of people.
        name:
          options.name ??
          (pseudonymise ? `Recording ${id.slice(0, 8)}` : nameOfFiles(files.map(({ name }) => name))),
        status: 'importing',
        owner: actor.id,
        pseudonymised: pseudonymise ? 1 : 0,
        revision: 0,
      });
      await insertRecordingFiles(
        transaction,
        files.map(({ name, sha256, bytes }, position) => ({
          recording_id: id,
          position,
          name,
          sha256,
          bytes,
        })),
      );
      return jobs.submit(
        'import',
        id,
        actor,
        {
          ...openOptionsOf(options),
          pseudonymise,
          analyze: options.analyze ?? true,
        },
        transaction,
      );
    });
  const wanted = new Set(files.map(({ sha256 }) => sha256));
  // Another recording of the same bytes may be deleted just now, and until there are rows nothing names them.
  const held = await blobs.hold(wanted);
  if (held === undefined)
    throw new ServiceFault(
      'unavailable',
      'upload: its bytes lay unused for too long or were deleted meanwhile; send it again, by a resumable upload if it is slow',
    );
  let job: Job;
  try {
    job = await insertWithJob();
    for (const sha256 of wanted) if (!(await blobs.has(sha256))) await blobs.adopt(held.path(sha256));
  } finally {
    await held.release();
  }
  await audit.append(actor, 'recording.create', id, {
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  });
  await jobs.announce(job);
}
