import { describe, expect, it } from 'vitest';
import { createRandom } from '../../core/index.js';
import type { ExampleSet } from '../examples/example-set.js';
import { nearestNeighbours } from './nearest-neighbours.js';
import { smote } from './smote.js';

const SIZE = 6;

/** Random examples; each of `cells` adds so many of a class and patient (two records each). */
function setOf(cells: readonly (readonly [label: number, patient: number, count: number])[]): ExampleSet {
  const random = createRandom(7);
  const rows = cells.flatMap(([label, patient, count]) =>
    Array.from({ length: count }, (_, k) => ({ label, record: 2 * patient + (k % 2) })),
  );
  const patients = 1 + Math.max(...cells.map(([, patient]) => patient));
  return {
    classes: ['N', 'S', 'V'],
    shape: [1, SIZE],
    data: Float32Array.from({ length: rows.length * SIZE }, () => random.normal()),
    label: Uint8Array.from(rows, ({ label }) => label),
    record: Uint16Array.from(rows, ({ record }) => record),
    records: Array.from({ length: 2 * patients }, (_, r) => ({
      id: `r${r}`,
      patient: `p${Math.floor(r / 2)}`,
    })),
  };
}

const row = (set: ExampleSet, i: number) => [...set.data.subarray(i * SIZE, (i + 1) * SIZE)];
const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((x, k) => x - b[k]));
const patientOf = (set: ExampleSet, i: number) => set.records[set.record[i]].patient;

/** Pairs of examples between which a point lies: |pa| + |pb| = |ab|. */
function segmentsOf(point: readonly number[]): [number, number][] {
  const off = rows.map((at) => distance(point, at));
  const pairs: [number, number][] = [];
  for (let b = 0; b < rows.length; b++) {
    for (let a = 0; a < b; a++) {
      if (Math.abs(off[a] + off[b] - apart[b][a]) < 1e-5 * apart[b][a]) pairs.push([a, b]);
    }
  }
  return pairs;
}

const set = setOf([
  [0, 0, 60],
  [0, 1, 40],
  [1, 0, 9],
  [1, 1, 8],
  [1, 2, 2],
  [1, 3, 1],
  [2, 1, 30],
]);
const rows = [...set.label.keys()].map((i) => row(set, i));
const apart = rows.map((a) => rows.map((b) => distance(a, b)));
// Every third example is on another side.
const train = Int32Array.from([...set.label.keys()].filter((i) => i % 3 !== 2));
const options = { share: 0.75, neighbours: 2 };
const trainCount = (c: number) => train.filter((i) => set.label[i] === c).length;

describe('smote', () => {
  it('fills each rare class up to the share of the largest', async () => {
    const made = await smote(set, train, options, 1);
    const count = (c: number) => made.label.filter((label) => label === c).length;
    const target = Math.floor(0.75 * trainCount(0));
    expect(count(0)).toBe(0);
    expect(count(1)).toBe(target - trainCount(1));
    expect(count(2)).toBe(target - trainCount(2));
    expect(made.data).toHaveLength(made.label.length * SIZE);
  });

  it('makes examples between two of the same class and patient, both trained on', async () => {
    const made = await smote(set, train, options, 1);
    for (let i = 0; i < made.label.length; i++) {
      const pairs = segmentsOf(row(made, i));
      expect(pairs).toHaveLength(1);
      const [[a, b]] = pairs;
      for (const end of [a, b]) {
        expect(set.label[end]).toBe(made.label[i]);
        expect(patientOf(set, end)).toBe(patientOf(made, i));
        expect(train).toContain(end);
      }
    }
    // The check sees a point that is a little off its line.
    const off = row(made, 0);
    off[0] += 0.02;
    expect(segmentsOf(off)).toEqual([]);
  });

  it('begins from every example equally often', async () => {
    const made = await smote(set, train, { share: 1, neighbours: 5 }, 1);
    const patients = [...made.label.keys()].filter((i) => made.label[i] === 1).map((i) => patientOf(made, i));
    const starts = new Map<string, number>();
    for (const i of train) {
      if (set.label[i] === 1) starts.set(patientOf(set, i), (starts.get(patientOf(set, i)) ?? 0) + 1);
    }
    const eligible = [...starts].filter(([, n]) => n > 1);
    const all = eligible.reduce((sum, [, n]) => sum + n, 0);
    for (const [patient, n] of eligible) {
      const share = (n / all) * patients.length;
      expect(Math.abs(patients.filter((p) => p === patient).length - share)).toBeLessThanOrEqual(1);
    }
    // A patient with one example adds none.
    expect(starts.get('p3') ?? 0).toBeLessThan(2);
    expect(patients).not.toContain('p3');
  });

  it('is the same for the same seed, another for another', async () => {
    const [one, two, other] = await Promise.all([1, 1, 2].map((seed) => smote(set, train, options, seed)));
    expect(two).toEqual(one);
    expect(other.data).not.toEqual(one.data);
  });

  it('keeps bytes bytes', async () => {
    const bytes = { ...set, data: Uint8Array.from(set.data, (x) => Math.round(128 + 30 * x)) };
    const made = await smote(bytes, train, options, 1);
    expect(made.data).toBeInstanceOf(Uint8Array);
    const least = Math.min(...bytes.data);
    const most = Math.max(...bytes.data);
    expect(made.data.every((x) => x >= least && x <= most)).toBe(true);
  });

  it('names the class that no patient has twice', async () => {
    const lonely = setOf([
      [0, 0, 20],
      [1, 0, 10],
      [2, 1, 1],
      [2, 2, 1],
    ]);
    const all = Int32Array.from(lonely.label.keys());
    await expect(smote(lonely, all, options, 1)).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining('class V (2 in all)'),
    });
    // It is no obstacle when nothing is to be made of it.
    const none = await smote(lonely, all, { ...options, share: 0.1 }, 1);
    expect(none.label).toHaveLength(0);
  });

  it('can be cancelled', async () => {
    await expect(smote(set, train, options, 1, { signal: { aborted: true } })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('nearestNeighbours', () => {
  it('is what sorting all distances gives', () => {
    const size = 150;
    const random = createRandom(3);
    const data = Float32Array.from({ length: 40 * size }, () => random.normal());
    const group = [...Array(40).keys()].filter((i) => i % 4 !== 1);
    const at = (i: number) => [...data.subarray(i * size, (i + 1) * size)];
    group.forEach((example, own) => {
      const far = new Map(group.map((other) => [other, distance(at(example), at(other))]));
      const sorted = group.filter((other) => other !== example).sort((a, b) => far.get(a)! - far.get(b)!);
      expect(nearestNeighbours(data, size, group, own, 5, createRandom(1))).toEqual(sorted.slice(0, 5));
    });
    expect(nearestNeighbours(data, size, [3, 9], 0, 5, createRandom(1))).toEqual([9]);
  });

  it('draws candidates of a large group, itself never among them', () => {
    const data = Float32Array.from({ length: 5000 }, (_, i) => i);
    const group = [...data.keys()];
    const near = nearestNeighbours(data, 1, group, 2500, 5, createRandom(1));
    expect(new Set(near).size).toBe(5);
    expect(near).not.toContain(2500);
    // Two fifths of all are looked at: the fifth nearest is some 12 places off, sixty never.
    expect(Math.max(...near.map((i) => Math.abs(i - 2500)))).toBeLessThan(60);
  });
});
