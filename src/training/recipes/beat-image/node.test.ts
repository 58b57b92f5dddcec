import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWithShared, sharedDir } from '../../../../tests/shared-data.js';
import { MITDB } from '../../../evaluation/index.js';
import { openFile } from '../../../formats/node.js';
import { BEAT_PICTURE, drawBeat, pictureInput } from '../../../models/index.js';
import { CLASSES, FLUTTER_RECORDS } from './data.js';
import { beatImageTask } from './node.js';
import { drawBeats, findBeats } from './pictures/node.js';

const dataFolder = `${sharedDir}/data`;
const request = {
  data: { labeling: 'as-published', seed: 1 } as const,
  dataFolder,
  cacheFolder: '',
  input: 'picture',
};

it('refuses the honest protocol of the published classes, and protocols and inputs there are not', async () => {
  const refused = (asked: object) =>
    expect((async () => beatImageTask.prepare({ ...request, protocol: 'leaky', ...asked }))()).rejects;
  await refused({ protocol: 'honest' }).toMatchObject({ code: 'bad-option' });
  await refused({ protocol: 'fair' }).toThrow(/use leaky or honest/);
  await refused({ input: 'signal' }).toThrow(/use picture/);
});

it('says so when the recordings are not there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ectopy-'));
  const asked = { ...request, dataFolder: folder, cacheFolder: join(folder, 'cache'), protocol: 'leaky' };
  await expect(beatImageTask.prepare(asked)).rejects.toMatchObject({ code: 'not-found' });
  await rm(folder, { recursive: true });
});

describeWithShared('the beats of mitdb', () => {
  it('are as many of each class as its tables say', async () => {
    const ids = MITDB.map((name) => `mitdb/${name}`);
    const counts = async (labeling: keyof typeof CLASSES) => {
      const places = await findBeats(ids, CLASSES[labeling], BEAT_PICTURE, dataFolder);
      return CLASSES[labeling].map((_, label) => places.filter((place) => place.label === label).length);
    };
    // Moody & Mark's directory of the database: N, L, R, paced beats of 102, V 7,130 and E 106, ! of 207, A.
    expect(await counts('as-published')).toEqual([75052, 8075, 7259, 2028, 7236, 472]);
    expect(await counts('corrected')).toEqual([75052, 8075, 7259, 2546, 7130, 472]);
  }, 30_000);

  it('are drawn where they are annotated', async () => {
    const ids = ['mitdb/100', 'mitdb/207'];
    const places = (await findBeats(ids, CLASSES.corrected, BEAT_PICTURE, dataFolder)).filter(
      (_, i) => i % 400 === 7,
    );
    places.sort((a, b) => a.record - b.record);
    const set = await drawBeats(ids, CLASSES.corrected, places, BEAT_PICTURE, dataFolder);
    expect(set.shape).toEqual([1, 128, 128]);
    expect([...set.label]).toEqual(places.map(({ label }) => label));
    expect([...set.record]).toEqual(places.map(({ record }) => record));
    const reader = await openFile(join(dataFolder, ids[0]));
    const { signals } = await reader.read({ signals: [0] });
    await reader.close();
    const own = pictureInput(drawBeat(signals[0].samples, 360, places[0].sample));
    expect(set.data.subarray(0, own.length)).toEqual(own);
    expect(set.data.subarray(own.length, 2 * own.length)).not.toEqual(own);
  }, 30_000);

  it('are joined by flutter and fibrillation of several patients', async () => {
    const ids = FLUTTER_RECORDS.map((name) => `vfdb/${name}`);
    const places = await findBeats(ids, CLASSES.corrected, BEAT_PICTURE, dataFolder);
    expect(new Set(places.map(({ label }) => label))).toEqual(new Set([5]));
    for (const record of ids.keys()) expect(places.some((place) => place.record === record)).toBe(true);
    // 418's first episode of flutter begins at sample 99,624, 398.5 s.
    expect(places[0].sample).toBeGreaterThanOrEqual(99_624);
    expect(places[0].sample).toBeLessThan(101_499);
  }, 30_000);
});
