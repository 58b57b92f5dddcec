import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../../../tests/both-databases.js';
import { contextOf } from '../../../tests/server-context.js';
import type { Actor } from '../access/actor.js';
import type { Job } from '../jobs/job.js';
import { addRecording } from './add-recording.js';

const ACTOR: Actor = { id: 'local', kind: 'local', role: 'admin' };

describeOnBothDatabases('bytes that another recording takes with it', (place) => {
  const add = async (id: string, during: (sha256: string) => Promise<unknown>) => {
    const { database, blobs } = place().storage;
    const bytes = new TextEncoder().encode(`bytes of ${id}`);
    const { sha256 } = await blobs.put(bytes);
    let gone: unknown;
    const jobs = {
      // Here the rows are written and nobody else sees them.
      submit: async () => {
        gone = await during(sha256);
        return { id: 'job', kind: 'import' } as Job;
      },
      announce: async () => undefined,
    } as never;
    const files = [
      { name: 'a.dat', sha256, bytes: bytes.length },
      { name: 'b.dat', sha256, bytes: bytes.length },
    ];
    await addRecording(contextOf({ database, blobs, jobs }), ACTOR, id, files, {});
    return { gone, kept: await blobs.read(sha256), bytes };
  };

  it('while a new one is stored are there afterwards', async () => {
    const { blobs } = place().storage;
    const never = async () => false;
    const { gone, kept, bytes } = await add('r1', (sha256) => blobs.removeUnnamed(sha256, Infinity, never));
    // Otherwise nobody took them, and this proves nothing.
    expect(gone).toBe(true);
    expect(kept).toEqual(bytes);
  });

  it('before are asked for again', async () => {
    const { database, blobs } = place().storage;
    const files = [{ name: 'a.dat', sha256: 'a'.repeat(64), bytes: 3 }];
    await expect(addRecording(contextOf({ database, blobs }), ACTOR, 'r2', files, {})).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
