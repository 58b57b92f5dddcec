import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Of, someBytes } from '../../../tests/full-storage.js';
import { describeFileFault } from './durable-files.js';
import { type FileBlobStore, openFileBlobs } from './file-blobs.js';

let folder: string;
let blobs: FileBlobStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ectopy-blobs-'));
  blobs = await openFileBlobs(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const temporary = () => readdir(join(folder, 'tmp'));
const listed = async () => {
  const names: string[] = [];
  for await (const name of blobs.list()) names.push(name);
  return names.sort();
};
const nobody = async () => false;
const LATER = Date.now() + 1e9;

describe('file blobs', () => {
  it('are named by their SHA-256, and the same bytes are one', async () => {
    // Origin: FIPS 180-2, appendix B.1.
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(await blobs.put(Buffer.from('abc'))).toEqual({ sha256: abc, bytes: 3 });
    expect(await blobs.put(Readable.from([Buffer.from('a'), Buffer.from('bc')]))).toEqual({
      sha256: abc,
      bytes: 3,
    });
    expect(await listed()).toEqual([abc]);
    expect(await temporary()).toEqual([]);
    expect(await readFile(blobs.path(abc), 'utf8')).toBe('abc');
    expect((await stat(blobs.path(abc))).mode & 0o077).toBe(0);
  });

  it('are read whole and by range, whatever their size', async () => {
    const bytes = someBytes(1, 3 * (1 << 20) + 17);
    const { sha256 } = await blobs.put(bytes);
    expect(sha256).toBe(sha256Of(bytes));
    expect(Buffer.compare(await blobs.read(sha256), bytes)).toBe(0);
    const range = await blobs.read(sha256, { from: (1 << 20) - 3, to: (1 << 20) + 5 });
    expect([...range]).toEqual([...bytes.subarray((1 << 20) - 3, (1 << 20) + 5)]);
    expect(await blobs.read(sha256, { from: bytes.length - 2, to: bytes.length + 50 })).toHaveLength(2);
    expect(await blobs.read(sha256, { from: bytes.length + 2, to: bytes.length + 50 })).toHaveLength(0);
    const empty = await blobs.put(new Uint8Array());
    expect(await blobs.read(empty.sha256)).toHaveLength(0);
  });

  it('take over a finished file', async () => {
    for (let times = 0; times < 2; times++) {
      const path = join(blobs.making, 'made');
      await writeFile(path, 'abc');
      const { sha256, bytes } = await blobs.adopt(path);
      expect(bytes).toBe(3);
      expect(await temporary()).toEqual([]);
      expect(await listed()).toEqual([sha256]);
    }
  });

  it('of too many bytes, or of a source that fails, leave nothing', async () => {
    await expect(blobs.put(someBytes(1, 100), { largest: 99 })).rejects.toMatchObject({ code: 'too-large' });
    await blobs.put(someBytes(1, 100), { largest: 100 });
    const endless = new Readable({
      read: function () {
        this.push(Buffer.alloc(1000));
      },
    });
    await expect(blobs.put(endless, { largest: 5000 })).rejects.toMatchObject({ code: 'too-large' });
    expect(endless.destroyed).toBe(true);
    const failing = Readable.from(
      (async function* () {
        yield Buffer.from('half');
        throw new Error('the source broke');
      })(),
    );
    await expect(blobs.put(failing)).rejects.toThrow('the source broke');
    const torn = new Readable({ read() {} });
    torn.push('half');
    setImmediate(() => torn.destroy());
    await expect(blobs.put(torn)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await temporary()).toEqual([]);
    expect(await listed()).toHaveLength(1);
  });

  it('never make a path of a name that is none', async () => {
    await writeFile(join(folder, 'secret'), 'x');
    for (const name of ['../secret', '', 'A'.repeat(64), `${'a'.repeat(64)}/..`, `../${'a'.repeat(61)}`]) {
      expect(await blobs.has(name)).toBe(false);
      await expect(blobs.read(name)).rejects.toMatchObject({ code: 'not-found' });
      await expect(blobs.delete(name)).rejects.toMatchObject({ code: 'not-found' });
      expect(() => blobs.path(name)).toThrow(expect.objectContaining({ code: 'not-found' }));
    }
    await expect(blobs.read('a'.repeat(64))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('a full disk is storage-full', () => {
    const full = Object.assign(new Error('x'), { code: 'ENOSPC' });
    expect(describeFileFault(full)).toMatchObject({ name: 'ServiceFault', code: 'storage-full' });
    const other = Object.assign(new Error('x'), { code: 'EACCES' });
    expect(describeFileFault(other)).toBe(other);
  });
});

describe('removing what nothing names', () => {
  it('spares what is named, and what was put since', async () => {
    const { sha256 } = await blobs.put(Buffer.from('abc'));
    expect(await blobs.removeUnnamed(sha256, LATER, async () => true)).toBe(false);
    expect(await blobs.removeUnnamed(sha256, Date.now() - 60_000, nobody)).toBe(false);
    // Old, but put again: the second one's row may be on its way.
    await utimes(blobs.path(sha256), 1, 1);
    await blobs.put(Buffer.from('abc'));
    expect(await blobs.removeUnnamed(sha256, Date.now() - 60_000, nobody)).toBe(false);
    await utimes(blobs.path(sha256), 1, 1);
    expect(await blobs.removeUnnamed(sha256, Date.now() - 60_000, nobody)).toBe(true);
    expect(await listed()).toEqual([]);
    expect(await blobs.removeUnnamed(sha256, LATER, nobody)).toBe(false);
  });

  it('puts back what is named, or put again, between the first look and the last', async () => {
    const { sha256 } = await blobs.put(Buffer.from('abc'));
    let looks = 0;
    expect(await blobs.removeUnnamed(sha256, LATER, async () => looks++ > 0)).toBe(false);
    expect(looks).toBe(2);
    expect(Buffer.from(await blobs.read(sha256)).toString()).toBe('abc');
    // Somebody puts the same bytes just when it is out of reach.
    looks = 0;
    const putting = async () => {
      if (looks++ > 0) await blobs.put(Buffer.from('abc'));
      return false;
    };
    expect(await blobs.removeUnnamed(sha256, LATER, putting)).toBe(true);
    expect(Buffer.from(await blobs.read(sha256)).toString()).toBe('abc');
    expect(await readdir(join(folder, 'removing'))).toEqual([]);
  });

  it('never takes bytes from under somebody who puts them, however they meet', async () => {
    let named = false;
    for (let round = 0; round < 60; round++) {
      named = false;
      const put = async () => {
        const { sha256 } = await blobs.put(Buffer.from('contested'));
        named = true;
        return sha256;
      };
      const since = Date.now() - 1;
      const sha256 = sha256Of(Buffer.from('contested'));
      await Promise.all([
        put(),
        ...[1, 2, 3].map(() => blobs.removeUnnamed(sha256, since, async () => named)),
      ]);
      expect(await blobs.has(sha256)).toBe(true);
      await utimes(blobs.path(sha256), 1, 1);
    }
  });

  it('is finished after a crash: what is wanted comes back, what is not goes', async () => {
    const kept = await blobs.put(Buffer.from('kept'));
    const gone = await blobs.put(Buffer.from('gone'));
    const { rename } = await import('node:fs/promises');
    for (const { sha256 } of [kept, gone]) {
      await utimes(blobs.path(sha256), 1, 1);
      await rename(blobs.path(sha256), join(folder, 'removing', sha256));
    }
    await blobs.finishRemovals(Date.now() - 60_000, async (sha256) => sha256 === kept.sha256);
    expect(await listed()).toEqual([kept.sha256]);
    expect(await readdir(join(folder, 'removing'))).toEqual([]);
  });

  it('leaves what is held readable until it is released', async () => {
    const { sha256 } = await blobs.put(Buffer.from('abc'));
    const held = await blobs.hold([sha256]);
    expect(await blobs.removeUnnamed(sha256, LATER, nobody)).toBe(true);
    expect(await blobs.hold([sha256])).toBeUndefined();
    await blobs.releaseAbandoned(Date.now() - 60_000);
    expect(await readFile(held!.path(sha256), 'utf8')).toBe('abc');
    await blobs.releaseAbandoned(LATER);
    expect(await readdir(join(folder, 'holding'))).toEqual([]);
  });
});
