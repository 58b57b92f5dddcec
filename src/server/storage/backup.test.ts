import { readdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  makeTestStorage,
  POSTGRES_ANSWERS,
  type TestStorage,
  titleOn,
} from '../../../tests/both-databases.js';
import { addWholeRecording, everything, sha256Of, someBytes } from '../../../tests/full-storage.js';
import { insertAlert } from './alerts.js';
import { insertApiKey } from './api-keys.js';
import { writeBackup } from './backup.js';
import { deleteRecording } from './delete-recording.js';
import { openStoredData } from './open-storage.js';
import { restoreBackup } from './restore.js';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function empty(dialect: 'sqlite' | 'postgres'): Promise<TestStorage> {
  const made = await makeTestStorage(dialect);
  cleanups.push(() => made.remove());
  return made;
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

for (const dialect of ['sqlite', 'postgres'] as const) {
  describe.skipIf(dialect === 'postgres' && !POSTGRES_ANSWERS)(titleOn('backup', dialect), () => {
    let source: TestStorage;
    let folder: string;
    let file: string;
    let expected: Awaited<ReturnType<typeof everything>>;
    let names: string[];

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'ectopy-backup-'));
      file = join(folder, 'all.tar');
      source = await makeTestStorage(dialect);
      for (const id of ['a', 'b', 'c']) await addWholeRecording(source.storage, id, someBytes('common', 10));
      // More rows than are read at once, with a key of two columns among them, and parts of more than one.
      for (let i = 0; i < 700; i++) {
        await insertAlert(source.storage.database, {
          at: 't',
          stream_id: null,
          recording_id: null,
          device: 'ü'.repeat(2000),
          kind: 'pause',
          sample: i,
          detail: '{}',
        });
      }
      await source.storage.blobs.put(someBytes('nobody names it', 100));
      const report = await writeBackup(source.storage, file);
      expected = await everything(source.storage.database);
      names = filesBelow(join(source.config.data, 'blobs'))
        .filter((name) => name !== sha256Of(someBytes('nobody names it', 100)))
        .sort();
      expect(report.blobs).toBe(names.length);
      expect(report.bytes).toBe((await readFile(file)).length);
      expect(report.rows).toBe(Object.values(expected).reduce((sum, rows) => sum + rows.length, 0));
      expect(await readdir(folder)).toEqual(['all.tar']);
    });
    afterAll(async () => {
      await source?.remove();
      await rm(folder, { recursive: true, force: true });
    });

    for (const target of ['sqlite', 'postgres'] as const) {
      it.skipIf(target === 'postgres' && !POSTGRES_ANSWERS)(
        `is restored ${titleOn('whole', target)}, and counts on from there`,
        async () => {
          const { storage, config } = await empty(target);
          const report = await restoreBackup(storage, file);
          expect(report.blobs).toBe(names.length);
          expect(await everything(storage.database)).toEqual(expected);
          expect(filesBelow(join(config.data, 'blobs')).sort()).toEqual(names);
          for (const name of names) expect(sha256Of(await storage.blobs.read(name))).toBe(name);
          expect(filesBelow(join(config.data, 'tmp'))).toEqual([]);
          const before = Math.max(
            ...expected['alerts']!.map((row) => (JSON.parse(String(row)) as { id: number }).id),
          );
          const alert = {
            at: 't',
            stream_id: null,
            recording_id: null,
            device: null,
            kind: 'k',
            sample: 0,
            detail: '{}',
          };
          expect((await insertAlert(storage.database, alert)).id).toBe(before + 1);
          // What is full is not restored into, and stays as it is.
          await expect(restoreBackup(storage, file)).rejects.toMatchObject({ code: 'bad-option' });
        },
      );
    }

    it('is of one moment: what is added or deleted meanwhile leaves no half', async () => {
      const { storage, config } = await empty(dialect);
      for (let i = 0; i < 8; i++) await addWholeRecording(storage, `r${i}`);
      const beside = await openStoredData(config);
      cleanups.push(() => beside.close());
      const path = join(folder, 'moving.tar');
      let stopped = false;
      const busy = (async () => {
        for (let i = 0; i < 8; i++) {
          await deleteRecording(storage.database, storage.blobs, `r${i}`);
          await addWholeRecording(storage, `new${i}`);
        }
        stopped = true;
      })();
      await writeBackup(beside, path);
      await busy;
      expect(stopped).toBe(true);
      const target = await empty('sqlite');
      await restoreBackup(target.storage, path);
      const { database, blobs } = target.storage;
      const files = await database.selectFrom('recording_files').selectAll().execute();
      const recordings = await database.selectFrom('recordings').selectAll().execute();
      expect(files.length).toBe(
        2 * recordings.filter(({ id }) => files.some((f) => f.recording_id === id)).length,
      );
      for (const { sha256 } of files) expect(await blobs.has(sha256)).toBe(true);
      for (const { info_sha256 } of recordings) {
        if (info_sha256 !== null) expect(await blobs.has(info_sha256)).toBe(true);
      }
      await rm(path);
      expect(filesBelow(join(config.data, 'holding'))).toEqual([]);
    });

    it('does not overwrite a file, and a cancelled one leaves none', async () => {
      await expect(writeBackup(source.storage, file)).rejects.toMatchObject({ code: 'bad-option' });
      let asked = 0;
      const signal = {
        get aborted() {
          return asked++ > 5;
        },
      };
      const path = join(folder, 'cancelled.tar');
      await expect(writeBackup(source.storage, path, { signal })).rejects.toMatchObject({
        code: 'cancelled',
      });
      expect(await readdir(folder)).toEqual(['all.tar']);
      const target = await empty(dialect);
      asked = 0;
      await expect(restoreBackup(target.storage, file, { signal })).rejects.toMatchObject({
        code: 'cancelled',
      });
      expect(filesBelow(join(target.config.data, 'blobs'))).toEqual([]);
    });
  });
}

describe('restore', () => {
  it('refuses what was cut short or changed anywhere, and leaves nothing', async () => {
    const source = await empty('sqlite');
    await addWholeRecording(source.storage, 'a');
    await insertApiKey(source.storage.database, {
      id: 'k',
      name: 'k',
      hash: 'h',
      role: 'admin',
      created_at: 't',
    });
    const folder = await mkdtemp(join(tmpdir(), 'ectopy-backup-'));
    cleanups.push(() => rm(folder, { recursive: true }));
    const path = join(folder, 'a.tar');
    await writeBackup(source.storage, path);
    const whole = await readFile(path);
    const target = await empty('sqlite');
    const nothing = await everything(target.storage.database);
    const bad = join(folder, 'bad.tar');
    const refuse = async (bytes: Uint8Array, what: string) => {
      await writeFile(bad, bytes);
      await expect(restoreBackup(target.storage, bad), what).rejects.toMatchObject({
        name: 'EcgError',
        code: 'bad-format',
      });
      expect(await everything(target.storage.database)).toEqual(nothing);
      expect(filesBelow(join(target.config.data, 'blobs'))).toEqual([]);
      expect(filesBelow(join(target.config.data, 'tmp'))).toEqual([]);
    };
    // Where entries begin, so that each is hit, and cut at its borders too.
    const borders: number[] = [];
    for (let at = 0; at < whole.length; ) {
      const size = Number.parseInt(whole.toString('latin1', at + 124, at + 135), 8);
      if (Number.isNaN(size)) break;
      borders.push(at);
      at += 512 + Math.ceil(size / 512) * 512;
    }
    expect(borders.length).toBeGreaterThan(15);
    for (const [i, at] of borders.entries()) {
      await refuse(whole.subarray(0, at), `cut before entry ${i}`);
      if (i % 4 === 0) await refuse(whole.subarray(0, at + 700), `cut in entry ${i}`);
      const flipped = Uint8Array.from(whole);
      flipped[at + 512]! ^= 1;
      await refuse(flipped, `a bit flipped in entry ${i}`);
      const next = borders[i + 1];
      if (next !== undefined) {
        await refuse(Buffer.concat([whole.subarray(0, at), whole.subarray(next)]), `entry ${i} taken out`);
      }
    }
    await refuse(Buffer.from('not a tar'), 'text');
    await refuse(new Uint8Array(), 'nothing');
    // The same, unharmed, passes.
    await writeFile(bad, whole);
    await restoreBackup(target.storage, bad);
    expect(await everything(target.storage.database)).toEqual(await everything(source.storage.database));
  });

  it('says that there is no such file', async () => {
    const { storage } = await empty('sqlite');
    await expect(restoreBackup(storage, '/nowhere/b.tar')).rejects.toMatchObject({ code: 'not-found' });
  });
});
