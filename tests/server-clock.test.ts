import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  beginUpload,
  correctBeat,
  deviceOf,
  goOnUploading,
  type OutageServer,
  recordOf,
  startOutageServer,
} from './outage-server.js';
import { until } from './stream-server.js';

const HOUR = 3_600_000;
const RealDate = Date;
let jump = 0;
/** The wall clock of this process with a jump. */
class JumpingDate extends RealDate {
  constructor(...given: ConstructorParameters<typeof Date> | []) {
    if (given.length === 0) super(RealDate.now() + jump);
    else super(...given);
  }
  static override now(): number {
    return RealDate.now() + jump;
  }
}

let folder: string;
let server: OutageServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ectopy-clock-'));
  globalThis.Date = JumpingDate as DateConstructor;
  server = await startOutageServer({ data: join(folder, 'data') });
});
afterAll(async () => {
  await server.close();
  globalThis.Date = RealDate;
  await rm(folder, { recursive: true, force: true });
});

it('a clock that jumps an hour forth and back disturbs no job, upload, stream or correction', {
  timeout: 200_000,
}, async () => {
  const first = (await server.upload(recordOf(30))).body.id;
  await server.settled(first, 90_000);
  const long = (await server.upload(recordOf(3600, 2))).body.id;
  const jobs = async (id: string) =>
    (await server.ask(`/v1/recordings/${id}/jobs`)).body['jobs'] as {
      kind: string;
      status: string;
      attempts: number;
      progress: number;
    }[];
  await until(
    'it is analysed',
    async () => (await jobs(long)).some(({ kind, progress }) => kind === 'analyze' && progress > 0),
    90_000,
  );
  const { device, faults, wrong, length } = deviceOf(() => server.url, 60);
  await device.connect();
  const [name, bytes] = [...recordOf(30, 3)].find(([each]) => each.endsWith('.dat')) ?? [
    '',
    new Uint8Array(),
  ];
  const address = (await beginUpload(server, name, bytes.length)).headers.get('location') ?? '';

  const jumps = [HOUR, -HOUR, 3 * HOUR, 0];
  for (const [i, to] of jumps.entries()) {
    jump = to;
    device.sendUpTo((length * (i + 1)) / jumps.length, 125);
    await until('it is held', () => device.acknowledged >= (length * (i + 1)) / jumps.length, 60_000);
    const part = Math.floor((bytes.length * (i + 1)) / jumps.length);
    expect((await goOnUploading(server, address, bytes, part)).status).toBe(204);
    expect((await correctBeat(server, first)).status).toBe(200);
    const { id } = (await server.upload(recordOf(10, 10 + i))).body;
    // A round of those who look for silent workers.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect((await server.settled(id, 90_000)).status).toBe('ready');
    expect((await jobs(id)).map(({ attempts }) => attempts)).toEqual([1, 1]);
  }
  expect((await server.settled(long, 90_000)).status).toBe('ready');
  // Taken from nobody, done once.
  expect((await jobs(long)).map(({ status, attempts }) => ({ status, attempts }))).toEqual([
    { status: 'done', attempts: 1 },
    { status: 'done', attempts: 1 },
  ]);
  expect(await server.settled((await device.end()) ?? '', 90_000)).toMatchObject({ length });
  expect(faults).toEqual([]);
  expect(wrong).toEqual([]);
  const { corrections } = (await server.ask(`/v1/recordings/${first}/corrections`)).body as unknown as {
    corrections: { revision: number }[];
  };
  expect(corrections.map(({ revision }) => revision)).toEqual([1, 2, 3, 4]);
});
