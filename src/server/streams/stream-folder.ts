import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { StreamIdentity } from './stream-identity.js';

const StoredSchema = v.strictObject({
  id: v.string(),
  device: v.string(),
  owner: v.string(),
  startedAt: v.string(),
  startTime: v.nullable(v.string()),
  format: v.strictObject({
    fs: v.number(),
    leads: v.array(v.string()),
    format: v.picklist(['int16', 'float32']),
    gain: v.number(),
    baseline: v.number(),
  }),
});

/** Makes the folder of a stream with what is known of it; whole or not at all. */
export async function createStreamFolder(root: string, identity: StreamIdentity): Promise<string> {
  const folder = join(root, identity.id);
  const unfinished = join(root, `new-${identity.id}`);
  try {
    await mkdir(unfinished, { recursive: true });
    const file = await open(join(unfinished, 'stream.json'), 'wx');
    try {
      await file.writeFile(JSON.stringify(identity));
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(unfinished, folder);
  } catch (fault) {
    await rm(unfinished, { recursive: true, force: true });
    throw fault;
  }
  return folder;
}

/** What is known of a stream, or null where its folder is not there. */
export async function readStreamFolder(root: string, id: string): Promise<StreamIdentity | null> {
  try {
    return v.parse(StoredSchema, JSON.parse(await readFile(join(root, id, 'stream.json'), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Ids of the streams that have a folder. */
export async function listStreamFolders(root: string): Promise<string[]> {
  await mkdir(root, { recursive: true });
  return (await readdir(root)).filter((name) => /^s[0-9a-z]{21}$/.test(name));
}

/** Removes folders that a crash left half-made; only while no stream begins. */
export async function removeUnfinished(root: string): Promise<void> {
  await mkdir(root, { recursive: true });
  for (const name of await readdir(root))
    if (name.startsWith('new-')) await rm(join(root, name), { recursive: true, force: true });
}

/** Notes how many samples a stream had when it was ended. */
export async function writeEnd(folder: string, samples: number): Promise<void> {
  await writeFile(join(folder, 'samples.json'), JSON.stringify(samples));
}

/** Samples that an ended stream had. */
export async function readEnd(folder: string): Promise<number> {
  return v.parse(v.number(), JSON.parse(await readFile(join(folder, 'samples.json'), 'utf8')));
}

export async function removeStreamFolder(root: string, id: string): Promise<void> {
  await rm(join(root, id), { recursive: true, force: true });
}
