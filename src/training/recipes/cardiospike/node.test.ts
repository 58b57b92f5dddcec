import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, describe, expect, it } from 'vitest';
import { describeWithShared, sharedDir } from '../../../../tests/shared-data.js';
import { countExamples } from '../../examples/example-set.js';
import type { Prepared } from '../task.js';
import { CardiospikeDataSchema } from './data.js';
import { cardiospikeTask } from './node.js';
import { SYNTHETIC_ARRHYTHMIAS } from './synthetic-windows.js';

const cacheFolder = mkdtempSync(join(tmpdir(), 'cardiospike-'));
afterAll(() => rmSync(cacheFolder, { recursive: true, force: true }));

const prepare = (protocol: string, data: unknown = {}): Promise<Prepared> =>
  cardiospikeTask.prepare({
    data: v.parse(CardiospikeDataSchema, data),
    protocol,
    input: 'window',
    dataFolder: join(sharedDir, 'data'),
    cacheFolder,
  });

const patientsOf = ({ set }: Prepared, side: Int32Array) =>
  new Set(Array.from(side, (i) => set.records[set.record[i]].patient));

/** Patients that stand on two sides. */
function sharedPatients(prepared: Prepared): number {
  const { train, validation, test } = prepared.split;
  const [a, b, c] = [train, validation, test].map((side) => patientsOf(prepared, side));
  return a.size + b.size + c.size - new Set([...a, ...b, ...c]).size;
}

describe('synthetic windows', () => {
  it('are 150 of each class on each side, of hearts no other side knows', async () => {
    const prepared = await prepare('synthetic');
    const { set, split, label } = prepared;
    expect(set.shape).toEqual([1, 500]);
    for (const side of Object.values(split)) expect(countExamples(set, side)).toEqual([150, 150]);
    expect(sharedPatients(prepared)).toBe(0);
    // Negative control: one heart's window on the other side shows.
    const moved = Int32Array.from([...split.train.slice(1), split.test[0]]);
    expect(sharedPatients({ ...prepared, split: { ...split, train: moved } })).toBe(1);
    expect(label.leaky).toBe(false);
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const value of set.data) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    expect([low, high]).toEqual([0, 1]);
  });

  it('are half arrhythmic, whichever arrhythmia is asked for', async () => {
    for (const kind of SYNTHETIC_ARRHYTHMIAS) {
      const few = { hearts: 3, windowsPerHeart: 4, arrhythmias: [kind] };
      const { set } = await prepare('synthetic', few);
      expect(countExamples(set, new Int32Array(set.label.keys()))).toEqual([36, 36]);
    }
  });

  it('repeat for a seed and differ for another', async () => {
    const few = { hearts: 2, windowsPerHeart: 4 };
    const [a, b, c] = await Promise.all([
      prepare('synthetic', few),
      prepare('synthetic', few),
      prepare('synthetic', { ...few, seed: 9 }),
    ]);
    expect(b.set.data).toEqual(a.set.data);
    expect(c.set.data).not.toEqual(a.set.data);
  });

  it('refuse windows that the rhythms cannot fill, and unknown protocols', async () => {
    const long = { fs: 250, length: 5000, normalise: 'min-max' };
    await expect(prepare('synthetic', { input: long })).rejects.toThrow(/20 s does not fit/);
    await expect(prepare('leaky')).rejects.toThrow(/use synthetic or honest/);
  });
});

describeWithShared('windows of mitdb', () => {
  it('are 2 s one after another, patients apart, both classes on each side', async () => {
    const prepared = await prepare('honest');
    const { set, split, label } = prepared;
    expect(label).toMatchObject({ leaky: false, title: 'DS1 → DS2' });
    // By hand: 650,000 samples at 360 Hz are 1805.6 s: 903 windows, the last one of 1.6 s. 21 + 22 records.
    expect(set.label).toHaveLength(43 * 903);
    expect([split.train.length, split.validation.length, split.test.length]).toEqual([
      17 * 903,
      4 * 903,
      22 * 903,
    ]);
    expect(sharedPatients(prepared)).toBe(0);
    for (const side of Object.values(split))
      expect(Math.min(...countExamples(set, side))).toBeGreaterThan(100);
    const positives = (id: string) => {
      const own = set.records.findIndex((record) => record.id === id);
      return set.label.filter((label, i) => label === 1 && set.record[i] === own).length;
    };
    // 122 and 115 have normal beats in sinus rhythm only; 232 is sinus bradycardia with 1382 atrial beats in 903 windows.
    expect([positives('mitdb/122'), positives('mitdb/115')]).toEqual([0, 0]);
    // 119 has 444 ventricular beats, alone, in bigeminy and in trigeminy: at most 444 windows beside those of the rhythms.
    expect(positives('mitdb/119')).toBeGreaterThan(222);
    // 111 has one ventricular beat, 117 one atrial beat, 121 one of each: windows can be counted on the record's page.
    expect([positives('mitdb/111'), positives('mitdb/117'), positives('mitdb/121')]).toEqual([1, 1, 2]);
    // 203 is in atrial fibrillation, ventricular tachycardia or flutter for all of its length.
    expect(positives('mitdb/203')).toBeGreaterThan(890);
  }, 30_000);
});
