import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRandom } from '../../../core/index.js';
import type { ExampleSet } from '../example-set.js';
import { cachedExamples, exampleKey } from './node.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'examples-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Odd lengths, so that what follows an array has to be aligned. */
function examples(): ExampleSet {
  const random = createRandom(7);
  return {
    classes: ['N', 'S'],
    shape: [1, 7],
    data: Float32Array.from({ length: 35 }, (_, i) =>
      i === 3 ? Number.NaN : i === 4 ? -0 : random.normal(),
    ),
    label: Uint8Array.of(0, 1, 0, 1, 1),
    record: Uint16Array.of(0, 0, 1, 1, 65_535 % 2),
    records: [
      { id: 'mitdb/100', patient: 'mitdb/100' },
      { id: 'mitdb/202', patient: 'mitdb/201' },
    ],
  };
}

const bits = (x: ArrayBufferView) => Buffer.from(x.buffer, x.byteOffset, x.byteLength).toString('hex');
const never = () => Promise.reject(new Error('made again'));
const path = () => join(folder, 'a', 'key.examples');

describe('cachedExamples', () => {
  it('gives back what was made, bit for bit, without making it again', async () => {
    const set = examples();
    expect(await cachedExamples(join(folder, 'a'), 'key', async () => set)).toBe(set);
    const kept = await cachedExamples(join(folder, 'a'), 'key', never);
    expect({ ...kept, data: 0, label: 0, record: 0 }).toEqual({ ...set, data: 0, label: 0, record: 0 });
    for (const name of ['data', 'label', 'record'] as const) {
      expect(kept[name].constructor).toBe(set[name].constructor);
      expect(bits(kept[name])).toBe(bits(set[name]));
    }
    // One memory for all: that of the file.
    expect(kept.label.buffer).toBe(kept.data.buffer);
    expect(readdirSync(join(folder, 'a'))).toEqual(['key.examples']);
  });

  it('keeps bytes as bytes', async () => {
    const set = { ...examples(), data: Uint8Array.from({ length: 35 }, (_, i) => 7 * i) };
    await cachedExamples(folder, 'key', async () => set);
    expect((await cachedExamples(folder, 'key', never)).data).toEqual(set.data);
  });

  it.each([
    [
      'a changed bit',
      (file: string) => {
        const bytes = readFileSync(file);
        bytes[bytes.length - 40] ^= 1;
        writeFileSync(file, bytes);
      },
    ],
    ['a missing end', (file: string) => truncateSync(file, 100)],
    ['no content', (file: string) => truncateSync(file, 0)],
    [
      'other content',
      (file: string) => writeFileSync(file, 'not what was expected, but long enough to look at'),
    ],
  ])('makes the set again after %s', async (_, damage) => {
    await cachedExamples(join(folder, 'a'), 'key', async () => examples());
    damage(path());
    let made = 0;
    const make = async () => {
      made++;
      return examples();
    };
    expect(bits((await cachedExamples(join(folder, 'a'), 'key', make)).data)).toBe(bits(examples().data));
    await cachedExamples(join(folder, 'a'), 'key', make);
    expect(made).toBe(1);
  });

  it('leaves nothing behind when making fails, and refuses sets that do not fit', async () => {
    await expect(cachedExamples(join(folder, 'a'), 'key', never)).rejects.toThrow('made again');
    const crooked = { ...examples(), label: Uint8Array.of(0) };
    await expect(cachedExamples(folder, 'key', async () => crooked)).rejects.toMatchObject({
      code: 'bad-shape',
    });
    // 2 GiB that nobody touches cost no memory.
    const count = 2 ** 29 / 7;
    const large = {
      ...examples(),
      data: new Float32Array(7 * Math.ceil(count)),
      label: new Uint8Array(Math.ceil(count)),
      record: new Uint16Array(Math.ceil(count)),
    };
    await expect(cachedExamples(folder, 'key', async () => large)).rejects.toMatchObject({
      code: 'unsupported',
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('exampleKey', () => {
  it('changes with what is asked and with the files', async () => {
    const file = join(folder, '100.dat');
    const keys = [await exampleKey('a', { fs: 125 }, [file])];
    writeFileSync(file, 'x');
    keys.push(await exampleKey('a', { fs: 125 }, [file]), await exampleKey('a', { fs: 250 }, [file]));
    expect(new Set(keys).size).toBe(3);
    expect(await exampleKey('a', { fs: 250 }, [file])).toBe(keys[2]);
  });
});
