import { mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inspectFolder, inspectServer } from '../benchmarks/server-kills/inspect.js';
import { emptyLedger, type Ledger } from '../benchmarks/server-kills/ledger.js';
import { makeRecording } from '../benchmarks/server-kills/make-recording.js';
import { openStorage, parseConfig, startServer } from '../src/server/index.js';
import { clientOf, correctBeat, deviceOf } from './outage-server.js';

// What `benchmarks/server-kills` counts as lost is only worth something if it would notice a loss.
const data = await mkdtemp(join(tmpdir(), 'ectopy-inspect-'));
const start = () => startServer(parseConfig({ flags: { port: 0, log: 'silent', data } }));
const ledger = emptyLedger();
beforeAll(async () => {
  const server = await start();
  const client = clientOf(server.url);
  for (const seed of [1, 2]) {
    const files = makeRecording(seed);
    const { id } = (await client.upload(files)).body;
    ledger.recordings.push({ key: String(seed), files, id });
    await client.settled(id);
  }
  const recording = ledger.recordings[0]?.id ?? '';
  const corrected = await correctBeat(client, recording);
  const held = await client.ask(`/v1/recordings/${recording}/corrections`);
  const [{ changes }] = held.body['corrections'] as [{ changes: unknown }];
  ledger.corrections.push({
    recording,
    revision: corrected.body['revision'] as number,
    changes: JSON.stringify(changes),
  });
  const { device, length } = deviceOf(() => server.url, 30);
  await device.connect();
  device.sendUpTo(length, 125);
  const became = (await device.end()) ?? '';
  const { events } = (await client.ask(`/v1/streams/${device.stream}/events?limit=1000`)).body as unknown as {
    events: { seq: number; event: unknown }[];
  };
  ledger.streams.push({
    device: 'bed-1',
    leads: [],
    id: device.stream ?? '',
    acknowledged: length,
    events: new Map(events.map(({ seq, event }) => [seq, JSON.stringify(event)])),
    recording: became,
  });
  await server.close();
});
afterAll(() => rm(data, { recursive: true, force: true }));

/** What is found lost once something has happened to the data. */
async function lostAfter(happens: (ledger: Ledger) => Promise<unknown>): Promise<readonly string[]> {
  const copy: Ledger = structuredClone(ledger);
  await happens(copy);
  const server = await start();
  try {
    await inspectServer(server.url, copy);
  } finally {
    await server.close();
  }
  await inspectFolder(data, copy);
  return copy.lost;
}

/** Does something to the database that no server would do. */
async function inDatabase<T>(work: (database: Awaited<ReturnType<typeof openStorage>>['database']) => T) {
  const storage = await openStorage({ data, database: 'sqlite:' });
  try {
    return await work(storage.database);
  } finally {
    await storage.close();
  }
}

it('finds nothing lost where nothing is', async () => {
  // The benchmark's streams are of float32, whose samples it knows; this one's are not looked at.
  const lost = await lostAfter(async () => undefined);
  expect(lost.filter((sentence) => !sentence.includes('samples of its recording'))).toEqual([]);
});

it('notices samples that are not those that were sent', async () => {
  expect(await lostAfter(async () => undefined)).toContainEqual(
    expect.stringContaining('samples of its recording'),
  );
});

it('notices a correction that is gone, or another than it was', async () => {
  const lost = await lostAfter(async ({ corrections }) => {
    const [first] = corrections;
    if (first !== undefined) corrections.push({ ...first, revision: 2 }, { ...first, changes: '[]' });
  });
  expect(lost.filter((sentence) => sentence.startsWith('correction '))).toHaveLength(2);
});

it('notices an event that is gone, and an alert that was not raised', async () => {
  await inDatabase((database) => database.deleteFrom('alerts').execute());
  const lost = await lostAfter(async ({ streams }) => {
    streams[0]?.events.set(9999, '{}');
  });
  expect(lost).toContainEqual(expect.stringContaining('event 9999 is not held'));
  expect(lost).toContainEqual(expect.stringContaining('raised 0 alerts instead of 1'));
});

it('notices a recording that nobody sent', async () => {
  const lost = await lostAfter(async ({ recordings }) => recordings.pop());
  expect(lost).toContainEqual('the list shows 3 recordings, and 2 were sent');
});

it('notices a changed audit log', async () => {
  await inDatabase((database) =>
    database.updateTable('audit').set({ target: 'x' }).where('seq', '=', 2).execute(),
  );
  expect(await lostAfter(async () => undefined)).toContainEqual(expect.stringContaining('audit row'));
});

it('notices bytes that are not whole, and such as are gone', async () => {
  const [whole, gone] = await inDatabase((database) =>
    database
      .selectFrom('recording_files')
      .select(['sha256', 'name'])
      .where('name', 'like', '%.dat')
      .execute(),
  );
  const pathOf = (sha256 = '') => join(data, 'blobs', sha256.slice(0, 2), sha256);
  const bytes = await readFile(pathOf(whole?.sha256));
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  await writeFile(pathOf(whole?.sha256), bytes);
  await unlink(pathOf(gone?.sha256));
  const lost = await lostAfter(async () => undefined);
  expect(lost).toContainEqual(`blob ${whole?.sha256} is not whole`);
  expect(lost).toContainEqual(`blob ${gone?.sha256} is gone`);
  expect(lost.filter((sentence) => sentence.includes('is not what was sent')).length).toBeGreaterThan(0);
});

it('notices a recording that is gone', async () => {
  await inDatabase((database) =>
    database
      .deleteFrom('recordings')
      .where('id', '=', ledger.recordings[1]?.id ?? '')
      .execute(),
  );
  expect(await lostAfter(async () => undefined)).toContainEqual(
    expect.stringContaining('is answered with 404'),
  );
});
