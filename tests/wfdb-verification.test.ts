import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWfdb, readAnnotationFile, readAnnotations, writeAnnotations } from '../src/formats/index.js';
import { fileSource } from '../src/formats/node.js';
import { describeWithShared, sharedDir } from './shared-data.js';

// The origin of every expected number here is the header that the publisher wrote: its initial values and
// its 16-bit checksums over all samples of each signal.

const data = `${sharedDir}/data`;

const headersBelow = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => name.endsWith('.hea'))
    .sort()
    .map((name) => join(folder, name));

/** Initial value, checksum and format of each signal line, parsed apart from the library. */
function statedIn(header: string) {
  const lines = readFileSync(header, 'latin1')
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'));
  const [, signals, , length] = lines[0].split(/\s+/);
  return {
    length: Number(length),
    signals: lines.slice(1, 1 + Number(signals)).map((line) => {
      const [, format, , , , initial, checksum] = line.split(/\s+/);
      return { format, initial: Number(initial), checksum: Number(checksum) };
    }),
  };
}

/** What in one record differs from its header, and how many signals were compared. */
async function compare(header: string): Promise<{ signals: number; faults: string[] }> {
  const stated = statedIn(header);
  const reader = await openWfdb(await fileSource(header));
  try {
    const faults: string[] = [];
    if (reader.info.length !== stated.length) faults.push(`${header}: length ${reader.info.length}`);
    const all = await reader.readAdc();
    stated.signals.forEach(({ format, initial, checksum }, k) => {
      let sum = 0;
      for (const value of all[k]) sum = (sum + value) | 0;
      // Format 8 stores a difference first.
      if (format !== '8' && all[k][0] !== initial)
        faults.push(`${header}: signal ${k} begins with ${all[k][0]}`);
      if (((sum - checksum) & 0xffff) !== 0) faults.push(`${header}: signal ${k} sums to ${sum & 0xffff}`);
    });
    // The library's own check must come to the same.
    const { warnings } = await reader.read();
    const own = warnings.filter((each) => each.includes('checksum') || each.includes('begins with'));
    if (own.length > 0) faults.push(...own);
    return { signals: all.length, faults };
  } finally {
    await reader.close();
  }
}

describeWithShared('WFDB signals', () => {
  it.each([
    ['mitdb', 48, 96],
    ['svdb', 52, 104],
    ['vfdb', 22, 44],
    ['nstdb', 4, 8],
    ['ludb', 200, 2400],
    ['ptbxl', 500, 6000],
  ])('of %s have the initial values and checksums of their headers', async (database, records, signals) => {
    const headers = headersBelow(`${data}/${database}`);
    expect(headers).toHaveLength(records);
    let compared = 0;
    for (const header of headers) {
      const { signals: count, faults } = await compare(header);
      expect(faults).toEqual([]);
      compared += count;
    }
    expect(compared).toBe(signals);
  });

  it.each(['binformats', 'flacformats', 's0010_re'])(
    'of %s have the initial values and checksums of their headers',
    async (record) => {
      expect((await compare(`${data}/formats/wfdb-python/${record}.hea`)).faults).toEqual([]);
    },
  );

  it.each([
    // Each of these signals is a ramp of one step that wraps within its format's valid values; step and range
    // follow from its first two stored values and the format's bits, by hand.
    ['binformats', 1, 16, 524],
    ['binformats', 2, 16, 524],
    ['binformats', 3, 8, 14],
    ['binformats', 4, 16, 524],
    ['binformats', 5, 12, 284],
    ['binformats', 6, 10, 347],
    ['binformats', 7, 10, 347],
    ['binformats', 8, 24, 65804],
    ['binformats', 9, 32, 16843019],
    ['flacformats', 0, 8, 14],
    ['flacformats', 1, 16, 524],
    ['flacformats', 2, 24, 65804],
  ])('of %s, signal %i, are a ramp in %i bits', async (record, signal, bits, step) => {
    const header = `${data}/formats/wfdb-python/${record}.hea`;
    const reader = await openWfdb(await fileSource(header));
    const [values] = await reader.readAdc({ signals: [signal] });
    await reader.close();
    const range = 2 ** bits - 1;
    const lowest = -(2 ** (bits - 1)) + 1;
    const { initial } = statedIn(header).signals[signal];
    expect([...values]).toEqual(
      Array.from({ length: 499 }, (_, n) => ((initial - lowest + n * step) % range) + lowest),
    );
  });

  it('of 1003 are asked for by name: only its header and annotations are there', async () => {
    await expect(openWfdb(await fileSource(`${data}/formats/wfdb-python/1003.hea`))).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('1003.dat'),
    });
  });
});

describeWithShared('WFDB signals of cinc2017', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ectopy-cinc2017-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('lie 24 bytes into MAT files, in 2000 records', async () => {
    execFileSync('tar', ['-xf', `${data}/cinc2017.tar.xz`, '-C', folder]);
    const headers = headersBelow(folder);
    expect(headers).toHaveLength(2000);
    let stale = 0;
    for (const header of headers) {
      const { length, signals } = statedIn(header);
      // The publisher computed no checksums here.
      expect(signals[0]).toMatchObject({ format: '16+24', checksum: 0 });
      const reader = await openWfdb(await fileSource(header));
      const [values] = await reader.readAdc();
      const { warnings } = await reader.read({ to: 1 });
      await reader.close();
      const file = readFileSync(header.replace(/hea$/, 'mat'));
      const stored = new Int16Array(file.buffer.slice(file.byteOffset + 24, file.byteOffset + file.length));
      expect(values.length).toBe(length);
      expect(Buffer.compare(Buffer.from(Int16Array.from(values).buffer), Buffer.from(stored.buffer))).toBe(0);
      if (values[0] === signals[0].initial) expect(warnings).toEqual([]);
      else {
        stale++;
        expect(warnings).toHaveLength(1);
      }
    }
    // 128 headers keep the initial value of an earlier version of their signal: counted with numpy on the same files.
    expect(stale).toBe(128);
  });
});

describeWithShared('WFDB annotation files', () => {
  const below = (folder: string, pattern: RegExp) =>
    readdirSync(folder)
      .filter((name) => pattern.test(name))
      .map((name) => `${folder}/${name}`);

  /** Files that are not the same bytes after reading and writing. */
  const changed = (files: readonly string[]) =>
    files.filter((name) => {
      const bytes = readFileSync(name);
      const file = readAnnotationFile(bytes);
      expect(file.warnings).toEqual([]);
      return Buffer.compare(writeAnnotations(file.annotations, file), bytes) !== 0;
    });

  it.each([
    ['svdb', /\.atr$/, 52],
    ['vfdb', /\.atr$/, 22],
    ['nstdb', /\.atr$/, 1],
    ['ludb/data', /\.(i|ii|iii|av[rlf]|v[1-6])$/, 2400],
  ])('of %s are the same bytes after reading and writing', (folder, pattern, count) => {
    const files = below(`${data}/${folder}`, pattern);
    expect(files).toHaveLength(count);
    expect(changed(files)).toEqual([]);
  });

  it('of mitdb are too, but for four whose texts end in a NUL here and not there', () => {
    const files = below(`${data}/mitdb`, /\.atr$/);
    const odd = changed(files);
    expect(files).toHaveLength(48);
    expect(odd.map((name) => name.slice(-7))).toEqual(['201.atr', '202.atr', '217.atr', '222.atr']);
    for (const name of odd) {
      const bytes = readFileSync(name);
      // The texts themselves are kept.
      const all = readAnnotations(bytes);
      expect(readAnnotations(writeAnnotations(all))).toEqual(all);
      // An AUX word, its length in the low byte, then the text: with its NUL counted or without.
      const texts = [...bytes.toString('latin1').matchAll(/(.)\xfc(\([A-Z]+)/gs)].map(
        ([, length, text]) => length.charCodeAt(0) - text.length,
      );
      expect(texts).toEqual(expect.arrayContaining([0, 1]));
    }
  });

  it('of the golden references, which the WFDB software wrote, are the same bytes', () => {
    const files = below(`${sharedDir}/golden/ec57/annotations`, /\.(qrs|sim)$/);
    expect(files).toHaveLength(96);
    expect(changed(files)).toEqual([]);
  });

  it('of 1003 define their own types', () => {
    const bytes = readFileSync(`${data}/formats/wfdb-python/1003.atr`);
    const file = readAnnotationFile(bytes);
    expect(file.definitions[0]).toEqual({ code: 15, symbol: 'c', description: 'calibration pulse' });
    expect(file.annotations.every(({ sample }) => sample >= 0 && sample <= 216000)).toBe(true);
    const again = readAnnotationFile(writeAnnotations(file.annotations, file));
    expect(again).toMatchObject({ annotations: file.annotations, definitions: file.definitions });
  });
});
