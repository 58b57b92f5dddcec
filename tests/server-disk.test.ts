import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  asJson,
  beginUpload,
  correctBeat,
  deviceOf,
  goOnUploading,
  type OutageServer,
  recordOf,
  startOutageServer,
} from './outage-server.js';
import { until } from './stream-server.js';

const folder = await mkdtemp(join(tmpdir(), 'ectopy-disk-'));
const data = join(folder, 'disk');
/** A disk of 32 MiB, where this user may mount one. */
const mounted = (() => {
  try {
    execFileSync('mkdir', [data]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m,mode=700', 'tmpfs', data], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
const filler = join(data, 'filler');

/** Takes all space that there is. */
function fill(): void {
  const file = openSync(filler, 'a');
  const page = new Uint8Array(4096);
  try {
    for (;;) writeSync(file, page);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ENOSPC') throw fault;
  } finally {
    closeSync(file);
  }
}

const title = `a full disk${mounted ? '' : ' (no disk of its own can be mounted here: run as root on Linux)'}`;
describe.skipIf(!mounted)(title, () => {
  let server: OutageServer;
  beforeAll(async () => {
    server = await startOutageServer({ data });
  });
  afterAll(async () => {
    await server?.close();
    // The library of the database lets go of its file only when its memory is collected.
    execFileSync('umount', ['--lazy', data]);
    await rm(folder, { recursive: true, force: true });
  });
  const filesOf = async (name: string) =>
    (await readdir(join(data, name), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);

  it('is told clearly, keeps what was acknowledged, and is over once there is space', {
    timeout: 240_000,
  }, async () => {
    const first = await server.upload(recordOf(30));
    expect(first.status).toBe(202);
    expect((await server.settled(first.body.id)).status).toBe('ready');
    expect((await correctBeat(server, first.body.id)).status).toBe(200);

    const { device, faults, wrong, length } = deviceOf(() => server.url, 60);
    await device.connect();
    device.sendUpTo(length / 4, 125);
    await until('a quarter is held', () => device.acknowledged >= length / 4);

    const large = recordOf(600, 3);
    const [[name, bytes] = ['', new Uint8Array()]] = [...large].filter(([other]) => other.endsWith('.dat'));
    const begun = await beginUpload(server, name, bytes.length);
    expect(begun.status).toBe(201);
    const address = begun.headers.get('location') ?? '';
    expect((await goOnUploading(server, address, bytes, 100_000)).status).toBe(204);
    // Its result will not fit; it is not given up for that.
    const late = await server.upload(recordOf(1800, 5));
    expect(late.status).toBe(202);
    await until('it is analysed', async () => {
      const { jobs } = (await server.ask(`/v1/recordings/${late.body.id}/jobs`)).body as unknown as {
        jobs: { kind: string; status: string; progress: number }[];
      };
      return jobs.some(({ kind, progress }) => kind === 'analyze' && progress > 0);
    });
    fill();
    const blobs = await filesOf('blobs');
    // The database's log may have a page left.
    for (let i = 0; i < 200 && (await correctBeat(server, first.body.id)).status === 200; i++);
    const refused = [
      await server.upload(large),
      await server.upload(recordOf(30, 4)),
      // Twice: the first may not spoil the connection.
      await server.ask('/v1/recordings?name=one.dat', {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: bytes as Uint8Array<ArrayBuffer>,
      }),
      await server.ask('/v1/recordings?name=one.dat', {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: bytes as Uint8Array<ArrayBuffer>,
      }),
      await correctBeat(server, first.body.id),
      await server.ask(`/v1/recordings/${first.body.id}`, asJson('PATCH', { name: 'x'.repeat(200) })),
    ];
    for (const { status, headers, body } of refused) {
      expect({ status, code: body.code }).toEqual({ status: 507, code: 'storage-full' });
      expect(headers.get('content-type')).toContain('application/problem+json');
    }
    expect((await beginUpload(server, 'more.dat', 1000)).status).toBe(507);
    expect((await goOnUploading(server, address, bytes)).status).toBe(507);
    device.sendUpTo(length / 2, 125);
    await until('the device is told', () => faults.length > 0 && !device.connected);
    expect(faults).toEqual(['storage-full']);
    const newcomer = deviceOf(() => server.url, 1);
    await newcomer.device.connect().catch(() => undefined);
    await until('the newcomer is told', () => newcomer.faults.length > 0);
    expect(newcomer.faults).toEqual(['storage-full']);

    // Nothing half-made, and it still answers.
    expect((await filesOf('tmp')).filter((name) => name !== 'analysis.json')).toEqual([]);
    expect((await filesOf('blobs')).sort()).toEqual(blobs.sort());
    expect((await filesOf('uploads')).filter((file) => file.endsWith('.part'))).toEqual([]);
    for (const path of ['/health', '/v1/status', '/openapi.json', '/metrics'])
      expect([path, (await server.ask(path)).status]).toEqual([path, 200]);

    rmSync(filler);
    expect((await server.settled(late.body.id, 90_000)).status).toBe('ready');
    const again = await server.upload(recordOf(30, 4));
    expect(again.status).toBe(202);
    expect((await server.settled(again.body.id)).status).toBe('ready');
    expect((await correctBeat(server, first.body.id)).status).toBe(200);
    expect((await goOnUploading(server, address, bytes)).status).toBe(204);
    const header = [...large].filter(([other]) => other.endsWith('.hea'));
    const small = await beginUpload(server, header[0]?.[0] ?? '', header[0]?.[1].length ?? 0);
    const headerAddress = small.headers.get('location') ?? '';
    expect((await goOnUploading(server, headerAddress, header[0]?.[1] ?? new Uint8Array())).status).toBe(204);
    const uploads = [address, headerAddress].map((each) => each.split('/').at(-1));
    const whole = await server.ask('/v1/recordings', asJson('POST', { uploads }));
    expect(whole.status).toBe(202);
    expect(await server.settled(whole.body.id)).toMatchObject({ status: 'ready', length: 600 * 250 });

    await device.connect();
    expect(device.acknowledged).toBeGreaterThanOrEqual(length / 4);
    device.sendUpTo(length, 125);
    const streamed = await device.end();
    expect(await server.settled(streamed ?? '')).toMatchObject({ status: 'ready', length });
    expect(wrong).toEqual([]);
    expect(device.lastEvent).toBeGreaterThan(60);
  });
});
