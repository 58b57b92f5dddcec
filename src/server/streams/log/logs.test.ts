import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StreamFormat } from '../../contract/stream-chunk.js';
import { openEventLog } from './event-log.js';
import { openSampleLog, readSampleLog } from './sample-log.js';

const format: StreamFormat = { fs: 250, leads: ['I', 'II'], format: 'int16', gain: 200, baseline: 0 };
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ectopy-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Samples whose values say where they belong. */
function chunk(first: number, count: number) {
  const values = Int16Array.from({ length: 2 * count }, (_, i) => (2 * first + i) % 30_000);
  return { first, count, bytes: new Uint8Array(values.buffer) };
}

async function stored(from: number, to: number) {
  const all: (number | 'gap')[] = [];
  for await (const { first, count, bytes } of readSampleLog(folder, format, from, to)) {
    expect(first).toBe(from + all.length);
    const view = bytes === null ? null : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < count; i++) {
      all.push(view === null ? 'gap' : view.getInt16(4 * i, true));
      if (view !== null) expect(view.getInt16(4 * i + 2, true)).toBe((2 * (first + i) + 1) % 30_000);
    }
  }
  return all;
}
const expected = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => (2 * (from + i)) % 30_000);

describe('the log of samples', () => {
  it('gives back any part of what was written, with gaps as gaps', async () => {
    const log = await openSampleLog(folder);
    await Promise.all([log.append(chunk(0, 10)), log.appendGap(10, 3), log.append(chunk(13, 7))]);
    expect(log.next).toBe(20);
    await log.close();
    const all = [...expected(0, 10), 'gap', 'gap', 'gap', ...expected(13, 20)];
    for (const [from, to] of [
      [0, 20],
      [4, 12],
      [11, 16],
      [19, 20],
      [5, 5],
    ])
      expect(await stored(from, to)).toEqual(all.slice(from, to));
  });

  it('cut at any byte, holds the whole frames before it and goes on from there', async () => {
    const log = await openSampleLog(folder);
    for (let k = 0; k < 3; k++) await log.append(chunk(5 * k, 5));
    await log.close();
    const [name] = await readdir(folder);
    const path = join(folder, name);
    const bytes = await readFile(path);
    const frame = bytes.length / 3;
    for (let cut = 0; cut <= bytes.length; cut++) {
      await writeFile(path, bytes.subarray(0, cut));
      const again = await openSampleLog(folder);
      const held = 5 * Math.floor(cut / frame);
      expect(again.next).toBe(held);
      await again.append(chunk(held, 2));
      await again.close();
      expect(await stored(0, held + 2)).toEqual(expected(0, held + 2));
    }
  });

  it('does not take damaged bytes, or zeros after a loss of power, for samples', async () => {
    const log = await openSampleLog(folder);
    await log.append(chunk(0, 5));
    await log.append(chunk(5, 5));
    await log.close();
    const path = join(folder, (await readdir(folder))[0]);
    const bytes = await readFile(path);
    for (let at = bytes.length / 2; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes);
      damaged[at] ^= 4;
      await writeFile(path, damaged);
      const again = await openSampleLog(folder);
      expect(again.next).toBe(5);
      await again.close();
    }
    await writeFile(path, bytes);
    await appendFile(path, Buffer.alloc(5000));
    const again = await openSampleLog(folder);
    expect(again.next).toBe(10);
    await again.close();
  });

  it('goes on in a new segment when one is full', async () => {
    const log = await openSampleLog(folder);
    const count = 200_000;
    for (let k = 0; k < 8; k++) await log.append(chunk(k * count, count));
    await log.close();
    expect((await readdir(folder)).length).toBeGreaterThan(1);
    const again = await openSampleLog(folder);
    expect(again.next).toBe(8 * count);
    await again.close();
    for (const at of [5, 6, 7])
      expect(await stored(at * count - 3, at * count + 3)).toEqual(expected(at * count - 3, at * count + 3));
  });

  it('refuses what would leave a hole', async () => {
    const log = await openSampleLog(folder);
    await log.append(chunk(0, 5));
    await expect(log.append(chunk(6, 5))).rejects.toMatchObject({ code: 'unavailable' });
    expect(log.next).toBe(5);
    await log.close();
  });
});

describe('the log of events', () => {
  const rate = (bpm: number) => ({ kind: 'rate' as const, bpm, at: bpm });
  const resume = (heard: number) => ({ heard, lastBeat: heard - 1, lastFinal: heard - 2 });

  it('numbers events and gives back those after any number, from memory and from disk', async () => {
    const log = await openEventLog(folder);
    let bpm = 0;
    while (bpm < 1000) {
      const batch = Array.from({ length: 1 + (bpm % 5) }, () => rate(++bpm));
      await log.append(batch, resume(bpm));
    }
    const check = async (events: typeof log) => {
      expect(events.last).toBe(bpm);
      expect(events.resume).toEqual(resume(bpm));
      for (const after of [0, 1, 63, 64, 65, 500, bpm - 70, bpm - 10, bpm - 1]) {
        const found = await events.read(after, 100);
        const wanted = Array.from({ length: Math.min(100, bpm - after) }, (_, i) => after + 1 + i);
        expect(found.map(({ seq }) => seq)).toEqual(wanted);
        expect(found.map(({ event }) => event)).toEqual(wanted.map(rate));
      }
      expect(await events.read(bpm, 10)).toEqual([]);
    };
    await check(log);
    await log.close();
    const again = await openEventLog(folder);
    await check(again);
    await again.close();
  });

  it('keeps events that were told together, or none of them', async () => {
    const log = await openEventLog(folder);
    await log.append([rate(1), rate(2)], resume(10));
    const { length } = await readFile(join(folder, 'events'));
    await log.append([rate(3), rate(4)], resume(20));
    await log.append([], resume(30));
    await log.close();
    const whole = (await readFile(join(folder, 'events'))).length;
    await truncate(join(folder, 'events'), whole - 1);
    const quiet = await openEventLog(folder);
    expect([quiet.last, quiet.resume?.heard]).toEqual([4, 20]);
    await quiet.close();
    await truncate(join(folder, 'events'), length + 60);
    const torn = await openEventLog(folder);
    expect([torn.last, torn.resume?.heard]).toEqual([2, 10]);
    expect((await torn.append([rate(5)], resume(40)))[0].seq).toBe(3);
    await torn.close();
  });
});
