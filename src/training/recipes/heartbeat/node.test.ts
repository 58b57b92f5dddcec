import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithShared, sharedDir } from '../../../../tests/shared-data.js';
import { auditSplit } from '../../../evaluation/index.js';
import { countExamples } from '../../examples/example-set.js';
import type { Prepared } from '../task.js';
import { HeartbeatDataSchema } from './data.js';
import { ensembleTask, heartbeatTask } from './node.js';

const folder = mkdtempSync(join(tmpdir(), 'heartbeat-'));
const cacheFolder = join(folder, 'cache');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const request = (protocol: string, data: unknown, dataFolder = join(sharedDir, 'data')) => ({
  data: v.parse(HeartbeatDataSchema, data),
  protocol,
  input: 'segment',
  dataFolder,
  cacheFolder,
});

const sides = ({ set, split }: Prepared) => {
  const patients = (chosen: Int32Array) =>
    new Set(Array.from(chosen, (i) => set.records[set.record[i]].patient));
  return { train: patients(split.train), validation: patients(split.validation), test: patients(split.test) };
};
const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].filter((patient) => b.has(patient));

describeWithShared('heartbeats of mitdb', () => {
  let leaky: Prepared;
  beforeAll(async () => {
    leaky = await heartbeatTask.prepare(request('leaky', {}));
  }, 60_000);

  it('are as many as published, all and on each side within 1 % a class', () => {
    const { set, split } = leaky;
    const all = new Int32Array(set.label.keys());
    // Counts of the published table, N S V F Q: 87,554 + 21,892 rows. In all they agree to the beat.
    const published = { train: [72471, 2223, 5788, 641, 6431], test: [18118, 556, 1448, 162, 1608] };
    expect(countExamples(set, all)).toEqual(published.train.map((n, c) => n + published.test[c]));
    const within = (found: readonly number[], wanted: readonly number[], tolerance: number) =>
      found.every((n, c) => Math.abs(n - wanted[c]) <= tolerance * wanted[c]);
    const trained = countExamples(set, [...split.train, ...split.validation]);
    expect(within(trained, published.train, 0.01)).toBe(true);
    expect(within(countExamples(set, split.test), published.test, 0.01)).toBe(true);
    // Negative control: without the validation beats the training side is 10 % short.
    expect(within(countExamples(set, split.train), published.train, 0.01)).toBe(false);
    expect(new Set([...split.train, ...split.validation, ...split.test]).size).toBe(all.length);
  });

  it('are 0…1 with zeros at the end, and most begin at the top of an R wave', () => {
    const { data, label } = leaky.set;
    let padded = 0;
    let high = 0;
    for (let i = 0; i < label.length; i++) {
      const beat = data.subarray(i * 187, (i + 1) * 187);
      if (Math.max(beat[0], beat[1]) > 0.8) high++;
      if (beat[186] === 0 && beat[185] === 0) padded++;
    }
    expect(data.every((value) => value >= 0 && value <= 1)).toBe(true);
    // 1.2 RR is below 187 samples for any rate above 48.1 beats a minute, which nearly all beats have.
    expect(padded / label.length).toBeGreaterThan(0.9);
    expect(high / label.length).toBeGreaterThan(0.7);
  });

  it('name the random split leaky, with the patients on both sides', () => {
    expect(leaky.label.leaky).toBe(true);
    expect(leaky.label.title).toMatch(/^LEAKY /);
    const { train, test } = sides(leaky);
    expect(shared(train, test).length).toBeGreaterThan(40);
    // Without the word the same records are refused.
    const ids = leaky.set.records.map(({ id }) => id);
    expect(() => auditSplit('mitdb by beat', { train: ids, test: ids })).toThrow(/both sides/);
  });

  it('split by seed, the same for the same', async () => {
    const again = await heartbeatTask.prepare(request('leaky', {}));
    expect(again.split).toEqual(leaky.split);
    const other = await heartbeatTask.prepare(request('leaky', { seed: 2 }));
    expect(other.split.test).not.toEqual(leaky.split.test);
  });

  it('keep patients apart in the honest split, paced records out, every class on each side', async () => {
    const honest = await ensembleTask.prepare(request('honest', {}));
    expect(honest.label).toMatchObject({ leaky: false, sharedPatients: [] });
    const { train, validation, test } = sides(honest);
    expect([...shared(train, validation), ...shared(train, test), ...shared(validation, test)]).toEqual([]);
    // DS1 less 201, whose patient is DS2's 202; four of them validate.
    expect([train.size, validation.size, test.size]).toEqual([17, 4, 22]);
    const patients = [...train, ...validation, ...test];
    for (const paced of ['102', '104', '107', '217']) expect(patients).not.toContain(`mitdb/${paced}`);
    for (const side of Object.values(honest.split)) {
      expect(Math.min(...countExamples(honest.set, side))).toBeGreaterThan(0);
    }
    await expect(heartbeatTask.prepare(request('honest', { validation: ['201'] }))).rejects.toThrow(
      /mitdb\/201 is tested on/,
    );
  });
});

describe('heartbeats of the original tables', () => {
  /** Row r of class c: a ramp of 100 samples that ends at 1, then zeros. */
  const row = (r: number, c: number) =>
    `${Array.from({ length: 187 }, (_, i) => (i < 100 ? (i + 1 + (r % 3)) / 102 : 0)).join(',')},${c}.0`;
  const table = async (name: string, rows: readonly string[]) => {
    await writeFile(join(folder, name), `${rows.join('\n')}\n`);
    return join(folder, name);
  };
  const rows = (n: number) => Array.from({ length: n }, (_, r) => row(r, r % 5));

  it('stand on the side of their file', async () => {
    const csv = { train: await table('train.csv', rows(100)), test: await table('test.csv', rows(25)) };
    const { set, split, label } = await heartbeatTask.prepare(request('leaky', { csv }, folder));
    expect(set.shape).toEqual([1, 187]);
    expect(label.leaky).toBe(true);
    expect(Array.from(split.test)).toEqual(Array.from({ length: 25 }, (_, i) => 100 + i));
    // 10 % of 20 a class.
    expect(countExamples(set, split.validation)).toEqual([2, 2, 2, 2, 2]);
    expect(countExamples(set, split.train)).toEqual([18, 18, 18, 18, 18]);
    expect(set.data[187 + 99]).toBe(Math.fround(101 / 102));
  });

  it.each([
    [
      'too few columns',
      `${row(0, 0).slice(4)}`.replace(/^[^,]*,/, ''),
      /row 1 of .* 187 samples and a class/,
    ],
    ['a label outside the classes', row(0, 5), /class 0…4/],
    ['a word', row(0, 1).replace(/^[^,]*/, 'R'), /column 0 .* no number/],
  ])('refuse %s', async (_, bad, message) => {
    const csv = { train: await table('bad.csv', [bad]), test: await table('test.csv', rows(25)) };
    await expect(heartbeatTask.prepare(request('leaky', { csv }, folder))).rejects.toThrow(message);
  });

  it('have no honest split and no other input', async () => {
    const csv = { train: await table('train.csv', rows(100)), test: await table('test.csv', rows(25)) };
    await expect(heartbeatTask.prepare(request('honest', { csv }, folder))).rejects.toThrow(
      /do not say which patient/,
    );
    const { input } = v.parse(HeartbeatDataSchema, {});
    const two = { csv, input: { ...input, leads: 2, rr: true } };
    await expect(heartbeatTask.prepare(request('leaky', two, folder))).rejects.toThrow(
      /2 leads instead of 1, rr/,
    );
    await expect(
      heartbeatTask.prepare(request('leaky', { csv: { ...csv, test: join(folder, 'none.csv') } }, folder)),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});
