import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RecordingInfo } from '../../core/index.js';
import { synthesize } from '../../ecg/index.js';
import { writeCsv, writeWfdb } from '../../formats/index.js';
import { createImporter, type Importer } from './importer.js';
import { openPyramid, readSamples } from './pyramid.js';
import { storedReader } from './stored-reader.js';
import { INFO_FILE, PYRAMID_FILE } from './write-stored.js';

let folder: string;
let importer: Importer;
const open: Importer[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ectopy-import-'));
  importer = createImporter({ seconds: 60, megabytes: 2048, atOnce: 2 });
});
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});
afterAll(async () => {
  importer.close();
  await rm(folder, { recursive: true });
});

const recording = synthesize(
  { id: 'one', segments: [{ rhythm: 'sinus', seconds: 20, heartRateBpm: 70 }] },
  { fs: 250, seed: 1, leads: ['II', 'V1'] },
);

/** An upload: bytes under names that say nothing, as blobs are. */
async function upload(files: Readonly<Record<string, Uint8Array | string>>) {
  const into = await mkdtemp(join(folder, 'upload-'));
  const entries = Object.entries(files);
  for (const [i, [, bytes]] of entries.entries()) await writeFile(join(into, `blob-${i}`), bytes);
  const out = await mkdtemp(join(folder, 'out-'));
  return {
    files: entries.map(([name], i) => ({ name, path: join(into, `blob-${i}`) })),
    folder: out,
    options: {},
    pseudonymise: false,
    recordingId: 'rec-1',
  };
}

const textOf = (pieces: Iterable<string>) => [...pieces].join('');

async function stored(out: string) {
  const info = JSON.parse(await readFile(join(out, INFO_FILE), 'utf8')) as RecordingInfo;
  const bytes = await readFile(join(out, PYRAMID_FILE));
  const pyramid = await openPyramid(async (from, to) => bytes.subarray(from, to));
  return { info, pyramid };
}

describe('an import', () => {
  it('keeps of a WFDB record everything: description, marks, and each sample as the reader gives it', async () => {
    const task = await upload(wfdb());
    const summary = await importer.run(task);
    expect(summary).toMatchObject({ id: 'one', format: 'wfdb', fs: 250, length: 5000 });
    expect(summary).not.toHaveProperty('annotations');
    const { info, pyramid } = await stored(task.folder);
    expect(info.annotations.map(({ sample, symbol }) => [sample, symbol])).toEqual([
      [100, 'N'],
      [900, 'V'],
    ]);
    expect(info.notes).toContain('patient Jane Doe');
    const back = await storedReader(info, pyramid).read({ from: 1000, to: 2000, signals: [1] });
    // 200 units a mV: what was written is at most half a unit away.
    const written = recording.signals[1].samples.subarray(1000, 2000);
    expect(Math.max(...back.signals[0].samples.map((x, i) => Math.abs(x - written[i])))).toBeLessThanOrEqual(
      0.5 / 200 + 1e-6,
    );
    expect(back.offset).toBe(1000);
  });

  it('removes what names the patient, and leaves the signal', async () => {
    const plain = await upload(wfdb());
    const task = { ...(await upload(wfdb())), pseudonymise: true };
    await importer.run(plain);
    await importer.run(task);
    const { info, pyramid } = await stored(task.folder);
    const whole = JSON.stringify(info);
    for (const word of ['Jane', 'one', '1962']) expect(whole).not.toContain(word);
    expect(info).toMatchObject({ id: 'rec-1', startTime: '1985-01-01T10:20:30', notes: [] });
    const other = await stored(plain.folder);
    expect(JSON.stringify(other.info)).toContain('Jane');
    expect(await readSamples(pyramid, 0, 0, 5000)).toEqual(await readSamples(other.pyramid, 0, 0, 5000));
    const broken = { ...(await upload({ 'Jane Doe.edf': 'no recording at all' })), pseudonymise: true };
    await expect(importer.run(broken)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.not.stringContaining('Jane'),
    });
  });

  it('says which recordings are too many, which file is missing, and what holds no signal', async () => {
    const csv = textOf(writeCsv(recording));
    await expect(importer.run(await upload({ 'a.csv': csv, 'b.csv': csv }))).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringMatching(/2 recordings.*a\.csv, b\.csv/),
    });
    const { 'one.hea': _, ...headless } = wfdb();
    await expect(importer.run(await upload(headless))).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('.hea'),
    });
    await expect(importer.run(await upload({ 'one.hea': wfdb()['one.hea'] }))).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('one.dat'),
    });
    await expect(importer.run(await upload({ 'a.csv': '' }))).rejects.toMatchObject({ code: 'bad-format' });
    const task = await upload({ 'a.csv': csv, 'readme.pdf': '%PDF-1.7' });
    await importer.run(task);
    expect((await stored(task.folder)).info.warnings.join()).toContain('readme.pdf');
  });

  it('never tells where files lie', async () => {
    for (const files of [{ 'a.csv': '' }, { 'a.bin': 'xyz' }, { 'x.hea': 'x 1 250 100\nx.dat 16 200\n' }]) {
      const message = await importer.run(await upload(files as Record<string, string>)).then(
        () => '',
        (fault: Error) => fault.message,
      );
      expect(message).not.toBe('');
      expect(message).not.toContain(folder);
      expect(message).not.toContain('blob-');
    }
  });

  it('is killed when it takes too much memory, while another goes on', async () => {
    // One JSON text of many numbers is parsed as a whole: some 16 bytes a sample of 2.
    const small = createImporter({ seconds: 60, megabytes: 300, atOnce: 2 });
    open.push(small);
    const hungry = `{"fs":250,"unit":"mV","leads":{"I":[${'1,'.repeat(45_000_000)}1]}}`;
    const good = await upload(wfdb());
    const outcomes = await Promise.allSettled([
      small.run(await upload({ 'big.json': hungry })),
      small.run(good),
    ]);
    expect(outcomes[0]).toMatchObject({ status: 'rejected', reason: { code: 'too-large' } });
    expect(outcomes[1]).toMatchObject({ status: 'fulfilled' });
  });

  it('is killed when it takes too long, while another goes on; a cancelled one too', async () => {
    const quick = createImporter({ seconds: 1.5, megabytes: 2048, atOnce: 3 });
    open.push(quick);
    // A time column with a step of a year: a gap of 8 billion samples, all of which would be written.
    const endless = 'time,I\n0,1\n0.004,2\n0.008,3\n0.012,1\n16000000,2\n16000000.004,2\n';
    const stop = new AbortController();
    const cancelled = quick.run(await upload({ 'c.csv': endless }), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    const outcomes = await Promise.allSettled([
      quick.run(await upload({ 'slow.csv': endless })),
      quick.run(await upload(wfdb())),
      cancelled,
    ]);
    expect(outcomes[0]).toMatchObject({ status: 'rejected', reason: { code: 'timed-out' } });
    expect(outcomes[1]).toMatchObject({ status: 'fulfilled' });
    expect(outcomes[2]).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
  });
});

function wfdb(): Record<string, Uint8Array> {
  const annotations = [
    { sample: 100, symbol: 'N' },
    { sample: 900, symbol: 'V' },
  ];
  const written = {
    ...recording,
    annotations,
    notes: ['patient Jane Doe'],
    startTime: '1962-03-04T10:20:30',
  };
  return Object.fromEntries(writeWfdb(written, { format: 16, gain: 200 }));
}
