import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EcgError } from '../core/index.js';
import { fileSource, openFile } from './node.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ectopy-source-'));
  await writeFile(
    join(folder, 'ten.bin'),
    Uint8Array.from({ length: 10 }, (_, i) => i),
  );
  await writeFile(join(folder, 'other.bin'), 'other');
  await writeFile(join(folder, 'empty.csv'), '');
  await mkdir(join(folder, 'sub'));
});
afterAll(() => rm(folder, { recursive: true }));

async function faultOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(EcgError);
  return `${(error as EcgError).code}: ${(error as EcgError).message}`;
}

describe('fileSource', () => {
  it('reads any range, fewer bytes at the end', async () => {
    const source = await fileSource(join(folder, 'ten.bin'));
    expect(source.size).toBe(10);
    expect([...(await source.read(3, 4))]).toEqual([3, 4, 5, 6]);
    expect([...(await source.read(8, 100))]).toEqual([8, 9]);
    expect([...(await source.read(100, 5))]).toEqual([]);
    await source.close();
    await source.close();
    expect(await faultOf(source.read(0, 1))).toContain('is closed');
  });

  it('finds siblings, and never a file of another folder', async () => {
    const source = await fileSource(join(folder, 'ten.bin'));
    const other = await source.sibling('other.bin');
    expect(new TextDecoder().decode(await other?.read(0, 10))).toBe('other');
    await other?.close();
    expect(await source.sibling('absent.bin')).toBeUndefined();
    expect(await source.sibling('../etc/passwd')).toBeUndefined();
    expect(await source.sibling('/etc/passwd')).toBeUndefined();
    await source.close();
  });

  it('says what is wrong with a path', async () => {
    expect(await faultOf(fileSource(join(folder, 'absent')))).toMatch(/^not-found: .*there is no file/);
    expect(await faultOf(fileSource(folder))).toMatch(/^bad-option: .*is a folder/);
    expect(await faultOf(fileSource(join(folder, 'empty.csv')))).toMatch(/^bad-format: .*is empty/);
    expect(await faultOf(fileSource(''))).toMatch(/^bad-option: .*not a file name/);
    expect(await faultOf(openFile(join(folder, 'absent')))).toMatch(/^not-found: .*absent, check/);
    expect(await faultOf(openFile(join(folder, 'sub')))).toMatch(/^bad-option: .*is a folder/);
    expect(await faultOf(openFile(join(folder, 'ten.bin')))).toMatch(/^unsupported: .*binary data/);
  });

  it('opens a WFDB record by its name or any of its files', async () => {
    // Format 16, gain 200: the stored integers 200, −100 are 1 and −0.5 mV.
    await writeFile(join(folder, 'r1.hea'), 'r1 1 250 2\nr1.dat 16 200/mV 16 0 200 0 0 II\n');
    await writeFile(join(folder, 'r1.dat'), Uint8Array.of(200, 0, 156, 255));
    await mkdir(join(folder, 'r1'));
    for (const name of ['r1', 'r1.hea', 'r1.dat']) {
      const reader = await openFile(join(folder, name));
      expect([...((await reader.read()).signals[0]?.samples ?? [])]).toEqual([1, -0.5]);
      await reader.close();
    }
  });

  it('says that it may not read a file', async () => {
    const path = join(folder, 'secret.csv');
    await writeFile(path, '1');
    await chmod(path, 0);
    // Permissions do not bind root, unless the process gives its rights away for the moment.
    const { getuid, seteuid } = process;
    const root = getuid?.() === 0;
    if (root) {
      await chmod(folder, 0o755);
      seteuid?.(65534);
    }
    try {
      expect(await faultOf(fileSource(path))).toMatch(/^bad-option: .*no permission/);
    } finally {
      if (root) seteuid?.(0);
    }
  });
});
