import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until, wfdbFiles } from '../../../tests/server-installation.js';
import { createImporter, type Importer } from '../imports/importer.js';
import { createAnalysisPool } from './analysis-pool.js';
import { createAnalyzeOnce } from './analyze-once.js';

let folder: string;
let making: string;
let importer: Importer;
const pools: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ectopy-once-'));
  making = await mkdtemp(join(folder, 'tmp-'));
  importer = createImporter({ seconds: 60, megabytes: 2048, atOnce: 2 });
});
afterAll(async () => {
  importer.close();
  for (const pool of pools) await pool.close();
  await rm(folder, { recursive: true });
});

const never = new AbortController().signal;

function once(given: { workers?: number; seconds?: number; heapMegabytes?: number } = {}) {
  const { workers = 1, seconds = 60, heapMegabytes = 2048 } = given;
  const analyses = createAnalysisPool({ atOnce: workers, seconds, heapMegabytes });
  pools.push(analyses);
  return createAnalyzeOnce({ importer, analyses, making, workers, pseudonymise: false });
}

async function upload(seconds: number) {
  const into = await mkdtemp(join(folder, 'upload-'));
  const files = [...wfdbFiles(seconds)];
  for (const [i, [, bytes]] of files.entries()) await writeFile(join(into, `part-${i}`), bytes);
  return files.map(([name], i) => ({ name, path: join(into, `part-${i}`) }));
}

async function textOf(stream: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

const emptied = () => until(async () => (await readdir(making)).length === 0);

describe('an analysis of which nothing stays', () => {
  it('gives the analysis as JSON and leaves no file', async () => {
    const analysis = JSON.parse(await textOf(await once()(await upload(30), { pauseS: 3 }, never)));
    expect(Math.abs(analysis.beats.count - 35)).toBeLessThanOrEqual(1);
    expect(analysis.options.pauseS).toBe(3);
    await emptied();
  });

  it('refuses what is too much, and who analyses nothing', async () => {
    const analyze = once();
    const files = await upload(600);
    const two = [analyze(files, {}, never), analyze(files, {}, never)];
    await expect(analyze(files, {}, never)).rejects.toMatchObject({ code: 'unavailable', retryAfterS: 30 });
    for (const text of await Promise.all(two)) await textOf(text);
    await textOf(await analyze(await upload(10), {}, never));
    await expect(once({ workers: 0 })(files, {}, never)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(analyze(files, { wrong: 1, pauseS: 99 }, never)).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringMatching(/pauseS.*wrong|wrong.*pauseS/s),
    });
    await emptied();
  });

  it('ends when nobody waits any more, when it takes too long, and when it takes too much memory', async () => {
    const files = await upload(1800);
    const gone = new AbortController();
    const analyze = once();
    const left = analyze(files, {}, gone.signal);
    setTimeout(() => gone.abort(), 1500);
    await expect(left).rejects.toMatchObject({ code: 'cancelled' });
    await expect(once({ seconds: 0.3 })(files, {}, never)).rejects.toMatchObject({ code: 'timed-out' });
    await expect(once({ heapMegabytes: 16 })(files, {}, never)).rejects.toMatchObject({ code: 'too-large' });
    // The process that was told to stop goes on with the next.
    await textOf(await analyze(await upload(10), {}, never));
    await emptied();
  });
});
