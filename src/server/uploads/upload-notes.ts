import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Upload } from '@tus/server';
import { isMissing } from '../storage/durable-files.js';

/** Ids of uploads: 128 bits by chance. */
const ID = /^[0-9a-f]{32}$/;

/** What is known of each upload beside its bytes: a small file each, whole or not there. */
export interface UploadNotes {
  get(id: string): Promise<Upload | undefined>;
  set(id: string, upload: Upload): Promise<void>;
  delete(id: string): Promise<void>;
  list(): Promise<string[]>;
}

/** The notes in the folder of uploads. Ids that are none of ours are not looked for. */
export function createUploadNotes(folder: string): UploadNotes {
  const pathOf = (id: string) => join(folder, `${id}.json`);
  return {
    async get(id) {
      if (!ID.test(id)) return undefined;
      try {
        return JSON.parse(await readFile(pathOf(id), 'utf8')) as Upload;
      } catch (fault) {
        if (isMissing(fault)) return undefined;
        throw fault;
      }
    },
    async set(id, upload) {
      const path = join(folder, `${randomUUID()}.part`);
      try {
        const handle = await open(path, 'w', 0o600);
        try {
          await handle.writeFile(JSON.stringify(upload));
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(path, pathOf(id));
      } catch (fault) {
        await rm(path, { force: true });
        throw fault;
      }
    },
    async delete(id) {
      if (ID.test(id)) await rm(pathOf(id), { force: true });
    },
    async list() {
      const names = await readdir(folder);
      return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
    },
  };
}
