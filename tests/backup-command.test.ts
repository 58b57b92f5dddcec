import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { openStorage } from '../src/server/storage/open-storage.js';
import { makeTestPlace, makeTestStorage, POSTGRES_ANSWERS, titleOn } from './both-databases.js';
import { addWholeRecording, everything } from './full-storage.js';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ectopy-backup-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) =>
  spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: 'utf8', timeout: 60_000 });

it('ectopy backup works beside the server that has the folder, ectopy restore does not', async () => {
  // The folder is locked by this process, as by a server.
  const server = await makeTestStorage('sqlite');
  try {
    await addWholeRecording(server.storage, 'one');
    const { data } = server.config;
    expect(run('backup', 'all.tar', '--data', data)).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/^all\.tar: \d+ rows and 5 files/),
    });
    expect(run('backup', 'all.tar', '--data', data)).toMatchObject({ status: 2 });
    expect(run('backup', 'no.tar', '--data', 'nowhere')).toMatchObject({ status: 3 });
    expect(run('restore', 'all.tar', '--data', data)).toMatchObject({
      status: 69,
      stderr: expect.stringContaining(`process ${process.pid}`),
    });
    expect(run('restore', 'all.tar', '--data', 'restored')).toMatchObject({ status: 0, stderr: '' });
    expect(run('restore', 'all.tar', '--data', 'restored')).toMatchObject({ status: 2 });
    writeFileSync(join(folder, 'bad.tar'), 'no tar at all');
    expect(run('restore', 'bad.tar', '--data', 'other')).toMatchObject({ status: 4 });
    const restored = await openStorage({ data: join(folder, 'restored'), database: 'sqlite:' });
    try {
      expect(await everything(restored.database)).toEqual(await everything(server.storage.database));
    } finally {
      await restored.close();
    }
  } finally {
    await server.remove();
  }
});

it.skipIf(!POSTGRES_ANSWERS)(
  titleOn('ectopy restore fills a database by its address', 'postgres'),
  async () => {
    const server = await makeTestStorage('sqlite');
    const place = await makeTestPlace('postgres');
    try {
      await addWholeRecording(server.storage, 'one');
      const { data, database } = place.config;
      expect(run('backup', 'more.tar', '--data', server.config.data)).toMatchObject({ status: 0 });
      expect(run('restore', 'more.tar', '--data', data, '--database', database)).toMatchObject({ status: 0 });
      expect(run('backup', 'back.tar', '--data', data, '--database', database)).toMatchObject({ status: 0 });
    } finally {
      await server.remove();
      await place.remove();
    }
  },
);
