import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { describeOnBothDatabases } from '../../../tests/both-databases.js';
import { readCursor, writeCursor } from './cursor.js';
import { filesOfRecording, insertRecordingFiles } from './recording-files.js';
import { listRecordings, type RecordingSearch } from './recording-search.js';
import { getRecording, insertRecording, type NewRecording, updateRecording } from './recordings.js';
import type { Database } from './tables.js';

const recording = (id: string, given: Partial<NewRecording> = {}): NewRecording => ({
  id,
  created_at: '2026-01-01T00:00:00.000Z',
  name: id,
  status: 'importing',
  owner: 'local',
  pseudonymised: 0,
  revision: 0,
  ...given,
});

async function everyPage(
  database: Database,
  search: RecordingSearch,
  limit: number,
  order: 'newest' | 'oldest',
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 1000; pages++) {
    const page = await listRecordings(database, search, { limit, cursor, order });
    expect(page.recordings.length).toBeLessThanOrEqual(limit);
    ids.push(...page.recordings.map(({ id }) => id));
    if (page.next === null) return ids;
    cursor = page.next;
  }
  throw new Error('the pages do not end');
}

describeOnBothDatabases('recordings', (place) => {
  const database = () => place().storage.database;
  const clear = () => database().deleteFrom('recordings').execute();

  it('come back as they went in, numbers as numbers', async () => {
    await clear();
    const whole = recording('whole', {
      name: 'Ärztin % _ \\ 心電圖',
      format: 'wfdb',
      fs: 257.5,
      length: 2 ** 40,
      duration_s: 0.1 + 0.2,
      start_time: '1975-03-01T12:00:00.000Z',
      leads: JSON.stringify([{ lead: 'V5', unit: 'mV', fs: 257.5 }]),
      info_sha256: 'a'.repeat(64),
    });
    await insertRecording(database(), whole);
    expect(await getRecording(database(), 'whole')).toMatchObject(whole);
    const changed = await updateRecording(database(), 'whole', { status: 'ready', name: 'Neu' });
    expect(changed).toMatchObject({ ...whole, status: 'ready', name: 'Neu', error_code: null });
    expect(await getRecording(database(), 'whole')).toEqual(changed);
  });

  it('are one of an id, and not there when they are not', async () => {
    await clear();
    await insertRecording(database(), recording('twice'));
    await expect(insertRecording(database(), recording('twice'))).rejects.toMatchObject({
      name: 'ServiceFault',
      code: 'conflict',
    });
    const missing = { name: 'EcgError', code: 'not-found' };
    await expect(getRecording(database(), 'never')).rejects.toMatchObject(missing);
    await expect(updateRecording(database(), 'never', { status: 'ready' })).rejects.toMatchObject(missing);
    await expect(
      insertRecordingFiles(database(), [
        { recording_id: 'never', position: 0, name: 'a', sha256: 'b'.repeat(64), bytes: 1 },
      ]),
    ).rejects.toMatchObject(missing);
  });

  it('keep their files in order', async () => {
    await clear();
    await insertRecording(database(), recording('files'));
    const files = ['b.dat', 'a.hea'].map((name, position) => ({
      recording_id: 'files',
      position,
      name,
      sha256: `${position}`.repeat(64),
      bytes: 10,
    }));
    await insertRecordingFiles(database(), files.toReversed());
    expect(await filesOfRecording(database(), 'files')).toEqual(files);
  });

  it('are found by name, lead, format, status, owner and times', async () => {
    await clear();
    const leads = (...names: string[]) =>
      JSON.stringify(names.map((lead) => ({ lead, unit: 'mV', fs: 250 })));
    const all: NewRecording[] = [
      recording('a', { name: 'Ärztin 100%', leads: leads('II', 'V1'), format: 'wfdb' }),
      recording('b', { name: 'ärztin 1000', leads: leads('V10'), format: 'edf', status: 'ready' }),
      recording('c', {
        name: 'a_c',
        owner: 'key:1',
        created_at: '2026-02-01T00:00:00.000Z',
        start_time: '2020-01-01T00:00:00.000Z',
      }),
    ];
    for (const one of all) await insertRecording(database(), one);
    const found = async (search: RecordingSearch) =>
      (await everyPage(database(), search, 10, 'oldest')).join('');
    expect(await found({})).toBe('abc');
    expect(await found({ name: 'ÄRZTIN' })).toBe('ab');
    // Signs that SQL gives a meaning of their own are letters here.
    expect(await found({ name: '0%' })).toBe('a');
    expect(await found({ name: '_' })).toBe('c');
    expect(await found({ name: '\\' })).toBe('');
    expect(await found({ name: "'; drop table recordings; --" })).toBe('');
    // `V1` is not `V10`.
    expect(await found({ lead: 'v1' })).toBe('a');
    expect(await found({ lead: 'V10' })).toBe('b');
    expect(await found({ lead: 'V' })).toBe('');
    expect(await found({ format: 'edf' })).toBe('b');
    expect(await found({ status: 'importing' })).toBe('ac');
    expect(await found({ owner: 'key:1' })).toBe('c');
    expect(await found({ addedFrom: '2026-01-01T00:00:00.000Z' })).toBe('abc');
    expect(await found({ addedFrom: '2026-01-01T00:00:00.001Z' })).toBe('c');
    expect(await found({ addedBefore: '2026-02-01T00:00:00.000Z' })).toBe('ab');
    expect(await found({ startedFrom: '2020-01-01T00:00:00.000Z' })).toBe('c');
    expect(await found({ startedBefore: '2020-01-01T00:00:00.000Z' })).toBe('');
    expect(await found({ name: 'ärztin', status: 'ready' })).toBe('b');
  });

  it('are found by name among very many without holding the thread', async () => {
    await clear();
    const numbers =
      place().dialect === 'sqlite'
        ? sql`(with recursive s(i) as (select 1 union all select i + 1 from s where i < 60000) select i from s)`
        : sql`(select i from generate_series(1, 60000) i)`;
    await sql`insert into recordings (id, created_at, name, name_folded, status, owner, pseudonymised, revision)
      select 'r' || i, '2026', '', case when i % 7000 = 0 then 'rare ' || i else 'common' end, 'ready', 'o', 0, 0
      from ${numbers} n`.execute(database());
    const rare = [7, 14, 21, 28, 35, 42, 49, 56].map((n) => `r${n * 1000}`).sort();
    let turns = 0;
    let watching = true;
    const watch = () => {
      turns++;
      if (watching) setImmediate(watch);
    };
    watch();
    for (const limit of [3, 100]) {
      expect(await everyPage(database(), { name: 'RARE' }, limit, 'oldest')).toEqual(rare);
      expect(await everyPage(database(), { name: 'rare' }, limit, 'newest')).toEqual(rare.toReversed());
    }
    turns = 0;
    expect(await everyPage(database(), { name: 'none' }, 3, 'newest')).toEqual([]);
    watching = false;
    // In one go SQLite compares for some 60 ms, and nothing else has its turn.
    expect(turns).toBeGreaterThan(0);
    await clear();
  });

  it('are paged each once and in order, under ties and while others come and go', async () => {
    const rows = fc.uniqueArray(
      fc.record({
        id: fc.stringMatching(/^[A-Za-z0-9_-]{1,6}$/),
        // Few moments, so that many rows share one.
        minute: fc.integer({ min: 0, max: 2 }),
      }),
      { selector: ({ id }) => id, maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 7 }), async (drawn, limit) => {
        await clear();
        const at = (minute: number) => `2026-01-01T00:0${minute}:00.000Z`;
        for (const { id, minute } of drawn) {
          await insertRecording(database(), recording(id, { created_at: at(minute) }));
        }
        // The slow, obvious order: by time, then by the bytes of the id.
        const byTime = drawn
          .toSorted((a, b) => a.minute - b.minute || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)))
          .map(({ id }) => id);
        expect(await everyPage(database(), {}, limit, 'oldest')).toEqual(byTime);
        expect(await everyPage(database(), {}, limit, 'newest')).toEqual(byTime.toReversed());
      }),
      { numRuns: 15, seed: 1 },
    );
    await clear();
    for (const id of ['a', 'b', 'c', 'd']) await insertRecording(database(), recording(id));
    const first = await listRecordings(database(), {}, { limit: 2 });
    expect(first.recordings.map(({ id }) => id)).toEqual(['d', 'c']);
    // The last of the page goes and a newer one comes: nothing is repeated, nothing skipped.
    await database().deleteFrom('recordings').where('id', '=', 'c').execute();
    await insertRecording(database(), recording('z', { created_at: '2027-01-01T00:00:00.000Z' }));
    const second = await listRecordings(database(), {}, { limit: 2, cursor: first.next ?? '' });
    expect(second.recordings.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(second.next).toBeNull();
  });
});

describe('cursor', () => {
  it('is read as it was written, and nothing else is read', () => {
    expect(readCursor(writeCursor('2026', 'ü'))).toEqual({ at: '2026', id: 'ü' });
    for (const bad of ['', 'x', writeCursor('a', 'b').slice(1), Buffer.from('[1,2]').toString('base64url')]) {
      expect(() => readCursor(bad), bad).toThrow(/cursor is not one of ours/);
    }
  });
});
