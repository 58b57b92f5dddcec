import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import * as v from 'valibot';
import { synthesize } from '../src/ecg/index.js';
import { writeWfdb } from '../src/formats/index.js';
import { type ServerConfigInput, ServerConfigSchema } from '../src/server/config.js';
import { createJobs, type JobsOptions } from '../src/server/jobs/create-jobs.js';
import type { Storage } from '../src/server/storage/open-storage.js';
import { insertRecordingFiles } from '../src/server/storage/recording-files.js';
import { insertRecording } from '../src/server/storage/recordings.js';

export const ACTOR = { id: 'local', kind: 'local', role: 'editor' } as const;

/** The jobs of one more process on an installation, quick to notice what happens. */
export function jobsOn(
  { database, blobs }: Storage,
  given: Partial<JobsOptions> & { readonly settings?: ServerConfigInput } = {},
) {
  const { settings, ...options } = given;
  const config = v.parse(ServerConfigSchema, { ...settings });
  return createJobs({ config, database, blobs, log: pino({ level: 'silent' }), sweepMs: 100, ...options });
}

/** The files of a WFDB record of a synthetic heart. */
export function wfdbFiles(seconds: number, seed = 1): Map<string, Uint8Array> {
  const recording = synthesize(
    { id: 'one', segments: [{ rhythm: 'sinus', seconds, heartRateBpm: 70 }] },
    { fs: 250, seed, leads: ['II', 'V1'] },
  );
  return writeWfdb(recording, { format: 16, gain: 200 });
}

/** A recording as an upload leaves it; its id. */
export async function addUpload(
  { database, blobs }: Storage,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<string> {
  const id = randomUUID();
  await insertRecording(database, {
    id,
    created_at: new Date().toISOString(),
    name: 'one',
    status: 'importing',
    owner: ACTOR.id,
    pseudonymised: 0,
    revision: 0,
  });
  const stored = [];
  for (const [position, [name, bytes]] of [...files].entries())
    stored.push({ recording_id: id, position, name, ...(await blobs.put(bytes)) });
  await insertRecordingFiles(database, stored);
  return id;
}

/** Waits until something holds, looking every 20 ms. */
export async function until(holds: () => Promise<boolean> | boolean, ms = 20_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`nothing of the kind within ${ms} ms: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
