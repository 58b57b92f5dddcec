import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeWithShared, sharedDir } from '../../../tests/shared-data.js';
import { EcgError } from '../../core/index.js';
import { DATASETS, datasetOf } from './datasets.js';
import { download } from './download/node.js';
import { datasetRecords, getDataset, resolveDatasetRecord } from './node.js';
import { parseSums } from './sums.js';

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (seed: number, length: number) => Uint8Array.from({ length }, (_, i) => (i * seed) % 251);

/** A publisher on this machine: a real server that knows ranges and can misbehave as told. */
interface Publisher {
  readonly url: string;
  readonly files: Map<string, Uint8Array>;
  /** Requests as `path` or `path @from`. */
  readonly asked: string[];
  /** Asked before each answer; true when it answered itself. */
  trouble: (path: string, nth: number, response: ServerResponse) => boolean;
  close(): Promise<void>;
}

async function publisher(): Promise<Publisher> {
  const files = new Map<string, Uint8Array>();
  const asked: string[] = [];
  const counts = new Map<string, number>();
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const path = decodeURI((request.url ?? '').slice(1));
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    asked.push(from > 0 ? `${path} @${from}` : path);
    counts.set(path, (counts.get(path) ?? 0) + 1);
    if (self.trouble(path, counts.get(path) ?? 0, response)) return;
    const bytes = files.get(path);
    if (bytes === undefined) return void response.writeHead(404).end();
    if (from >= bytes.length && from > 0) {
      return void response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    }
    const range = from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {};
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': bytes.length - from, ...range });
    response.end(bytes.subarray(from));
  };
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const self: Publisher = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    files,
    asked,
    trouble: () => false,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return self;
}

/** A dataset of two records and files of neither, published with checksums. */
function publishSmall(site: Publisher, recordsIn = ''): void {
  const entries: [string, Uint8Array][] = [
    ['100.hea', bytesOf(3, 200)],
    ['100.dat', bytesOf(5, 300_000)],
    ['100.atr', bytesOf(7, 900)],
    ['101.hea', bytesOf(11, 210)],
    ['101.dat', bytesOf(13, 150_000)],
    ['100.xws', bytesOf(17, 50)],
    ['x_old/100.dat', bytesOf(19, 50)],
  ];
  for (const [path, bytes] of entries) site.files.set(`${recordsIn}${path}`, bytes);
  const sums = entries.map(([path, bytes]) => `${hash(bytes)} ${recordsIn}${path}\n`).join('');
  site.files.set('SHA256SUMS.txt', new TextEncoder().encode(sums));
  site.files.set(`${recordsIn}RECORDS`, new TextEncoder().encode('100\n101\n'));
}

let site: Publisher;
let into = '';
beforeEach(async () => {
  site = await publisher();
  into = await mkdtemp(join(tmpdir(), 'ectopy-data-'));
});
afterEach(async () => {
  await site.close();
  await rm(into, { recursive: true });
});

const get = (id: string, options: Parameters<typeof getDataset>[1] = {}) =>
  getDataset(id, { into, url: site.url, retryMs: 1, ...options });

async function faultOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(EcgError);
  return `${(error as EcgError).code}: ${(error as EcgError).message}`;
}

describe('getDataset', () => {
  it('downloads the records, nothing else, and keeps what is right the next time', async () => {
    publishSmall(site);
    const stages: number[] = [];
    const report = await get('mitdb', { onProgress: ({ done, total }) => stages.push(done / total) });
    expect(report).toMatchObject({
      id: 'mitdb',
      records: 2,
      files: 5,
      kept: 0,
      bytes: 451_310,
      warnings: [],
    });
    expect((await readdir(join(into, 'mitdb'))).sort()).toEqual(
      ['100.atr', '100.dat', '100.hea', '101.dat', '101.hea', 'RECORDS', 'SHA256SUMS.txt'].sort(),
    );
    expect(hash(await readFile(join(into, 'mitdb/100.dat')))).toBe(
      hash(site.files.get('100.dat') as Uint8Array),
    );
    expect(stages.at(-1)).toBe(1);
    site.asked.length = 0;
    await writeFile(join(into, 'mitdb/100.atr'), 'damaged');
    expect(await get('mitdb')).toMatchObject({ kept: 4, bytes: 900 });
    expect(site.asked.sort()).toEqual(['100.atr', 'RECORDS', 'SHA256SUMS.txt']);
  });

  it('goes on where a broken connection stopped', async () => {
    publishSmall(site);
    site.trouble = (path, nth, response) => {
      if (path !== '100.dat' || nth > 2) return false;
      if (nth === 2) return void response.writeHead(503).end() === undefined;
      response.writeHead(200, { 'content-length': 300_000 });
      response.write(site.files.get(path)?.subarray(0, 120_000), () => response.destroy());
      return true;
    };
    await get('mitdb');
    const again = site.asked.filter((path) => path.startsWith('100.dat'));
    expect(again).toHaveLength(3);
    expect(again[2]).toMatch(/^100\.dat @\d+$/);
    expect(hash(await readFile(join(into, 'mitdb/100.dat')))).toBe(
      hash(site.files.get('100.dat') as Uint8Array),
    );
  });

  it('starts anew when the server knows no ranges, or the part is rubbish', async () => {
    publishSmall(site);
    await mkdir(join(into, 'mitdb'));
    await writeFile(join(into, 'mitdb/100.dat.part'), bytesOf(1, 400_000));
    await writeFile(join(into, 'mitdb/101.dat.part'), 'wrong beginning');
    expect((await get('mitdb')).files).toBe(5);
    expect(hash(await readFile(join(into, 'mitdb/101.dat')))).toBe(
      hash(site.files.get('101.dat') as Uint8Array),
    );
    expect(site.asked).toContain('101.dat @15');
  });

  it('refuses a file that does not match its checksum, twice', async () => {
    publishSmall(site);
    site.files.set('101.dat', bytesOf(2, 150_000));
    expect(await faultOf(get('mitdb'))).toMatch(/^bad-format: .*101\.dat does not match its SHA-256/);
    expect(site.asked.filter((path) => path === '101.dat')).toHaveLength(2);
    await expect(stat(join(into, 'mitdb/101.dat'))).rejects.toThrow();
  });

  it('takes edited headers with a warning, only where they are known to be edited', async () => {
    publishSmall(site);
    site.files.set('100.hea', bytesOf(2, 222));
    expect(await faultOf(get('mitdb'))).toContain('100.hea does not match');
    const report = await get('svdb');
    expect(report.warnings).toEqual([
      '1 headers differ from their checksums, which the publisher made before editing them: 100.hea.',
    ]);
    expect(await get('svdb')).toMatchObject({ kept: 5 });
  });

  it('stops when cancelled and goes on from the part', async () => {
    publishSmall(site);
    site.trouble = (path, nth, response) => {
      if (path !== '100.dat' || nth > 1) return false;
      response.writeHead(200, { 'content-length': 300_000 });
      response.write(site.files.get(path)?.subarray(0, 100_000));
      return true; // and never another byte
    };
    const signal = { aborted: false };
    const fault = await faultOf(
      get('mitdb', {
        signal,
        onProgress: ({ done }) => {
          // All other files are there and a part of this one.
          if (done > 4) signal.aborted = true;
        },
      }),
    );
    expect(fault).toMatch(/^cancelled: /);
    const part = await stat(join(into, 'mitdb/100.dat.part'));
    expect(part.size).toBeGreaterThan(0);
    await get('mitdb');
    expect(site.asked).toContain(`100.dat @${part.size}`);
  });

  it('says what the publisher says', async () => {
    expect(await faultOf(get('mitdb'))).toMatch(/^not-found: .*RECORDS \(HTTP 404\)/);
    site.trouble = (_, __, response) => void response.writeHead(403).end() === undefined;
    expect(await faultOf(get('mitdb'))).toMatch(/^unsupported: .*needs an account/);
    site.trouble = (_, __, response) => void response.writeHead(500).end() === undefined;
    expect(await faultOf(get('mitdb'))).toMatch(/^not-found: .*could not be fetched \(HTTP 500\)/);
    expect(site.asked).toHaveLength(8);
    expect(await faultOf(get('nodb'))).toMatch(/^bad-option: .*choose from: mitdb, svdb/);
    await site.close();
    expect(await faultOf(get('mitdb'))).toMatch(/^not-found: .*check the network/);
    site = await publisher();
  });

  it('gives up on a connection that stalls', async () => {
    site.trouble = (_, __, response) => {
      response.writeHead(200, { 'content-length': 10 });
      response.write('12345');
      return true;
    };
    const path = join(into, 'stalled');
    const fault = await faultOf(download(`${site.url}a`, path, { stallMs: 80, retries: 1, retryMs: 1 }));
    expect(fault).toContain('no byte for 0.08 s');
  });

  it('takes chosen records, also from a folder below', async () => {
    publishSmall(site, 'training/');
    const report = await get('cinc2017', { records: ['101'] });
    expect(report).toMatchObject({ records: 1, files: 2 });
    expect(await resolveDatasetRecord('cinc2017/101', into)).toBe(join(into, 'cinc2017/training/101.hea'));
    expect(await datasetRecords('cinc2017', into)).toEqual(['training/101']);
    expect(await faultOf(get('cinc2017', { records: ['7'] }))).toMatch(/^bad-option: .*no record "7"/);
  });
});

describe('getDataset from a local copy', () => {
  let from = '';
  const put = async (path: string, bytes: Uint8Array | string) => {
    await mkdir(dirname(join(from, path)), { recursive: true });
    await writeFile(join(from, path), bytes);
  };
  beforeEach(async () => {
    from = await mkdtemp(join(tmpdir(), 'ectopy-copy-'));
    publishSmall(site);
    for (const [path, bytes] of site.files) await put(path, bytes);
  });
  afterEach(() => rm(from, { recursive: true }));

  it('imports and verifies a whole copy', async () => {
    const report = await get('mitdb', { from });
    expect(report).toMatchObject({ records: 2, files: 8, kept: 0, warnings: [] });
    expect(site.asked).toEqual([]);
    expect(await get('mitdb', { from })).toMatchObject({ kept: 8 });
    expect(await resolveDatasetRecord('mitdb/100', into)).toBe(join(into, 'mitdb/100.hea'));
    expect(await datasetRecords('mitdb', into)).toEqual(['100', '101']);
    expect(await faultOf(datasetRecords('svdb', into))).toMatch(/^not-found: .*ectopy data get svdb/);
  });

  it('accepts a partial copy and says so', async () => {
    await rm(join(from, '101.hea'));
    await rm(join(from, '100.atr'));
    const { records, warnings } = await get('mitdb', { from });
    expect(records).toBe(1);
    expect(warnings).toEqual([
      'Files of records in the copy are missing: 100.atr.',
      'The copy is partial: 1 of 2 records are in it.',
    ]);
  });

  it('accepts a copy without lists, and makes RECORDS', async () => {
    await rm(join(from, 'SHA256SUMS.txt'));
    await rm(join(from, 'RECORDS'));
    const { warnings } = await get('mitdb', { from });
    expect(warnings.join()).toContain('the 2 headers in it do');
    expect(warnings.join()).toContain('unchecked');
    expect(await readFile(join(into, 'mitdb/RECORDS'), 'utf8')).toBe('100\n101\n');
  });

  it('refuses damaged files by name and a folder of something else', async () => {
    await put('100.dat', 'damaged');
    expect(await faultOf(get('mitdb', { from }))).toMatch(
      /^bad-format: .*SHA256SUMS.txt: 100\.dat; get them again/,
    );
    await expect(stat(join(into, 'mitdb/100.dat'))).rejects.toThrow();
    expect(await faultOf(get('mitdb', { from: join(from, 'nowhere') }))).toMatch(
      /^bad-option: .*is no folder/,
    );
    expect(await faultOf(get('mitdb', { from: join(from, 'x_old') }))).toMatch(
      /^bad-option: .*holds no records/,
    );
  });
});

describe('resolveDatasetRecord', () => {
  it('says what is missing', async () => {
    expect(await faultOf(resolveDatasetRecord('mitdb/100', into))).toMatch(
      /^not-found: .*ectopy data get mitdb/,
    );
    expect(await faultOf(resolveDatasetRecord('nodb/100', into))).toMatch(/^bad-option: .*choose from/);
    await mkdir(join(into, 'mitdb'));
    expect(await faultOf(resolveDatasetRecord('mitdb/999', into))).toMatch(/^not-found: .*no record "999"/);
    expect(await faultOf(resolveDatasetRecord('mitdb/../../x', into))).toMatch(/^not-found/);
  });
});

describe('DATASETS', () => {
  it('have addresses, licences and citations', () => {
    for (const { id, url, licence, citation } of DATASETS) {
      expect(url).toMatch(/^https:\/\/physionet\.org\/files\/[\w-]+\/\d+\.\d+\.\d+\/$/);
      expect(licence).not.toBe('');
      expect(citation).toContain('Goldberger');
      expect(datasetOf(id).id).toBe(id);
    }
  });

  it('refuse checksums of files outside their folder', () => {
    const sum = 'a'.repeat(64);
    expect(parseSums(`${sum}  a/b.dat\n${sum} *c\n`, 'S').size).toBe(2);
    for (const path of ['../x', '/etc/passwd', 'a/../../x', 'C:x', 'a\\b']) {
      expect(() => parseSums(`${sum} ${path}\n`, 'SUMS')).toThrow('line 1 of SUMS');
    }
  });
});

describeWithShared('a real copy', () => {
  it('is imported with its checksums verified', async () => {
    const records = ['100', '101'];
    const report = await get('mitdb', { from: `${sharedDir}/data/mitdb`, records });
    expect(report.records).toBe(2);
    expect(report.warnings).toEqual([]);
    const sums = parseSums(await readFile(`${sharedDir}/data/mitdb/SHA256SUMS.txt`, 'utf8'), 'S');
    expect(hash(await readFile(join(into, 'mitdb/100.dat')))).toBe(sums.get('100.dat'));
  });
});
